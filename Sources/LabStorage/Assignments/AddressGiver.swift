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

  func reserve(_ wanted: ReservationRequest) throws(StoreError) -> ReservationOutcome {
    try wakeRested()
    switch wanted.family {
    case .ipv4: return try reserve(wanted, from: network.ipv4 ?? [])
    case .ipv6: return try reserve(wanted, from: network.ipv6 ?? [])
    }
  }

  private func reserve<Address: StoredAddress>(
    _ wanted: ReservationRequest, from ranges: [AddressRange<Address>]
  ) throws(StoreError) -> ReservationOutcome {
    var found = try nextFree(wanted.count, in: ranges)
    if found.count == wanted.count {
      try startNext(after: found)
    } else {
      let free = network.free(
        try connection.addressMemory(of: lab) ?? AddressMemory(), time, rest)
      let (next, left) = Address.next(wanted.count, of: free)
      guard let next else { return .exhausted(left: left) }
      try wake(next)
      found = next
    }
    try insert(found, wanted.note)
    try connection.noteReservations(of: lab)
    return .reserved(found.map(\.any))
  }

  // MARK: Finding

  /// The lowest addresses that nobody has and that do not rest, as far as there are so many.
  private func nextFree<Address: StoredAddress>(
    _ count: Int, in ranges: [AddressRange<Address>]
  ) throws(StoreError) -> [Address] {
    guard network.namesOnSwitch.count == 1, let lowest = ranges.first?.first else { return [] }
    let start = try start() ?? lowest
    var candidates = Candidates(ranges: ranges, from: start)
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

  /// Below which address nothing is free.
  private func start<Address: StoredAddress>() throws(StoreError) -> Address? {
    let key = try connection.first(
      "SELECT sort_key FROM reservation_starts WHERE lab_id = ? AND network = ?", lab,
      network.name
    ) { (row) throws(StoreError) in try row.next(AddressSortKey.self) }
    guard let key, key.family == Address.family else { return nil }
    return key.address()
  }

  private func startNext<Address: StoredAddress>(after found: [Address]) throws(StoreError) {
    guard network.namesOnSwitch.count == 1, let last = found.last else { return }
    try connection.run(
      """
      INSERT INTO reservation_starts (lab_id, network, sort_key) VALUES (?, ?, ?)
      ON CONFLICT DO UPDATE SET sort_key = excluded.sort_key
      """, lab, network.name, AddressSortKey(last.any))
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

  // MARK: What rests

  /// Forgets what has rested for long enough: it is free, and may be the lowest.
  private func wakeRested() throws(StoreError) {
    let (rested, overflow) = time.subtractingReportingOverflow(rest)
    guard !overflow else { return }
    for name in network.namesOnSwitch {
      let count =
        try connection.run(
          "DELETE FROM assigned_addresses WHERE lab_id = ? AND network = ? AND freed_at <= ?",
          lab, name, rested)
        + connection.run(
          "DELETE FROM reserved_addresses WHERE lab_id = ? AND network = ? AND freed_at <= ?",
          lab, name, rested)
      guard count > 0 else { continue }
      try connection.run(
        "DELETE FROM reservation_starts WHERE lab_id = ? AND network = ?", lab, name)
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

/// The addresses of some ranges, in order, from one of them on.
private struct Candidates<Address: IPAddress> {
  private var ranges: ArraySlice<AddressRange<Address>>

  init(ranges: [AddressRange<Address>], from start: Address) {
    self.ranges = ranges[...]
    drop(before: start)
  }

  mutating func next() -> Address? {
    guard let range = ranges.first else { return nil }
    skip(range.first)
    return range.first
  }

  mutating func next(below limit: Address) -> Address? {
    guard let range = ranges.first, range.first < limit else { return nil }
    return next()
  }

  /// Goes on after an address, if it has not got there yet.
  mutating func skip(_ address: Address) {
    let (bits, overflow) = address.bits.addingReportingOverflow(1)
    if overflow { ranges = [] } else { drop(before: Address(bits: bits)) }
  }

  private mutating func drop(before start: Address) {
    while let range = ranges.first, range.first < start {
      guard let rest = AddressRange(first: start, last: range.last) else {
        ranges.removeFirst()
        continue
      }
      ranges[ranges.startIndex] = rest
    }
  }
}

/// An address in the store's terms.
protocol StoredAddress: IPAddress {
  var any: AnyAddress { get }
  /// The next to be given of its family, nil where there are not so many; and how many there are.
  static func next(
    _ count: Int, of free: NetworkFreeAddresses
  ) -> (addresses: [Self]?, left: UInt128)
}

extension IPv4Address: StoredAddress {
  var any: AnyAddress { .ipv4(self) }

  static func next(
    _ count: Int, of free: NetworkFreeAddresses
  ) -> (addresses: [IPv4Address]?, left: UInt128) {
    (free.ipv4?.next(count), free.ipv4?.count ?? 0)
  }
}

extension IPv6Address: StoredAddress {
  var any: AnyAddress { .ipv6(self) }

  static func next(
    _ count: Int, of free: NetworkFreeAddresses
  ) -> (addresses: [IPv6Address]?, left: UInt128) {
    (free.ipv6?.next(count), free.ipv6?.count ?? 0)
  }
}
