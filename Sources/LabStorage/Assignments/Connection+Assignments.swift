import LabCore

extension Connection {
  /// Gives the adapters of a lab their addresses, and remembers them.
  ///
  /// Inside the transaction that writes the document, so that no other write comes between.
  ///
  /// - Parameters:
  ///   - lab: what the document of that id says from now on.
  ///   - before: the lab as it was; nil for a new one.
  ///   - rest: how long what is given up rests, in milliseconds.
  /// - Returns: what is remembered from now on.
  func assignAddresses(
    in lab: Lab, of id: Int64, before: PlannedRows?, at time: Timestamp, rest: Int64
  ) throws(StoreError) -> AddressMemory {
    let stored = before?.memory
    let former = stored ?? before.map { firstMemory(of: $0.identified.lab) } ?? AddressMemory()
    var memory = former
    if let before { memory.follow(from: before.identified.lab.draft, to: lab.draft) }
    var neighbours = NeighbouringLabs()
    if lab.choosesPrefixes {
      neighbours.prefixes = try neighbouringPrefixes(of: id, on: lab.hostName)
    }
    let known = Set(former.hardwareAddresses.map(\.address))
    while true {
      let result = LabCore.assignAddresses(
        in: lab, remembering: memory, at: time.milliseconds, rest: rest, beside: neighbours)
      let used = try hardwareAddresses(
        newlyDerived(in: lab, result.plan, besides: known), usedBesides: id)
      if used.isEmpty {
        try MemoryRows(of: id, on: self).replace(stored ?? AddressMemory(), by: result.memory)
        try noteChange(of: id, on: lab.hostName)
        return result.memory
      }
      neighbours.hardwareAddresses.formUnion(used)
    }
  }

  /// Hardware addresses that the planner has just made up.
  private func newlyDerived(
    in lab: Lab, _ plan: AddressPlan, besides known: Set<MACAddress>
  ) -> [MACAddress] {
    zip(lab.machines, plan.adapters).flatMap { machine, plans in
      zip(machine.adapters, plans).compactMap { adapter, plan in
        adapter.mac == nil && !known.contains(plan.mac) ? plan.mac : nil
      }
    }
  }
}

/// What is remembered of a lab from before addresses were stored: it has been answered with those
/// of a lab that is planned for the first time and by itself.
func firstMemory(of stored: StoredLab) -> AddressMemory {
  guard case .success(let lab) = resolve(stored.draft) else { return AddressMemory() }
  return assignAddresses(
    in: lab, remembering: AddressMemory(), at: stored.updatedAt.milliseconds
  ).memory
}

extension Lab {
  /// The host that it shares with all labs that say the same.
  var hostName: String { host.name?.text ?? "host" }

  /// Whether the prefix of one of its networks is the planner's to choose, or to widen.
  fileprivate var choosesPrefixes: Bool {
    networks.contains { $0.mode.choosesPrefix && $0.ipv4 == nil }
  }
}
