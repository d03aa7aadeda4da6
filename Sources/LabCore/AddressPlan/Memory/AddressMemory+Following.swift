extension AddressMemory {
  /// Follows what the document moved and renamed, so that a part is known again where its name or
  /// its slot is another one.
  ///
  /// - A VM that stands where another one stood, and differs from it in its name alone, is that VM
  ///   under a new name.
  /// - An adapter that its VM has at another slot now, on the same network, is that adapter. Those
  ///   that say the same come first, then those at their old slot, then in order.
  ///
  /// Networks are recognised by their adapters when the lab is planned.
  ///
  /// - Parameters:
  ///   - old: the document that the memory came from.
  ///   - new: the document that is planned next.
  public mutating func follow(from old: LabDraft, to new: LabDraft) {
    let renamed = renamedMachines(from: old, to: new)
    for (from, to) in renamed { rename(machine: from, to: to) }
    let newNames = Dictionary(renamed.map { ($0.from, $0.to) }, uniquingKeysWith: { $1 })
    let before = Dictionary(
      old.vms.compactMap { machine in
        machine.name.map { (newNames[$0] ?? $0, machine.adapters) }
      }, uniquingKeysWith: { first, _ in first })
    var moved: [AdapterIdentity: AdapterIdentity] = [:]
    for machine in new.vms {
      guard let name = machine.name, let adapters = before[name], adapters != machine.adapters
      else { continue }
      for (from, to) in movedSlots(from: adapters, to: machine.adapters) {
        moved[.named(machine: name, slot: from)] = .named(machine: name, slot: to)
      }
    }
    rename(adapters: moved)
  }

  /// Gives all that is remembered of adapters to the slots that they have from now on, all at once.
  /// What was remembered there goes on resting, but for the hardware address.
  private mutating func rename(adapters moved: [AdapterIdentity: AdapterIdentity]) {
    guard !moved.isEmpty else { return }
    let targets = Set(moved.values)
    for index in addresses.indices {
      if case .adapter(let adapter) = addresses[index].holder, let new = moved[adapter] {
        addresses[index].holder = .adapter(new)
      }
    }
    hardwareAddresses = hardwareAddresses.compactMap { row in
      guard let new = moved[row.adapter] else { return targets.contains(row.adapter) ? nil : row }
      return RememberedHardwareAddress(adapter: new, address: row.address)
    }
  }
}

private func renamedMachines(
  from old: LabDraft, to new: LabDraft
) -> [(from: DNSLabel, to: DNSLabel)] {
  let oldNames = Set(old.vms.compactMap(\.name))
  let newNames = Set(new.vms.compactMap(\.name))
  return zip(old.vms, new.vms).compactMap { before, after in
    guard let from = before.name, let to = after.name, from != to, !newNames.contains(from),
      !oldNames.contains(to)
    else { return nil }
    var renamed = before
    renamed.name = to
    return renamed == after ? (from, to) : nil
  }
}

/// Pairs of an old and a new slot of one adapter, where they differ.
private func movedSlots(
  from old: [AdapterDraft], to new: [AdapterDraft]
) -> [(from: Int, to: Int)] {
  var before = slotted(old)
  var after = slotted(new)
  var moved: [(from: Int, to: Int)] = []
  func pair(
    _ isSame: ((slot: Int, adapter: AdapterDraft), (slot: Int, adapter: AdapterDraft)) -> Bool
  ) {
    after.removeAll { present in
      guard let index = before.firstIndex(where: { isSame($0, present) }) else { return false }
      let past = before.remove(at: index)
      if past.slot != present.slot { moved.append((past.slot, present.slot)) }
      return true
    }
  }
  pair { $0.slot == $1.slot && $0.adapter == $1.adapter }
  pair { $0.adapter == $1.adapter }
  pair { $0.slot == $1.slot && $0.adapter.network == $1.adapter.network }
  pair { $0.adapter.network != nil && $0.adapter.network == $1.adapter.network }
  return moved
}

/// Adapters with their slots, and without what they say of them.
private func slotted(_ adapters: [AdapterDraft]) -> [(slot: Int, adapter: AdapterDraft)] {
  var slot = 0
  return adapters.map { adapter in
    slot = adapter.slot ?? slot + 1
    var adapter = adapter
    adapter.slot = nil
    return (slot, adapter)
  }
}
