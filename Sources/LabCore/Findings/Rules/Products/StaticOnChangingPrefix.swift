extension FindingRule {
  /// An adapter has a static address on a network whose prefix changes from boot to boot.
  ///
  /// Hyper-V's Default Switch takes another prefix when the host starts, or when its network changes.
  ///
  /// Error. The fix takes the address away.
  ///
  /// Source: microsoft/WSL#4210 and Hyper-V's documentation on the Default Switch.
  static let staticOnChangingPrefix = FindingRule("static-on-changing-prefix") { survey, report in
    for (index, network) in survey.lab.networks.enumerated()
    where network.profile.prefixes.isUnknown && network.ipv4 == nil {
      for member in survey.members[index] where survey.adapter(member).address != nil {
        let pointer = survey.pointer(member)["address"]
        report.add(
          .error, at: pointer,
          "\(survey.title(member)) has a static address, but the prefix of "
            + "\(survey.title(network: index)) (\(network.profile.native.name)) changes from boot "
            + "to boot",
          fix: [.remove(pointer)])
      }
    }
  }
}
