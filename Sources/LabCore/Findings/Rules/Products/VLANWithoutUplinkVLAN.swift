extension FindingRule {
  /// A bridged network is in a VLAN of which the document says nothing.
  ///
  /// The LAN's router is taken to have no address there, so that its VMs have no way out.
  ///
  /// Warning. The fix names the VLAN.
  ///
  /// Source: IEEE 802.1Q; the switch's port has to carry the VLAN.
  static let vlanWithoutUplinkVLAN = FindingRule("vlan-without-uplink-vlan") { survey, report in
    let host = survey.lab.draft.host
    for (index, network) in survey.lab.networks.enumerated() where !survey.members[index].isEmpty {
      guard network.profile.segment == .uplink, let vlan = network.vlan,
        survey.lab.host.uplink.vlan(vlan) == nil
      else { continue }
      let one = EditValue.object([EditMember("id", .integer(vlan))])
      let vlans = JSONPointer.root["host"]["uplink"]["vlans"]
      let edit: Edit =
        host == nil
        ? .add(.root["host"], .object([uplink(with: one)]))
        : host?.uplink == nil
          ? .add(.root["host"]["uplink"], .object([EditMember("vlans", .array([one]))]))
          : survey.lab.host.uplink.vlans.isEmpty
            ? .add(vlans, .array([one])) : .add(vlans["-"], one)
      report.add(
        .warning, at: survey.pointer(network: index)["vlan"],
        "VLAN \(vlan) of \(survey.title(network: index)) is not among the uplink's vlans; its VMs "
          + "have no router",
        fix: [edit])
    }
  }
}

private func uplink(with vlan: EditValue) -> EditMember {
  EditMember("uplink", .object([EditMember("vlans", .array([vlan]))]))
}
