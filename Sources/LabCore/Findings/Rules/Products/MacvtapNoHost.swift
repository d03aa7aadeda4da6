extension FindingRule {
  /// VMs on a bridged network and the host do not reach each other.
  ///
  /// A macvtap device gives its guest's frames to the wire, and the host's frames never come to it.
  /// Nor do those that the host forwards, or translates, for VMs of other networks.
  ///
  /// Info. The fix takes the variant away, so that the network is a bridge.
  ///
  /// Source: libvirt, docs/formatdomain.rst ("Direct attachment to physical interface"); measured.
  static let macvtapNoHost = FindingRule("macvtap-no-host") { survey, report in
    for (index, network) in survey.lab.networks.enumerated()
    where network.profile.port.missesHost && !survey.members[index].isEmpty {
      let pointer = survey.pointer(network: index)["variant"]
      report.add(
        .info, at: pointer,
        "the host and VMs on \(survey.title(network: index)) (\(network.profile.native.name)) do "
          + "not reach each other",
        fix: [.remove(pointer)])
    }
  }
}
