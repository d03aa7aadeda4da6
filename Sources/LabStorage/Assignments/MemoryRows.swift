import LabCore

/// The rows of what a lab's planner remembers.
struct MemoryRows {
  let id: Int64
  let connection: Connection

  init(of id: Int64, on connection: Connection) {
    self.id = id
    self.connection = connection
  }

  /// Writes what changed. Rows that go are deleted first, so that another may have their address.
  func replace(_ old: AddressMemory, by new: AddressMemory) throws(StoreError) {
    try replacePrefixes(Set(old.prefixes), by: Set(new.prefixes))
    try replaceAddresses(Set(old.addresses), by: Set(new.addresses))
    try replaceHardwareAddresses(Set(old.hardwareAddresses), by: Set(new.hardwareAddresses))
  }

  private func replacePrefixes(
    _ old: Set<RememberedPrefix>, by new: Set<RememberedPrefix>
  ) throws(StoreError) {
    try connection.runForEach(
      old.subtracting(new),
      "DELETE FROM assigned_prefixes WHERE lab_id = ? AND network = ? AND mode = ? AND prefix = ?"
    ) { (arguments, row) throws(StoreError) in
      try arguments.bind(id)
      try arguments.bind(name(row.network))
      try arguments.bind(row.mode)
      try arguments.bind(row.prefix)
    }
    try connection.runForEach(
      new.subtracting(old),
      """
      INSERT INTO assigned_prefixes (lab_id, network, mode, prefix, freed_at)
      VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET freed_at = excluded.freed_at
      """
    ) { (arguments, row) throws(StoreError) in
      try arguments.bind(id)
      try arguments.bind(name(row.network))
      try arguments.bind(row.mode)
      try arguments.bind(row.prefix)
      try arguments.bind(row.freedAt)
    }
  }

  private func replaceAddresses(
    _ old: Set<RememberedAddress>, by new: Set<RememberedAddress>
  ) throws(StoreError) {
    let removed = old.subtracting(new)
    let added = new.subtracting(old)
    try deleteAddresses(removed.compactMap(AdapterAddress.init))
    try replaceReservations(
      removed.compactMap(Reservation.init), by: added.compactMap(Reservation.init))
    try insertAddresses(added.compactMap(AdapterAddress.init))
  }

  private func deleteAddresses(_ rows: [AdapterAddress]) throws(StoreError) {
    try connection.runForEach(
      rows,
      """
      DELETE FROM assigned_addresses
      WHERE lab_id = ? AND network = ? AND sort_key = ? AND vm = ? AND slot = ?
      """
    ) { (arguments, row) throws(StoreError) in
      try arguments.bind(id)
      try arguments.bind(name(row.row.network))
      try arguments.bind(AddressSortKey(row.row.address))
      try arguments.bind(row.machine)
      try arguments.bind(row.slot)
    }
  }

  private func insertAddresses(_ rows: [AdapterAddress]) throws(StoreError) {
    try connection.runForEach(
      rows,
      """
      INSERT INTO assigned_addresses
        (lab_id, network, sort_key, vm, slot, address, is_static, freed_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (lab_id, network, sort_key, vm, slot) DO UPDATE SET
        is_static = excluded.is_static, freed_at = excluded.freed_at
      """
    ) { (arguments, row) throws(StoreError) in
      try arguments.bind(id)
      try arguments.bind(name(row.row.network))
      try arguments.bind(AddressSortKey(row.row.address))
      try arguments.bind(row.machine)
      try arguments.bind(row.slot)
      try arguments.bind(row.row.address)
      try arguments.bind(row.row.isStatic)
      try arguments.bind(row.row.freedAt)
    }
  }

  /// A reservation's row is made when it is reserved; here it moves with its network, begins to
  /// rest, or goes.
  private func replaceReservations(
    _ removed: [Reservation], by added: [Reservation]
  ) throws(StoreError) {
    let kept = Set(added.map(\.number))
    try connection.runForEach(
      removed.filter { !kept.contains($0.number) }, "DELETE FROM reserved_addresses WHERE id = ?"
    ) { (arguments, row) throws(StoreError) in try arguments.bind(row.number) }
    try connection.runForEach(
      added, "UPDATE reserved_addresses SET network = ?, freed_at = ? WHERE id = ?"
    ) { (arguments, row) throws(StoreError) in
      try arguments.bind(name(row.row.network))
      try arguments.bind(row.row.freedAt)
      try arguments.bind(row.number)
    }
  }

  private func replaceHardwareAddresses(
    _ old: Set<RememberedHardwareAddress>, by new: Set<RememberedHardwareAddress>
  ) throws(StoreError) {
    try connection.runForEach(
      old.subtracting(new),
      "DELETE FROM assigned_hardware_addresses WHERE lab_id = ? AND vm = ? AND slot = ?"
    ) { (arguments, row) throws(StoreError) in
      try arguments.bind(id)
      try bind(row.adapter, to: &arguments)
    }
    try connection.runForEach(
      new.subtracting(old),
      """
      INSERT INTO assigned_hardware_addresses (lab_id, vm, slot, address) VALUES (?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET address = excluded.address
      """
    ) { (arguments, row) throws(StoreError) in
      try arguments.bind(id)
      try bind(row.adapter, to: &arguments)
      try arguments.bind(row.address)
    }
  }

  private func bind(
    _ adapter: AdapterIdentity, to arguments: inout Arguments
  ) throws(StoreError) {
    guard case .named(let machine, let slot) = adapter else { throw Self.numbered }
    try arguments.bind(machine)
    try arguments.bind(slot)
  }

  private func name(_ network: NetworkIdentity) throws(StoreError) -> DNSLabel {
    guard case .named(let name) = network else { throw Self.numbered }
    return name
  }

  private static let numbered = StoreError(.misuse, "parts of labs are kept by name")
}

/// A remembered address of an adapter that is known by name.
private struct AdapterAddress {
  let row: RememberedAddress
  let machine: DNSLabel
  let slot: Int

  init?(_ row: RememberedAddress) {
    guard case .adapter(.named(let machine, let slot)) = row.holder else { return nil }
    self.row = row
    self.machine = machine
    self.slot = slot
  }
}

/// A remembered address that is reserved for something outside the lab.
private struct Reservation {
  let row: RememberedAddress
  let number: Int64

  init?(_ row: RememberedAddress) {
    guard case .reservation(let number) = row.holder else { return nil }
    self.row = row
    self.number = number
  }
}
