extension FindingRule {
  /// No VM has an adapter on a network.
  ///
  /// A host-only network whose host address a port forward listens on is of use without VMs.
  ///
  /// Info. The fix takes the network out of the document.
  static let unusedNetwork = FindingRule("unused-network") { survey, report in
    let used = Set(
      survey.members.indices.filter { !survey.members[$0].isEmpty }.map { survey.lab.switches[$0] })
    for index in survey.lab.networks.indices
    where survey.members[index].isEmpty && !used.contains(index) && !isListenedOn(index, survey) {
      let pointer = survey.pointer(network: index)
      report.add(
        .info, at: pointer, "no VM is attached to \(survey.title(network: index))",
        fix: [.remove(pointer)])
    }
  }
}

private func isListenedOn(_ index: Int, _ survey: LabSurvey) -> Bool {
  guard survey.lab.networks[index].profile.host.isOnSwitch,
    let host = survey.plan.networks[index].ipv4?.host
  else { return false }
  return survey.lab.portForwards.contains { $0.hostAddress == host }
}
