extension FindingRule {
  /// A requirement of the document is not met.
  ///
  /// The packets that the connectivity matrix is made of are sent, over IPv4, for every pair that
  /// the requirement speaks of; the first pair that fails is named. A requirement without a port
  /// asks for every port, so a port forward alone does not meet it, but is enough to break one with
  /// `allow: false`.
  ///
  /// Error. What would open or close the pair is with its explanation, and other modes are among
  /// the recommendations. Failures that a port forward or NAT explains are `isolated-by-nat`,
  /// `forward-bound-to-loopback` and `forward-exposed-to-lan`.
  static let unmetRequirement = FindingRule("unmet-requirement") { survey, report in
    for failure in survey.verdicts.failures where failure.reason == .other {
      report.add(
        .error, at: survey.pointer(requirement: failure.requirement), verdict(failure, survey),
        related: [failure.source, failure.target].compactMap(survey.pointer))
    }
  }
}

private func verdict(_ failure: RequirementFailure, _ survey: LabSurvey) -> String {
  let requirement = survey.lab.requirements[failure.requirement]
  let cause = cause(failure.outcome)
  if let whole = wholeTag(failure, requirement, survey) { return "\(whole): \(cause)" }
  let verb = requirement.allow ? "does not reach" : "reaches"
  let end = requirement.allow ? "" : ", which must not be possible"
  return "\(survey.title(failure.source)) \(verb) "
    + "\(survey.title(of: requirement, failure.target))\(end): \(cause)"
    + survey.others(failure)
}

/// What becomes of a requirement of a tag that every VM with the tag fails alike, with one VM of
/// them.
private func wholeTag(
  _ failure: RequirementFailure, _ requirement: Requirement, _ survey: LabSurvey
) -> String? {
  guard case .tag(let tag) = requirement.from, failure.pairCount > 1,
    survey.lab.endpoints(of: requirement.to) == [failure.target],
    survey.lab.endpoints(of: requirement.from).count == failure.pairCount
  else { return nil }
  let target = survey.title(of: requirement, failure.target)
  let example = "(\(survey.title(failure.source)) and \(failure.pairCount - 1) more)"
  return requirement.allow
    ? "no \(tag) reaches \(target) \(example)"
    : "each \(tag) reaches \(target), which must not be possible \(example)"
}

private func cause(_ outcome: Outcome) -> String {
  switch outcome {
  case .itself: "they are one machine"
  case .direct: "they are on one segment"
  case .routed: "a router leads there"
  case .translated: "a NAT leads there"
  case .forwarded: "a port forward leads there, and no further than its port"
  case .notAttached: "one of them is attached to nothing"
  case .noAddress: "one of them has no address"
  case .noRoute: "there is no route"
  case .isolatedByNAT: "it is behind a NAT, and no port forward serves the source"
  case .notForwarded: "a machine on the way does not forward"
  case .noReturnRoute: "the answer finds no way back"
  case .addressConflict: "two machines claim one address"
  case .offline: "there is no internet"
  case .filtered: "a firewall, the access point or the switch keeps it out"
  }
}
