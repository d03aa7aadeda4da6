extension FindingRule {
  /// Several VMs of QEMU have no hardware address in the document.
  ///
  /// QEMU gives the first adapter of each VM 52:54:00:12:34:56 where the command line says nothing, so
  /// that VMs on one network answer for each other. The planned addresses are to be written into the
  /// command lines (`mac=`).
  ///
  /// Info.
  ///
  /// Source: QEMU, net/net.c (`qemu_macaddr_default_if_unset`); measured with QEMU 7.2.22.
  static let defaultMAC = FindingRule("default-mac", of: .qemu) { survey, report in
    for segment in survey.segments {
      let open = segment.members.filter { survey.adapter($0).mac == nil }
      guard Set(open.map(\.machine)).count > 1 else { continue }
      report.add(
        .info, at: survey.pointer(network: segment.network),
        "QEMU gives \(open.count) adapters on \(survey.title(segment)) the same hardware address "
          + "unless their command lines name the planned ones (mac=)",
        related: open.map(survey.pointer))
    }
  }
}
