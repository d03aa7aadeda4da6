import Foundation
import LabCore
import TestSupport
import Testing

@testable import LabStorage

/// Reservations on networks that come, go, are renamed and have equal prefixes: random scripts of
/// documents, reservations and releases. Every valid request is carried out, and no address is
/// anybody's twice.
@Suite struct ReservationScriptTests {
  /// How many scripts; `LABPLAN_EDIT_SCRIPTS` says more.
  private static let scripts =
    ProcessInfo.processInfo.environment["LABPLAN_EDIT_SCRIPTS"].flatMap(Int.init) ?? 60

  @Test func noScriptBreaksTheStore() throws {
    for seed in 0..<UInt64(Self.scripts) {
      var random = SeededGenerator(seed: seed)
      let script = (0..<40).map { _ in Step(using: &random) }
      guard let complaint = complaint(of: script) else { continue }
      let shortest = shrink(script)
      Issue.record("seed \(seed): \(self.complaint(of: shortest) ?? complaint) after \(shortest)")
      return
    }
  }

  /// Two networks of one prefix, each with a reservation of the same address; one goes on under
  /// the name of the other.
  @Test func aNetworkTakesTheNameOfOneWhoseReservationRests() throws {
    let store = try LabStore(path: ":memory:")
    func put(_ machines: [String?], _ networks: String...) throws {
      let draft = try document(networks.map { ($0, .internal) }, machines)
      let lab = try resolve(draft).get()
      try store.write(lab.name, from: .at(0)) { _ in .store(lab) }
    }
    try put(["a", "b"], "a", "b")
    #expect(try store.reserve("a", at: 0) == ["10.0.0.2"])
    #expect(try store.reserve("b", at: 0) == ["10.0.0.2"])
    try put(["a", nil], "a")
    #expect(try store.release("10.0.0.2", "a", at: 0) == .released)
    try put(["b", nil], "b")
    #expect(try store.reservations(on: label("b"), of: label("lab"), limit: 9).isEmpty)
    #expect(try store.reserve("b", at: 1) == ["10.0.0.3"])
  }

  @Test func pagesHoldEveryReservationOnce() throws {
    let store = try LabStore(path: ":memory:")
    var draft = try document([("a", .internal)], [])
    draft.networks[0].ipv6 = try IPv6Prefix(parsing: "fd00::/64")
    let lab = try resolve(draft).get()
    try store.write(lab.name, from: .at(0)) { _ in .store(lab) }
    let expected = try store.reserve("a", 9, at: 0) + store.reserve("a", 9, family: .ipv6, at: 0)
    for limit in [1, 4, 9, 10, 18, 100] {
      var found: [AnyAddress] = []
      while true {
        let page = try store.reservations(
          on: label("a"), of: lab.name, after: found.last, limit: limit)
        #expect(page.count <= limit)
        found += page.map(\.address)
        if page.isEmpty { break }
      }
      #expect(found.map(\.description) == expected)
    }
    let address = try AnyAddress(parsing: expected[0])
    #expect(try store.reservation(of: address, on: label("a"), of: lab.name) != nil)
    _ = try store.release(expected[0], "a", at: 0)
    #expect(try store.reservation(of: address, on: label("a"), of: lab.name) == nil)
  }

  /// What is wrong after a script; nil where all is well.
  private func complaint(of script: [Step]) -> String? {
    do {
      let store = try LabStore(path: ":memory:")
      var time: Int64 = 0
      for step in script {
        time += step.pause
        try step.run(on: store, at: time)
        guard try store.lab(named: label("lab")) != nil else { continue }
        guard try store.keptRowsAreStored(of: label("lab")) else {
          return "what is kept of the lab is not what is stored"
        }
        if let seat = try store.seatTakenTwice() { return "\(seat) is taken twice" }
      }
      return nil
    } catch {
      return "\(error)"
    }
  }

  /// Takes steps out as long as something is wrong.
  private func shrink(_ script: [Step]) -> [Step] {
    var script = script
    var index = 0
    while index < script.count {
      var shorter = script
      shorter.remove(at: index)
      if complaint(of: shorter) == nil {
        index += 1
      } else {
        script = shorter
        index = 0
      }
    }
    return script
  }
}

/// A lab of networks that all have the prefix 10.0.0.0/28, with VMs on them or on none.
private func document(
  _ networks: [(name: String, mode: NetworkMode)], _ machines: [String?]
) throws -> LabDraft {
  var draft = LabDraft(name: try label("lab"))
  draft.networks = try networks.map { network in
    NetworkDraft(
      name: try label(network.name), mode: network.mode,
      ipv4: network.mode == .bridged ? nil : try IPv4Prefix(parsing: "10.0.0.0/28"))
  }
  draft.vms = try machines.enumerated().map { index, network in
    VirtualMachineDraft(
      name: try label("vm\(index)"),
      adapters: try network.map { [AdapterDraft(network: try label($0))] } ?? [])
  }
  return draft
}

/// One step. Its numbers pick from whatever there is, so that a script without some of its steps
/// is a script too.
private struct Step: CustomStringConvertible {
  private enum Kind: CaseIterable { case put, reserve, release }

  private static let names = ["a", "b", "c"]
  private let kind: Kind
  private let choices: [Int]
  let pause: Int64

  init(using random: inout SeededGenerator) {
    kind = Kind.allCases.randomElement(using: &random) ?? .put
    choices = (0..<8).map { _ in Int.random(in: 0..<12, using: &random) }
    pause = Int64.random(in: 1...(10 * 60 * 60 * 1000), using: &random)
  }

  var description: String { "\(kind)\(choices)+\(pause)" }

  func run(on store: LabStore, at time: Int64) throws {
    let networks = try store.lab(named: label("lab"))?.draft.networks.compactMap(\.name) ?? []
    let network = networks.isEmpty ? "a" : networks[choices[0] % networks.count].text
    switch kind {
    case .put:
      let lab = try resolve(draft()).get()
      try store.write(lab.name, from: .at(time)) { _ in .store(lab) }
    case .reserve:
      _ = try store.reserve(network, choices[1] % 3 + 1, at: time)
    case .release:
      let mine = try store.reservations(on: label(network), of: label("lab"), limit: .max)
      guard !mine.isEmpty else { return }
      _ = try store.release(
        mine[choices[1] % mine.count].address.description, network, at: time)
    }
  }

  /// Each of the three networks is absent, or of one of three modes; each VM is on one of them.
  private func draft() throws -> LabDraft {
    let modes: [NetworkMode?] = [nil, .internal, .internal, .bridged]
    let networks = zip(Self.names, choices).compactMap { name, choice in
      modes[choice % modes.count].map { (name, $0) }
    }
    let names = networks.map { $0.0 as String? } + [nil]
    return try document(networks, choices[3..<6].map { names[$0 % names.count] })
  }
}

extension LabStore {
  private func network(_ name: String) throws -> ReservableNetwork? {
    guard let found = try addressedLab(named: label("lab")) else { return nil }
    let lab = try resolve(found.lab.draft).get()
    guard let index = lab.networks.firstIndex(where: { $0.name.text == name }) else { return nil }
    return ReservableNetwork(
      index, of: lab, plan: assignedAddresses(in: lab, rememberedAs: found.memory),
      revision: found.lab.revision)
  }

  fileprivate func reserve(
    _ name: String, _ count: Int = 1, family: AddressFamily = .ipv4, at time: Int64
  ) throws -> [String] {
    guard let network = try network(name) else { return [] }
    let outcome = try reserve(
      ReservationRequest(count: count, family: family), on: network,
      at: Timestamp(milliseconds: time))
    guard case .now(.reserved(let addresses)) = outcome else { return [] }
    return addresses.map(\.description)
  }

  fileprivate func release(
    _ address: String, _ name: String, at time: Int64
  ) throws -> ReleaseOutcome {
    try release(
      AnyAddress(parsing: address), on: label(name), of: label("lab"),
      at: Timestamp(milliseconds: time))
  }

  /// An address in use that two rows have.
  fileprivate func seatTakenTwice() throws -> String? {
    let rows = try addressedLab(named: label("lab"))?.memory.addresses ?? []
    let seats = rows.filter { $0.freedAt == nil }.map { "\($0.address) of \($0.network)" }
    return Dictionary(grouping: seats) { $0 }.first { $0.value.count > 1 }?.key
  }
}
