import LabCore

extension Plan {
  /// Recommendations beside a plan for a person.
  var briefRecommendations: RecommendationReport {
    recommendations(budget: Budget(within: limitBesidePlan))
  }
}

/// How long the search beside a plan takes at most.
public let limitBesidePlan = Duration.milliseconds(500)
