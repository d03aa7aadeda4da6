import LabCore
import LabFormats

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
    try replacePrefixes(RowEdit(from: old.prefixes, to: new.prefixes))
    try replaceAddresses(RowEdit(from: old.addresses, to: new.addresses))
    try replaceHardwareAddresses(RowEdit(from: old.hardwareAddresses, to: new.hardwareAddresses))
  }

  private func replacePrefixes(_ edit: RowEdit<RememberedPrefix>) throws(StoreError) {
    try connection.runForEach(
      edit.removed,
      "DELETE FROM assigned_prefixes WHERE lab_id = ? AND network = ? AND mode = ? AND prefix = ?"
    ) { (arguments, row) throws(StoreError) in
      try arguments.bind(id)
      try arguments.bind(name(row.network))
      try arguments.bind(row.mode)
      try arguments.bind(row.prefix)
    }
    try connection.runForEach(
      edit.added,
      """
      INSERT INTO assigned_prefixes (lab_id, network, mode, prefix, freed_at)
      VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (lab_id, network, mode, prefix) DO UPDATE SET freed_at = excluded.freed_at
      """
    ) { (arguments, row) throws(StoreError) in
      try arguments.bind(id)
      try arguments.bind(name(row.network))
      try arguments.bind(row.mode)
      try arguments.bind(row.prefix)
      try arguments.bind(row.freedAt)
    }
  }

  private func replaceAddresses(_ edit: RowEdit<RememberedAddress>) throws(StoreError) {
    try deleteAddresses(edit.removed.compactMap(AdapterAddress.init))
    try replaceReservations(
      edit.removed.compactMap(Reservation.init), by: edit.added.compactMap(Reservation.init))
    try insertAddresses(edit.added.compactMap(AdapterAddress.init))
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
    _ edit: RowEdit<RememberedHardwareAddress>
  ) throws(StoreError) {
    try connection.runForEach(
      edit.removed,
      "DELETE FROM assigned_hardware_addresses WHERE lab_id = ? AND vm = ? AND slot = ?"
    ) { (arguments, row) throws(StoreError) in
      try arguments.bind(id)
      try bind(row.adapter, to: &arguments)
    }
    try connection.runForEach(
      edit.added,
      """
      INSERT INTO assigned_hardware_addresses (lab_id, vm, slot, address) VALUES (?, ?, ?, ?)
      ON CONFLICT (lab_id, vm, slot) DO UPDATE SET address = excluded.address
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

/// How one list of rows becomes another. Rows are in no order that means anything; those that come
/// in the same order at both ends are not looked at twice.
private struct RowEdit<Row: Hashable> {
  let removed: Set<Row>
  let added: Set<Row>

  init(from old: [Row], to new: [Row]) {
    let same = CommonEnds(of: old, and: new, by: ==)
    let before = Set(old[same.front..<(old.count - same.back)])
    let after = Set(new[same.front..<(new.count - same.back)])
    removed = before.subtracting(after)
    added = after.subtracting(before)
  }
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
