import LabCore

extension Connection {
  /// The prefixes that other labs of a host use.
  func neighbouringPrefixes(of id: Int64, on host: String) throws(StoreError) -> [IPv4Prefix] {
    try all(
      """
      SELECT DISTINCT p.prefix FROM addressed_labs AS l JOIN assigned_prefixes AS p USING (lab_id)
      WHERE l.host = ? AND l.lab_id <> ? AND p.freed_at IS NULL
      """, host, id
    ) { (row) throws(StoreError) in try row.next() }
  }

  /// Those of some hardware addresses that other labs use, whatever their host: VMs move.
  func hardwareAddresses(
    _ addresses: [MACAddress], usedBesides id: Int64
  ) throws(StoreError) -> [MACAddress] {
    var used: [MACAddress] = []
    for address in addresses {
      let isUsed = try first(
        "SELECT 1 FROM assigned_hardware_addresses WHERE address = ? AND lab_id <> ? LIMIT 1",
        address, id
      ) { (row) throws(StoreError) in try row.next(Bool.self) }
      if isUsed != nil { used.append(address) }
    }
    return used
  }

  /// Notes that a lab has a new revision: the answers about the other labs of its host may change,
  /// and, by a trigger, about those of the host that it leaves.
  func noteChange(of id: Int64, on host: String) throws(StoreError) {
    try run(
      """
      INSERT INTO addressed_labs (lab_id, host, host_changes) VALUES (?, ?, ?)
      ON CONFLICT (lab_id) DO UPDATE SET host = excluded.host, host_changes = excluded.host_changes,
        reservation_changes = 0
      """, id, host, try countChange(of: host))
    try run("DELETE FROM reservation_starts WHERE lab_id = ?", id)
  }

  private func countChange(of host: String) throws(StoreError) -> Int {
    let changes = try first(
      """
      INSERT INTO shared_hosts (name, changes) VALUES (?, 1)
      ON CONFLICT (name) DO UPDATE SET changes = shared_hosts.changes + 1 RETURNING changes
      """, host
    ) { (row) throws(StoreError) in try row.next(Int.self) }
    guard let changes else { throw StoreError(.misuse, "a counted change has no number") }
    return changes
  }
}
