import LabCore

extension ExportFormat {
  /// Lines for `/etc/hosts` (hosts(5)).
  static let hosts = ExportFormat(
    name: "hosts", summary: "Names and addresses, for /etc/hosts.", mediaType: "text/plain",
    files: .one, checkedWith: "getent"
  ) { source, budget throws(BudgetExhausted) in
    let fabric = compileFabric(lab: source.lab, plan: source.addresses, family: .ipv4)
    var warnings: [ExportWarning] = []
    var lines: [String] = []
    for (index, machine, seats) in source.machines {
      try budget.spend(explainSteps)
      let reached = explain(
        from: .host, to: .machine(index), of: source.lab, in: fabric, query: ConnectivityQuery())
      let dialled = Set(reached.dials.filter { $0.port == nil }.compactMap(\.address))
      for seat in seats where seat.network != nil {
        let addresses = hostsAddresses(seat)
        lines += addresses.map { address in
          if address.contains(".") && !dialled.contains(address) {
            lines.append("# The host does not reach this one:")
          }
          return "\(address) \(machine.name) \(machine.name).\(source.lab.name).test"
        }
        guard addresses.isEmpty, seat.plan.ipv4.source == .lan else { continue }
        warnings.append(
          ExportWarning(
            .unknownAddress, at: seat.pointer,
            "The LAN's DHCP server chooses the address of \(machine.name) on adapter"
              + " \(seat.adapter.slot)."))
      }
    }
    let header = source.header(warnings).map { "# \($0)" }
    let text = (header + lines).map { "\($0)\n" }.joined()
    return Draft(
      files: [ExportFile("\(source.lab.name).hosts", "text/plain", text)], warnings: warnings)
  }
}

/// The addresses that are an adapter's own: what NAT gives every guest alike is none.
private func hostsAddresses(_ seat: AdapterSeat) -> [String] {
  func own<Address: IPAddress>(_ assignment: Assignment<Address>) -> String? {
    switch assignment.source {
    case .static, .planned, .reserved: assignment.address.map { "\($0)" }
    case .engine, .lan, .linkLocal, .none: nil
    }
  }
  return [own(seat.plan.ipv4), seat.plan.ipv6.flatMap { own($0) }].compactMap { $0 }
}
