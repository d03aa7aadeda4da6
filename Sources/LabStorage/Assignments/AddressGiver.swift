import LabCore

/// Gives addresses of one network away, inside a transaction.
///
/// What is free is what the document leaves and no row has. Going through the rows stops at the last
/// address that is given, and begins where the one before stopped, so that it costs the same on a
/// network of ten reservations and of ten thousand. `freeAddresses(of:in:plan:remembering:)` says
/// the same from all rows, and answers where nothing is left but what rests.
struct AddressGiver {
  let connection: Connection
  let lab: Int64
  let network: ReservableNetwork
  let time: Int64
  let rest: Int64
  /// How many rows the network may have.
  let most: Int

  func reserve(_ wanted: ReservationRequest) throws -> ReservationOutcome {
    try wakeRested()
    switch wanted.family {
    case .ipv4: return try reserve(wanted, from: network.ipv4 ?? [])
    case .ipv6: return try reserve(wanted, from: network.ipv6 ?? [])
    }
  }

  private func reserve<Address: StoredAddress>(
    _ wanted: ReservationRequest, from ranges: [AddressRange<Address>]
  ) throws -> ReservationOutcome {
    var start = try start()
    let rowCount = try start?.rowCount ?? countedRows()
    let woken = try makeRoom(for: wanted.count, beside: rowCount)
    if woken > 0 { start = nil }
    var found = try nextFree(wanted.count, in: ranges, from: start)
    if found.count == wanted.count {
      try startNext(after: found, rowCount: rowCount - woken + found.count)
    } else {
      let free = network.free(
        try connection.addressMemory(of: lab) ?? AddressMemory(), time, rest)
      let (next, left) = Address.next(wanted.count, of: free)
      guard let next else { return .exhausted(left: left) }
      try wake(next)
      try forgetStart(of: network.name)
      found = next
    }
    try insert(found, wanted.note)
    try connection.noteReservations(of: lab)
    return .reserved(found.map(\.any))
  }

  // MARK: Finding

  /// The lowest addresses that nobody has and that do not rest, as far as there are so many.
  private func nextFree<Address: StoredAddress>(
    _ count: Int, in ranges: [AddressRange<Address>], from remembered: Start?
  ) throws(StoreError) -> [Address] {
    guard network.namesOnSwitch.count == 1, let lowest = ranges.first?.first else { return [] }
    let start: Address = remembered?.address() ?? lowest
    var candidates = AddressCandidates(ranges: ranges, from: start)
    var found: [Address] = []
    found.reserveCapacity(count)
    try connection.withStatement(Self.takenAddresses) { (statement) throws(StoreError) in
      var arguments = Arguments(of: statement)
      try arguments.bind(lab)
      try arguments.bind(network.name)
      try arguments.bind(AddressSortKey(start.any))
      try arguments.bind(AddressSortKey.length(of: Address.family))
      while found.count < count, try statement.step() {
        var row = Row(of: statement)
        let key: AddressSortKey = try row.next()
        let taken: Address = key.address()
        while found.count < count, let candidate = candidates.next(below: taken) {
          found.append(candidate)
        }
        candidates.skip(taken)
      }
    }
    while found.count < count, let candidate = candidates.next() { found.append(candidate) }
    return found
  }

  /// Where to look for the next free address.
  private struct Start {
    /// Below it nothing is free.
    let key: AddressSortKey
    /// How many rows of reservations the network has; nil where they have to be counted.
    let rowCount: Int?

    /// Nil where the last reservation was of the other family.
    func address<Address: StoredAddress>() -> Address? {
      key.family == Address.family ? key.address() : nil
    }
  }

  private func start() throws(StoreError) -> Start? {
    try connection.first(
      "SELECT sort_key, row_count FROM reservation_starts WHERE lab_id = ? AND network = ?", lab,
      network.name
    ) { (row) throws(StoreError) in Start(key: try row.next(), rowCount: try row.next()) }
  }

  private func startNext(
    after found: [some StoredAddress], rowCount: Int
  ) throws(StoreError) {
    guard network.namesOnSwitch.count == 1, let last = found.last else { return }
    try connection.run(
      """
      INSERT INTO reservation_starts (lab_id, network, sort_key, row_count) VALUES (?, ?, ?, ?)
      ON CONFLICT (lab_id, network) DO UPDATE SET
        sort_key = excluded.sort_key, row_count = excluded.row_count
      """, lab, network.name, AddressSortKey(last.any), rowCount)
  }

  private func forgetStart(of network: DNSLabel) throws(StoreError) {
    try connection.run(
      "DELETE FROM reservation_starts WHERE lab_id = ? AND network = ?", lab, network)
  }

  /// The two halves are in the order of their indices, which SQLite merges without sorting.
  private static let takenAddresses = """
    SELECT sort_key FROM assigned_addresses
      WHERE lab_id = ?1 AND network = ?2 AND sort_key >= ?3 AND length(sort_key) = ?4
    UNION ALL
    SELECT sort_key FROM reserved_addresses
      WHERE lab_id = ?1 AND network = ?2 AND sort_key >= ?3 AND length(sort_key) = ?4
    ORDER BY sort_key
    """

  // MARK: The limit

  private func countedRows() throws(StoreError) -> Int {
    try connection.number(
      "SELECT count(*) FROM reserved_addresses WHERE lab_id = ? AND network = ?", lab,
      network.name)
  }

  /// Ends the rest of as many reservations as there would be too many, the longest rested first.
  ///
  /// - Returns: how many rows went.
  private func makeRoom(for count: Int, beside rowCount: Int) throws -> Int {
    let excess = rowCount + count - most
    guard excess > 0 else { return 0 }
    let woken = try connection.change(
      """
      DELETE FROM reserved_addresses WHERE id IN (
        SELECT id FROM reserved_addresses
        WHERE lab_id = ? AND network = ? AND freed_at IS NOT NULL
        ORDER BY freed_at, sort_key LIMIT ?)
      """, lab, network.name, excess)
    guard woken == excess else {
      throw LimitReached(thing: .reservations(network: network.name), most: most)
    }
    try forgetStart(of: network.name)
    return woken
  }

  // MARK: What rests

  /// Forgets what has rested for long enough: it is free, and may be the lowest.
  private func wakeRested() throws(StoreError) {
    let (rested, overflow) = time.subtractingReportingOverflow(rest)
    guard !overflow else { return }
    for name in network.namesOnSwitch {
      let count =
        try connection.change(
          "DELETE FROM assigned_addresses WHERE lab_id = ? AND network = ? AND freed_at <= ?",
          lab, name, rested)
        + connection.change(
          "DELETE FROM reserved_addresses WHERE lab_id = ? AND network = ? AND freed_at <= ?",
          lab, name, rested)
      if count > 0 { try forgetStart(of: name) }
    }
  }

  /// Ends the rest of addresses that are given although they rest.
  private func wake(_ addresses: [some StoredAddress]) throws(StoreError) {
    for name in network.namesOnSwitch {
      for table in ["assigned_addresses", "reserved_addresses"] {
        try connection.runForEach(
          addresses,
          """
          DELETE FROM \(table)
          WHERE lab_id = ? AND network = ? AND sort_key = ? AND freed_at IS NOT NULL
          """
        ) { (arguments, address) throws(StoreError) in
          try arguments.bind(lab)
          try arguments.bind(name)
          try arguments.bind(AddressSortKey(address.any))
        }
      }
    }
  }

  // MARK: Giving

  private func insert(
    _ addresses: [some StoredAddress], _ note: String?
  ) throws(StoreError) {
    try connection.runForEach(
      addresses,
      """
      INSERT INTO reserved_addresses (lab_id, network, sort_key, address, note, reserved_at)
      VALUES (?, ?, ?, ?, ?, ?)
      """
    ) { (arguments, address) throws(StoreError) in
      try arguments.bind(lab)
      try arguments.bind(network.name)
      try arguments.bind(AddressSortKey(address.any))
      try arguments.bind(address.any)
      try arguments.bind(note)
      try arguments.bind(time)
    }
  }
}
