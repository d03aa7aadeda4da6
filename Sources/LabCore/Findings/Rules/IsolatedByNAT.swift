extension FindingRule {
  /// A VM that another is to reach is behind a NAT, which keeps them apart.
  ///
  /// NAT gives every adapter a router of its own. All VMs have the same address behind it, 10.0.2.15
  /// on adapter 1, and none can be dialled by another; a cluster's nodes register under that one
  /// address. What VMs can share is a NAT network; two NAT networks keep each other out as well.
  ///
  /// Error. Where both are on one network of mode `nat` that has no static addresses, the fix makes
  /// it a NAT network.
  ///
  /// Source: VirtualBox manual, table 6.1; kubernetes/kubernetes#69509.
  static let isolatedByNAT = FindingRule("isolated-by-nat") { survey, report in
    for failure in survey.verdicts.failures where failure.reason == .isolatedByNAT {
      let requirement = survey.lab.requirements[failure.requirement]
      report.add(
        .error, at: survey.pointer(requirement: failure.requirement),
        "\(survey.title(failure.source)) does not reach "
          + "\(survey.title(of: requirement, failure.target)), which is behind a NAT"
          + survey.others(failure),
        related: [failure.source, failure.target].compactMap(survey.pointer),
        fix: sharing(failure, survey))
    }
  }
}

/// The network of mode `nat` that both VMs are on and that could become a NAT network.
private func sharedNetwork(
  of failure: RequirementFailure, as shared: ModeProfile, _ survey: LabSurvey
) -> Int? {
  guard case .machine(let source) = failure.source, case .machine(let target) = failure.target
  else { return nil }
  return survey.lab.networks.indices.first { index in
    let plugged = survey.members[index].filter { survey.adapter($0).cableConnected }
    return survey.lab.networks[index].profile.segment == .adapter
      && plugged.contains { $0.machine == source } && plugged.contains { $0.machine == target }
      && canBeShared(index, shared, survey)
  }
}

/// Whether nothing in the document counts on the network's private routers.
private func canBeShared(_ index: Int, _ shared: ModeProfile, _ survey: LabSurvey) -> Bool {
  let network = survey.lab.networks[index]
  let isNameTaken = survey.lab.networks.indices.contains {
    let other = survey.lab.networks[$0]
    return $0 != index && other.hypervisorName == network.hypervisorName
      && other.profile.switchSpace?.name == shared.switchSpace?.name
  }
  return !isNameTaken && network.ipv6.map { $0.length == 64 } ?? true
    && survey.members[index].allSatisfy {
      let machine = survey.lab.machines[$0.machine]
      return survey.adapter($0).address == nil && survey.adapter($0).address6 == nil
        && machine.gateway == nil && machine.gateway6 == nil && machine.routes.isEmpty
    }
}

private func sharing(_ failure: RequirementFailure, _ survey: LabSurvey) -> [Edit] {
  let shared = survey.lab.product.modes.first(where: \.isSharedBehindNAT)
  guard let shared, let index = sharedNetwork(of: failure, as: shared, survey) else { return [] }
  let network = survey.lab.draft.networks[index]
  let pointer = survey.pointer(network: index)
  // Without effect on NAT, but not on a NAT network.
  let idle = [
    ("gateway", network.gateway != nil), ("gateway6", network.gateway6 != nil),
    ("dhcp", network.dhcp != nil), ("localhost_reachable", network.localhostReachable != nil),
  ]
  return [.replace(pointer["mode"], .string(shared.mode.rawValue))]
    + idle.filter(\.1).map { .remove(pointer[$0.0]) }
}
