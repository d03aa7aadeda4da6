extension FindingRule {
  /// A hardware address is not one of the product's own.
  ///
  /// ESXi refuses static addresses outside its range, Hyper-V hands out its own, and VMware's NAT
  /// ignores others unless `allowAnyOUI` is on.
  ///
  /// Warning. The fix takes the address away, so that the product gives one.
  ///
  /// Source: vSphere networking guide ("MAC Addresses"); KB2804678; nat.conf.
  static let foreignMAC = FindingRule("foreign-mac") { survey, report in
    let facts = survey.lab.product.facts
    guard facts.hardware.refusesOthers else { return }
    for (machine, virtualMachine) in survey.lab.machines.enumerated() {
      for (position, adapter) in virtualMachine.adapters.enumerated() {
        guard let mac = adapter.mac, !facts.hardware.contains(mac) else { continue }
        let member = AdapterReference(machine: machine, adapter: position)
        let pointer = survey.pointer(member)["mac"]
        report.add(
          .warning, at: pointer,
          "\(mac) of \(survey.title(member)) is none of \(facts.name)'s, which begin as "
            + "\(facts.hardware.prefix) does",
          fix: [.remove(pointer)])
      }
    }
  }
}
