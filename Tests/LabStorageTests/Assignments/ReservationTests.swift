import LabCore
import TestSupport
import Testing

@testable import LabStorage

/// Addresses that are given away one by one.
@Suite struct ReservationTests {
  private let store: LabStore
  private let directory: TemporaryDirectory
  private static let hour: Int64 = 60 * 60 * 1000

  init() throws {
    directory = try TemporaryDirectory()
    store = try LabStore(path: directory.file("db"))
  }

  /// A lab with VMs on an internal network.
  @discardableResult
  private func put(
    _ prefix: String? = "10.9.0.0/28", machines: String..., at time: Int64 = 0
  ) throws -> Lab {
    var draft = LabDraft(name: try label("lab"))
    draft.networks = [
      NetworkDraft(
        name: try label("net"), mode: .internal,
        ipv4: try prefix.map { try IPv4Prefix(parsing: $0) },
        ipv6: try IPv6Prefix(parsing: "fd00:1::/120"))
    ]
    draft.vms = try machines.map {
      VirtualMachineDraft(
        name: try label($0), adapters: [AdapterDraft(network: try label("net"))])
    }
    let lab = try resolve(draft).get()
    try store.write(lab.name, from: .at(time)) { _ in .store(lab) }
    return lab
  }

  private func network(of store: LabStore? = nil) throws -> ReservableNetwork {
    let found = try #require(try (store ?? self.store).addressedLab(named: label("lab")))
    let lab = try resolve(found.lab.draft).get()
    return ReservableNetwork(
      0, of: lab, plan: assignedAddresses(in: lab, rememberedAs: found.memory),
      revision: found.lab.revision)
  }

  private func reserve(
    _ count: Int = 1, family: AddressFamily = .ipv4, note: String? = nil, at time: Int64 = 0
  ) throws -> [String] {
    let outcome = try store.reserve(
      ReservationRequest(count: count, family: family, note: note), on: network(),
      at: Timestamp(milliseconds: time))
    switch outcome {
    case .now(.reserved(let addresses)): return addresses.map(\.description)
    case .now(.exhausted(let left)): return ["\(left) left"]
    case .now(.outdated), .before, .keyInUse: return ["\(outcome)"]
    }
  }

  private func release(_ address: String, at time: Int64 = 0) throws -> ReleaseOutcome {
    try store.release(
      AnyAddress(parsing: address), on: label("net"), of: label("lab"),
      at: Timestamp(milliseconds: time))
  }

  private func reserved() throws -> [String] {
    try store.reservations(on: label("net"), of: label("lab"), limit: .max).map {
      "\($0.address) \($0.note ?? "-")"
    }
  }

  @Test func theLowestFreeComeFirst() throws {
    try put(machines: "a", "b")
    #expect(try reserve() == ["10.9.0.3"])
    #expect(try reserve(2, note: "printers") == ["10.9.0.4", "10.9.0.5"])
    #expect(try reserved() == ["10.9.0.3 -", "10.9.0.4 printers", "10.9.0.5 printers"])
  }

  @Test func allOrNothing() throws {
    try put(machines: "a")
    #expect(try reserve(14) == ["13 left"])
    #expect(try reserved().isEmpty)
    #expect(try reserve(13).last == "10.9.0.14")
    #expect(try reserve() == ["0 left"])
  }

  @Test func whatIsGivenBackRests() throws {
    try put(machines: "a")
    #expect(try reserve(3) == ["10.9.0.2", "10.9.0.3", "10.9.0.4"])
    #expect(try release("10.9.0.3", at: 1) == .released)
    #expect(try release("10.9.0.3", at: 1) == .notReserved)
    #expect(try release("10.9.0.9") == .notReserved)
    #expect(try reserve(at: 2) == ["10.9.0.5"])
    #expect(try reserve(at: 25 * Self.hour) == ["10.9.0.3"])
  }

  @Test func whatRestsIsGivenWhenNothingElseIsFreeTheLongestRestedFirst() throws {
    try put(machines: "a")
    _ = try reserve(13)
    _ = try release("10.9.0.9", at: 1)
    _ = try release("10.9.0.5", at: 2)
    #expect(try reserve(3, at: 3) == ["2 left"])
    #expect(try reserve(at: 3) == ["10.9.0.9"])
    #expect(try reserve(at: 4) == ["10.9.0.5"])
    #expect(try reserve(at: 5) == ["0 left"])
    #expect(try reserved().count == 13)
  }

  @Test func adaptersAndReservationsKeepOutOfEachOthersWay() throws {
    try put(machines: "a")
    #expect(try reserve() == ["10.9.0.2"])
    let lab = try put(machines: "a", "b")
    let memory = try #require(try store.addressedLab(named: lab.name)?.memory)
    let plan = assignedAddresses(in: lab, rememberedAs: memory)
    #expect(plan.adapters.map { $0[0].ipv4.address?.description } == ["10.9.0.1", "10.9.0.3"])
    #expect(try reserve() == ["10.9.0.4"])
    // An address that an adapter gave up rests for reservations too.
    try put(machines: "a", at: 1)
    #expect(try reserve(at: 2) == ["10.9.0.5"])
    #expect(try reserve(at: 1 + 24 * Self.hour) == ["10.9.0.3"])
  }

  @Test func aReservationGoesWithItsNetwork() throws {
    try put(machines: "a")
    _ = try reserve()
    var draft = LabDraft(name: try label("lab"))
    draft.networks = [NetworkDraft(name: try label("other"), mode: .internal)]
    let lab = try resolve(draft).get()
    try store.write(lab.name, from: .at(1)) { _ in .store(lab) }
    #expect(try reserved().isEmpty)
  }

  @Test func IPv6HasAddressesOfItsOwn() throws {
    try put(machines: "a")
    let first = try reserve(2, family: .ipv6)
    #expect(first.allSatisfy { $0.hasPrefix("fd00:1::") })
    #expect(try reserve() == ["10.9.0.2"])
    #expect(try Set(reserve(family: .ipv6) + first).count == 3)
    #expect(try reserve(300, family: .ipv6)[0].hasSuffix("left"))
  }

  @Test func aNetworkReadBeforeTheLastChangeIsOutdated() throws {
    try put(machines: "a")
    let old = try network()
    try put(machines: "a", "b")
    let outcome = try store.reserve(
      ReservationRequest(), on: old, at: Timestamp(milliseconds: 0))
    guard case .now(.outdated) = outcome else {
      Issue.record("\(outcome)")
      return
    }
  }

  @Test func aRequestSentTwiceIsCarriedOutOnce() throws {
    try put(machines: "a")
    func send(_ key: String, _ content: String, at time: Int64 = 0) throws -> String {
      let outcome = try store.reserve(
        ReservationRequest(), on: network(), at: Timestamp(milliseconds: time),
        once: IdempotentRequest(
          key: key, operation: "POST /x", token: nil, content: Array(content.utf8))
      ) { RecordedAnswer(status: 201, headers: "", body: $0.map(\.description).joined()) }
      switch outcome {
      case .now(.reserved(let addresses)): return addresses[0].description
      case .before(let answer): return "again \(answer.body)"
      default: return "\(outcome)"
      }
    }
    #expect(try send("k", "one") == "10.9.0.2")
    #expect(try send("k", "one") == "again 10.9.0.2")
    #expect(try send("k", "two") == "keyInUse")
    #expect(try send("l", "two") == "10.9.0.3")
    #expect(try send("k", "one", at: 24 * Self.hour) == "10.9.0.4")
    #expect(try reserved().count == 3)
  }

  /// The quick way through the rows, held against what all rows say.
  @Test func whatIsNextIsWhatIsFree() throws {
    for seed in 0..<UInt64(20) {
      var random = SeededGenerator(seed: seed)
      try put("10.9.\(seed).0/27", machines: "a", "b", at: 0)
      var time: Int64 = 0
      for _ in 0..<40 {
        time += Int64.random(in: 1...(4 * Self.hour), using: &random)
        let mine = try store.reservations(on: label("net"), of: label("lab"), limit: .max)
        if Int.random(in: 0..<3, using: &random) == 0, let one = mine.randomElement(using: &random)
        {
          #expect(try release(one.address.description, at: time) == .released)
          continue
        }
        let count = Int.random(in: 1...4, using: &random)
        let memory = try #require(try store.addressedLab(named: label("lab"))?.memory)
        let free = try store.free(
          on: network(), remembering: memory, at: Timestamp(milliseconds: time))
        let expected =
          free.ipv4?.next(count)?.map(\.description) ?? ["\(free.ipv4?.count ?? 0) left"]
        #expect(try reserve(count, at: time) == expected, "seed \(seed)")
      }
      try store.delete("lab")
    }
  }
}
