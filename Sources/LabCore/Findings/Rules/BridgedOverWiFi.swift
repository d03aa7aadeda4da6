extension FindingRule {
  /// VMs are bridged to a LAN that the host is on by Wi-Fi.
  ///
  /// An access point takes frames from the host's hardware address alone, so VirtualBox rewrites
  /// those of the guests and tells the answers apart by IP address: nothing but IP gets through, no
  /// VLANs and no bridges inside guests, all guests share one hardware address, and access points
  /// with client isolation or a portal let guests have no lease at all.
  ///
  /// Warning. A wired interface does better, or a NAT network with port forwards.
  ///
  /// Source: VirtualBox manual section 6.5; home-assistant/home-assistant.io#24481.
  static let bridgedOverWiFi = FindingRule("bridged-over-wifi") { survey, report in
    guard survey.lab.host.uplink.kind == .wireless else { return }
    for (index, network) in survey.lab.networks.enumerated()
    where network.profile.segment == .uplink && !survey.members[index].isEmpty {
      report.add(
        .warning, at: survey.pointer(network: index)["mode"],
        "\(survey.title(network: index)) is bridged to a Wi-Fi interface, where its VMs may get no "
          + "address and only IP passes",
        related: [.root["host"]["uplink"]["kind"]])
    }
  }
}
