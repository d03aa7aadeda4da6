import LabCore

/// Recommends labs beside a plan for a person.
func recommendBriefly(for lab: Lab) -> RecommendationReport {
  recommend(for: lab, budget: Budget(within: limitBesidePlan))
}

/// How long the search beside a plan takes at most.
public let limitBesidePlan = Duration.milliseconds(500)
