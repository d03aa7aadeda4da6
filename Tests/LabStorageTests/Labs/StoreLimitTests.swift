import LabCore
import TestSupport
import Testing

@testable import LabStorage

/// Everything that is stored has a limit.
@Suite struct StoreLimitTests {
  private func store(_ change: (inout StoreLimits) -> Void) throws -> LabStore {
    var limits = StoreLimits()
    change(&limits)
    return try LabStore(path: ":memory:", within: limits)
  }

  private func expectLimit(
    _ thing: LimitReached.Thing, _ most: Int, _ body: () throws -> Void
  ) {
    let error = #expect(throws: LimitReached.self, performing: body)
    #expect(error == LimitReached(thing: thing, most: most))
  }

  @Test func labs() throws {
    let store = try store { $0.labs = 3 }
    for name in ["a", "b", "c"] { try store.put(plainLab(name)) }
    expectLimit(.labs, 3) { try store.put(plainLab("d")) }
    try store.put(plainLab("a", "changed"))
    try store.delete("b")
    try store.put(plainLab("d"))
    expectLimit(.labs, 3) { try store.put(plainLab("b")) }
    #expect(try store.labs(after: nil, limit: 9).map(\.name.text) == ["a", "c", "d"])
  }

  @Test func namesOfDeletedLabsCount() throws {
    let store = try store { $0.names = 3 }
    for name in ["a", "b", "c"] {
      try store.put(plainLab(name))
      try store.delete(name)
    }
    expectLimit(.names, 3) { try store.put(plainLab("d")) }
    try store.put(plainLab("a"))
  }

  @Test func tokens() throws {
    let store = try store { $0.tokens = 2 }
    func create(_ name: String) throws -> TokenCreation {
      try store.create(
        AccessToken(
          name: label(name), digest: TokenSecret.random().digest, role: .read, labs: .all,
          createdAt: Timestamp(milliseconds: 0)))
    }
    #expect(try [create("a"), create("b")] == [.created, .created])
    expectLimit(.tokens, 2) { _ = try create("c") }
    #expect(try create("a") == .nameTaken)
  }

  // MARK: Reservations

  private func network(of store: LabStore) throws -> ReservableNetwork {
    let found = try #require(try store.addressedLab(named: label("lab")))
    let lab = try resolve(found.lab.draft).get()
    return ReservableNetwork(
      0, of: lab, plan: assignedAddresses(in: lab, rememberedAs: found.memory),
      revision: found.lab.revision)
  }

  private func putNetwork(in store: LabStore, _ description: String? = nil) throws {
    var draft = LabDraft(name: try label("lab"), description: description)
    draft.networks = [
      NetworkDraft(
        name: try label("net"), mode: .internal, ipv4: try IPv4Prefix(parsing: "10.9.0.0/24"))
    ]
    try store.put(resolve(draft).get())
  }

  private func reserve(_ count: Int, in store: LabStore, at time: Int64 = 0) throws -> [String] {
    let outcome = try store.reserve(
      ReservationRequest(count: count), on: network(of: store),
      at: Timestamp(milliseconds: time))
    guard case .now(.reserved(let addresses)) = outcome else { return ["\(outcome)"] }
    return addresses.map(\.description)
  }

  private func rowCount(in store: LabStore) throws -> Int {
    try store.database.read { (connection) throws(StoreError) in
      try connection.number("SELECT count(*) FROM reserved_addresses")
    }
  }

  @Test func reservations() throws {
    let store = try store { $0.reservations = 10 }
    try putNetwork(in: store)
    #expect(try reserve(8, in: store).count == 8)
    let thing = LimitReached.Thing.reservations(network: try label("net"))
    expectLimit(thing, 10) { _ = try reserve(3, in: store) }
    #expect(try reserve(2, in: store) == ["10.9.0.9", "10.9.0.10"])
    expectLimit(thing, 10) { _ = try reserve(1, in: store) }
    // A new revision does not forget how many there are.
    try putNetwork(in: store, "changed")
    expectLimit(thing, 10) { _ = try reserve(1, in: store) }
    #expect(try rowCount(in: store) == 10)
  }

  @Test func whatRestsMakesRoomTheLongestRestedFirst() throws {
    let store = try store { $0.reservations = 10 }
    try putNetwork(in: store)
    _ = try reserve(10, in: store)
    for (time, address) in [(1, "10.9.0.7"), (2, "10.9.0.3")] as [(Int64, String)] {
      _ = try store.release(
        AnyAddress(parsing: address), on: label("net"), of: label("lab"),
        at: Timestamp(milliseconds: time))
    }
    #expect(try reserve(1, in: store, at: 3) == ["10.9.0.7"])
    #expect(try reserve(1, in: store, at: 3) == ["10.9.0.3"])
    #expect(try rowCount(in: store) == 10)
  }

  /// Reserving and giving back again and again keeps no more than the limit.
  @Test func noScriptKeepsMoreRowsThanTheLimit() throws {
    for seed in 0..<UInt64(10) {
      var random = SeededGenerator(seed: seed)
      let store = try store { $0.reservations = 12 }
      try putNetwork(in: store)
      for time in 1...60 as ClosedRange<Int64> {
        let mine = try store.reservations(on: label("net"), of: label("lab"), limit: .max)
        if Bool.random(using: &random), let one = mine.randomElement(using: &random) {
          _ = try store.release(
            one.address, on: label("net"), of: label("lab"), at: Timestamp(milliseconds: time))
        } else {
          let count = Int.random(in: 1...4, using: &random)
          do {
            let given = try reserve(count, in: store, at: time)
            let before = mine.map(\.address.description)
            #expect(given.count == count && Set(given).isDisjoint(with: before), "seed \(seed)")
          } catch is LimitReached {
            #expect(mine.count + count > 12, "seed \(seed)")
          }
        }
        #expect(try rowCount(in: store) <= 12, "seed \(seed)")
      }
    }
  }
}
