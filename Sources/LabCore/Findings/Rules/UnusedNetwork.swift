extension FindingRule {
  /// No VM has an adapter on a network.
  ///
  /// Info. The fix takes the network out of the document.
  static let unusedNetwork = FindingRule("unused-network") { survey, report in
    let used = Set(
      survey.members.indices.filter { !survey.members[$0].isEmpty }.map { survey.lab.switches[$0] })
    for index in survey.lab.networks.indices
    where survey.members[index].isEmpty && !used.contains(index) {
      let pointer = survey.pointer(network: index)
      report.add(
        .info, at: pointer, "no VM is attached to \(survey.title(network: index))",
        fix: [.remove(pointer)])
    }
  }
}
