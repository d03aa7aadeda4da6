import LabCore

extension Connection {
  /// What the planner remembers of a lab; nil for one whose addresses were never assigned.
  func addressMemory(of id: Int64) throws(StoreError) -> AddressMemory? {
    let isAddressed = try first("SELECT 1 FROM addressed_labs WHERE lab_id = ?", id) {
      (row) throws(StoreError) in try row.next(Bool.self)
    }
    guard isAddressed != nil else { return nil }
    return AddressMemory(
      prefixes: try rememberedPrefixes(of: id),
      addresses: try rememberedAddresses(of: id) + reservations(of: id),
      hardwareAddresses: try rememberedHardwareAddresses(of: id))
  }

  private func rememberedPrefixes(of id: Int64) throws(StoreError) -> [RememberedPrefix] {
    try all("SELECT network, mode, prefix, freed_at FROM assigned_prefixes WHERE lab_id = ?", id) {
      (row) throws(StoreError) in
      RememberedPrefix(
        network: .named(try row.next()), mode: try row.next(), prefix: try row.next(),
        freedAt: try row.next())
    }
  }

  private func rememberedAddresses(of id: Int64) throws(StoreError) -> [RememberedAddress] {
    try all(
      """
      SELECT network, address, vm, slot, is_static, freed_at
      FROM assigned_addresses WHERE lab_id = ?
      """, id
    ) { (row) throws(StoreError) in
      RememberedAddress(
        network: .named(try row.next()), address: try row.next(),
        holder: .adapter(.named(machine: try row.next(), slot: try row.next())),
        isStatic: try row.next(), freedAt: try row.next())
    }
  }

  private func reservations(of id: Int64) throws(StoreError) -> [RememberedAddress] {
    try all("SELECT network, address, id, freed_at FROM reserved_addresses WHERE lab_id = ?", id) {
      (row) throws(StoreError) in
      RememberedAddress(
        network: .named(try row.next()), address: try row.next(),
        holder: .reservation(try row.next()), freedAt: try row.next())
    }
  }

  private func rememberedHardwareAddresses(
    of id: Int64
  ) throws(StoreError) -> [RememberedHardwareAddress] {
    try all("SELECT vm, slot, address FROM assigned_hardware_addresses WHERE lab_id = ?", id) {
      (row) throws(StoreError) in
      RememberedHardwareAddress(
        adapter: .named(machine: try row.next(), slot: try row.next()), address: try row.next())
    }
  }
}
