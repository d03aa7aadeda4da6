public import LabCore

/// Addresses that are given away one by one, for something outside the lab's document.
extension LabStore {
  /// Reserves the next free addresses of a network, all or none, in one transaction.
  ///
  /// The lowest come first. Those that rest are given when nothing else is free, the longest rested
  /// first.
  ///
  /// - Parameters:
  ///   - request: makes it happen once, however often it is sent.
  ///   - answer: what is answered then, for addresses that were reserved.
  /// - Throws: `LimitReached` where the network would have too many, or a `StoreError`.
  public func reserve(
    _ wanted: ReservationRequest, on network: ReservableNetwork, at time: Timestamp,
    once request: IdempotentRequest? = nil,
    answer: ([AnyAddress]) throws -> RecordedAnswer? = { _ in nil }
  ) throws -> Once<ReservationOutcome> {
    try database.write { connection in
      try connection.once(request, at: time, keeping: limits.answerBytes) {
        guard let lab = try connection.currentLab(of: network) else { return .outdated }
        recentLabs.forget(network.lab)
        let giver = AddressGiver(
          connection: connection, lab: lab, network: network, time: time.milliseconds, rest: rest,
          most: limits.reservations)
        return try giver.reserve(wanted)
      } answer: { outcome in
        if case .reserved(let addresses) = outcome { try answer(addresses) } else { nil }
      }
    }
  }

  /// Gives a reserved address back: it rests from now on.
  public func release(
    _ address: AnyAddress, on network: DNSLabel, of lab: DNSLabel,
    if precondition: WritePrecondition = .none, at time: Timestamp
  ) throws -> ReleaseOutcome {
    try database.write { connection in
      guard let (id, revision) = try connection.identity(of: lab) else { return .noLab }
      recentLabs.forget(lab)
      guard precondition.holds(for: revision) else {
        return .preconditionFailed(revision: revision)
      }
      let count = try connection.change(
        """
        UPDATE reserved_addresses SET freed_at = ?
        WHERE lab_id = ? AND network = ? AND sort_key = ? AND freed_at IS NULL
        """, time, id, network, AddressSortKey(address))
      guard count > 0 else { return .notReserved }
      try connection.noteReservations(of: id)
      return .released
    }
  }

  /// Reserved addresses of a network, IPv4 before IPv6 and each family from the lowest on, at most
  /// `limit` of them, beginning after `cursor`.
  public func reservations(
    on network: DNSLabel, of lab: DNSLabel, after cursor: AnyAddress? = nil, limit: Int
  ) throws(StoreError) -> [ReservedAddress] {
    try database.readSnapshot { (connection) throws(StoreError) in
      guard let id = try connection.identity(of: lab)?.id else { return [] }
      var found: [ReservedAddress] = []
      for family in [AddressFamily.ipv4, .ipv6] {
        if family == .ipv4, cursor?.family == .ipv6 { continue }
        let start = cursor.flatMap { $0.family == family ? AddressSortKey($0) : nil }
        found += try connection.reservations(
          of: family, on: network, ofLab: id, after: start, limit: max(0, limit - found.count))
      }
      return found
    }
  }

  /// The reservation of an address, nil where it is not reserved.
  public func reservation(
    of address: AnyAddress, on network: DNSLabel, of lab: DNSLabel
  ) throws(StoreError) -> ReservedAddress? {
    try database.read { (connection) throws(StoreError) in
      try connection.first(
        """
        SELECT address, note, reserved_at FROM reserved_addresses
        WHERE lab_id = (SELECT id FROM labs WHERE name = ?) AND network = ? AND sort_key = ?
          AND freed_at IS NULL
        """, lab, network, AddressSortKey(address)
      ) { (row) throws(StoreError) in try row.nextReservation() }
    }
  }

  /// What is free on a network of a lab as it was found.
  public func free(
    on network: ReservableNetwork, remembering memory: AddressMemory, at time: Timestamp
  ) -> NetworkFreeAddresses {
    network.free(memory, time.milliseconds, rest)
  }
}

extension Connection {
  fileprivate func identity(
    of lab: DNSLabel
  ) throws(StoreError) -> (id: Int64, revision: Int)? {
    try first("SELECT id, revision FROM labs WHERE name = ?", lab) { (row) throws(StoreError) in
      (id: try row.next(), revision: try row.next())
    }
  }

  /// One family at a time: the index is in the order of the keys' text, in which the two mix.
  fileprivate func reservations(
    of family: AddressFamily, on network: DNSLabel, ofLab id: Int64, after key: AddressSortKey?,
    limit: Int
  ) throws(StoreError) -> [ReservedAddress] {
    try all(
      """
      SELECT address, note, reserved_at FROM reserved_addresses
      WHERE lab_id = ? AND network = ? AND sort_key > ? AND length(sort_key) = ?
        AND freed_at IS NULL
      ORDER BY sort_key LIMIT ?
      """, id, network, key?.text ?? "", AddressSortKey.length(of: family), limit
    ) { (row) throws(StoreError) in try row.nextReservation() }
  }

  /// The row of a lab that is still at the revision a network was read from.
  fileprivate func currentLab(of network: ReservableNetwork) throws(StoreError) -> Int64? {
    try first("SELECT id FROM labs WHERE name = ? AND revision = ?", network.lab, network.revision)
    { (row) throws(StoreError) in try row.next(Int64.self) }
  }

  /// Notes that what is reserved on a lab's networks changed.
  func noteReservations(of id: Int64) throws(StoreError) {
    try run(
      "UPDATE addressed_labs SET reservation_changes = reservation_changes + 1 WHERE lab_id = ?",
      id)
  }
}

extension Row {
  fileprivate mutating func nextReservation() throws(StoreError) -> ReservedAddress {
    ReservedAddress(address: try next(), note: try next(), reservedAt: try next())
  }
}
