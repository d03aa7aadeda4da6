extension FindingRule {
  /// A VM sends frames of further hardware addresses on a switch that drops them.
  ///
  /// ESXi's distributed switches reject forged transmits, and so do standard ones that are set so;
  /// Hyper-V drops what does not come from the adapter's own address. A VM counts by its tags
  /// (nested, hypervisor, proxmox, esxi, openstack, lxd, macvlan, keepalived, vip), or by a further
  /// address with a hardware address of its own.
  ///
  /// Warning.
  ///
  /// Source: vSphere security guide ("Forged Transmits"); windowsserverdocs, MacAddressSpoofing.
  static let forgedTransmits = FindingRule("forged-transmits") { survey, report in
    guard let advice = survey.lab.product.facts.foreignFrames else { return }
    for segment in survey.segments {
      for member in survey.plugged(segment) {
        let machine = survey.lab.machines[member.machine]
        let adapter = survey.adapter(member)
        let hasVirtual = adapter.secondary.contains { $0.mac != nil }
        guard hasVirtual || machine.firstTag(of: nestingTags) != nil else { continue }
        report.add(
          .warning, at: survey.pointer(member),
          "the switch of \(survey.title(segment)) may drop frames that do not come from "
            + "\(survey.title(member)) itself; \(advice)")
      }
    }
  }
}
