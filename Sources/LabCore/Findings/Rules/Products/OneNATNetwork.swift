extension FindingRule {
  /// There are more networks of a mode than the product has.
  ///
  /// Hyper-V has one NAT prefix for a host, and a second one leaves both in an unknown state. VMware
  /// Workstation, Parallels and UTM have one NAT network each.
  ///
  /// Error, at each network too many.
  ///
  /// Source: Virtualization-Documentation, setup-nat-network; manuals of VMware Workstation and
  /// Parallels Desktop.
  static let oneNATNetwork = FindingRule("one-nat-network") { survey, report in
    var counts: [NetworkMode: Int] = [:]
    for (index, network) in survey.lab.networks.enumerated() {
      counts[network.mode, default: 0] += 1
      guard let limit = network.profile.limit, let count = counts[network.mode], count > limit
      else { continue }
      let first = survey.lab.networks.firstIndex { $0.mode == network.mode }
      report.add(
        .error, at: survey.pointer(network: index)["mode"],
        "\(survey.lab.product.name) has \(limit) \(network.mode.noun) on a host; "
          + "\(survey.title(network: index)) is number \(count)",
        related: first.map { [survey.pointer(network: $0)] } ?? [])
    }
  }
}
