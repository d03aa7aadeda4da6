import LabCore
import TestSupport
import Testing

@testable import LabStorage

@Suite("What is stored comes back")
struct RoundTripTests {
  private let store: LabStore
  private let time = Timestamp(milliseconds: 1_700_000_000_123)

  init() throws { store = try LabStore(path: ":memory:") }

  @Test("every part of a document, present, absent or empty", arguments: 0..<150 as Range<UInt64>)
  func randomDocument(seed: UInt64) throws {
    var labs = RandomDocument(seed: seed)
    let lab = try labs.next(named: "lab")
    let outcome = try store.write(lab.name, from: ChangeOrigin(at: time)) { _ in .store(lab) }
    let expected = StoredLab(draft: lab.draft, revision: 1, createdAt: time, updatedAt: time)
    #expect(outcome == .created(expected), "seed \(seed)")
    #expect(try store.lab(named: lab.name) == expected, "seed \(seed)")
  }

  @Test("one document over another leaves nothing of it", arguments: 0..<100 as Range<UInt64>)
  func randomReplacement(seed: UInt64) throws {
    var labs = RandomDocument(seed: seed)
    for _ in 0..<5 {
      let lab = try labs.next(named: "lab")
      try store.put(lab)
      #expect(try store.lab(named: lab.name)?.draft == lab.draft, "seed \(seed)")
    }
  }

  @Test("small edits of a document", arguments: 0..<40 as Range<UInt64>)
  func randomEdits(seed: UInt64) throws {
    var labs = RandomDocument(seed: seed)
    var random = SeededGenerator(seed: seed)
    var draft = try labs.next(named: "lab").draft
    let other = try labs.next(named: "lab").draft
    var edits = 0
    for _ in 0..<40 {
      let edited = Self.edit(draft, with: other, &random)
      // An edit that leaves references dangling is no document.
      guard case .success(let lab) = resolve(edited) else { continue }
      edits += 1
      draft = edited
      try store.put(lab)
      #expect(try store.lab(named: lab.name)?.draft == draft, "seed \(seed)")
    }
    #expect(edits > 10, "seed \(seed)")
  }

  private static func edit(
    _ draft: LabDraft, with other: LabDraft, _ random: inout SeededGenerator
  ) -> LabDraft {
    var draft = draft
    switch Int.random(in: 0..<9, using: &random) {
    case 0: draft.host = Bool.random(using: &random) ? other.host : nil
    case 1: draft.hypervisor = Bool.random(using: &random) ? other.hypervisor : nil
    case 2: shuffleOne(&draft.vms, &random)
    case 3: shuffleOne(&draft.networks, &random)
    case 4: draft.vms = replaceOne(draft.vms, from: other.vms, &random) { $0.name == $1.name }
    case 5:
      draft.networks = replaceOne(draft.networks, from: other.networks, &random) {
        $0.name == $1.name
      }
    case 6: shuffleOne(&draft.portForwards, &random)
    case 7: shuffleOne(&draft.requirements, &random)
    default: draft.description = Bool.random(using: &random) ? "edited" : nil
    }
    return draft
  }

  /// Moves or removes one element.
  private static func shuffleOne<Part>(_ parts: inout [Part], _ random: inout SeededGenerator) {
    guard !parts.isEmpty else { return }
    let part = parts.remove(at: Int.random(in: parts.indices, using: &random))
    guard Int.random(in: 0..<3, using: &random) > 0 else { return }
    parts.insert(part, at: Int.random(in: 0...parts.count, using: &random))
  }

  /// Takes one element over from another list: in place of its namesake, or at the end.
  private static func replaceOne<Part>(
    _ parts: [Part], from others: [Part], _ random: inout SeededGenerator,
    isSame: (Part, Part) -> Bool
  ) -> [Part] {
    guard let part = others.randomElement(using: &random) else { return parts }
    var parts = parts
    if let place = parts.firstIndex(where: { isSame($0, part) }) {
      parts[place] = part
    } else {
      parts.append(part)
    }
    return parts
  }

  @Test("the difference between no object and an empty one")
  func emptyObjects() throws {
    var draft = try plainLab("lab").draft
    for (hypervisor, host) in [
      (nil, nil), (HypervisorDraft(), nil), (nil, HostDraft()),
      (HypervisorDraft(), HostDraft(uplink: Uplink())),
    ] as [(HypervisorDraft?, HostDraft?)] {
      draft.hypervisor = hypervisor
      draft.host = host
      try store.put(resolve(draft).get())
      #expect(try store.lab(named: label("lab"))?.draft == draft)
    }
  }

  @Test("every word of the document's vocabularies")
  func vocabularies() throws {
    let network = try label("net")
    var draft = LabDraft(name: try label("lab"))
    let attached = NetworkDraft(name: network, mode: .bridged)
    let adapters =
      AdapterModel.allCases.map { AdapterDraft(network: network, model: $0) }
      + PromiscuousPolicy.allCases.map { AdapterDraft(network: network, promiscuous: $0) }
    draft.vms = try VirtualMachine.OperatingSystem.allCases.map {
      VirtualMachineDraft(name: try label("vm-\($0)"), os: $0, adapters: adapters)
    }
    draft.portForwards = PortForward.Transport.allCases.map {
      PortForwardDraft(transport: $0, hostPort: 1, vm: draft.vms[0].name, guestPort: 65535)
    }
    draft.requirements = Requirement.Transport.allCases.map {
      RequirementDraft(from: .vms, to: .internet, transport: $0)
    }
    let hosts = Host.OperatingSystem.allCases.flatMap { os in
      Uplink.Kind.allCases.map { HostDraft(os: os, uplink: Uplink(kind: $0)) }
    }
    for host in hosts {
      for product in Hypervisor.Product.allCases {
        draft.host = host
        draft.hypervisor = HypervisorDraft(product: product)
        draft.networks = try product.words.map {
          NetworkDraft(name: try label($0.rawValue), mode: $0)
        }
        draft.networks.append(attached)
        try store.put(resolve(draft).get())
        #expect(try store.lab(named: label("lab"))?.draft == draft)
      }
    }
  }

  @Test("a lab of a thousand VMs")
  func largeLab() throws {
    let lab = try plainLab("lab", machines: 1000)
    try store.put(lab)
    #expect(try store.lab(named: lab.name)?.draft == lab.draft)
  }

  @Test("deleting a lab deletes every row of it, and of no other", arguments: [true, false])
  func deletion(byHand: Bool) throws {
    let directory = try TemporaryDirectory()
    let store = try LabStore(path: directory.file("db"))
    var labs = RandomDocument(seed: 7)
    let kept = try labs.next(named: "kept")
    try store.put(kept)
    let connection = try Connection(
      to: DatabaseLocation(path: directory.file("db")), access: .readWrite)
    let before = try Self.rowCounts(connection)
    for _ in 0..<20 {
      try store.put(labs.next(named: "gone"))
      if byHand {
        try connection.run("DELETE FROM labs WHERE name = 'gone'")
      } else {
        try store.delete("gone")
      }
      #expect(try Self.rowCounts(connection) == before)
    }
    #expect(try store.lab(named: kept.name)?.draft == kept.draft)
    #expect(try store.revision(of: label("gone")) == nil)
  }

  private static func rowCounts(_ connection: Connection) throws -> [String: Int] {
    let tables = try connection.all(
      """
      SELECT name FROM sqlite_schema WHERE type = 'table'
        AND name NOT IN ('retired_revisions', 'revisions', 'sqlite_sequence')
      """
    ) { row throws(StoreError) in try row.next(String.self) }
    #expect(tables.count == 29)
    return try Dictionary(
      uniqueKeysWithValues: tables.map { table in
        let count = try connection.first("SELECT count(*) FROM \(table)") {
          row throws(StoreError) in
          try row.next(Int.self)
        }
        return (table, count ?? 0)
      })
  }
}
