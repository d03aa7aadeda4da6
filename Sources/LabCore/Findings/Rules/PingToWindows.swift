extension FindingRule {
  /// A Windows VM is to be pinged.
  ///
  /// The firewall of Windows drops echo requests on networks that it takes for public, which are all
  /// it does not know; TCP may work all the same. Where the document says what the firewall lets in,
  /// the matrix follows it.
  ///
  /// Warning. In the guest, a rule for ICMPv4 echo requests lets them in.
  ///
  /// Source: Microsoft, "Windows Firewall rules", `New-NetFirewallRule -Protocol ICMPv4`.
  static let pingToWindows = FindingRule("ping-to-windows") { survey, report in
    for (index, requirement) in survey.lab.requirements.enumerated()
    where requirement.allow && requirement.transport == .icmp {
      let windows = survey.lab.endpoints(of: requirement.to).first {
        guard case .machine(let machine) = $0 else { return false }
        let target = survey.lab.machines[machine]
        return target.operatingSystem == .windows && target.firewall == nil
      }
      guard let windows else { continue }
      report.add(
        .warning, at: survey.pointer(requirement: index),
        "\(survey.title(windows)) runs Windows, whose firewall drops pings unless told otherwise",
        related: [survey.pointer(windows)].compactMap { $0 })
    }
  }
}
