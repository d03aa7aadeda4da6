import LabCore
import LabFormats
import Testing

@testable import LabStorage

@Suite("Every change is a row of the history")
struct HistoryTests {
  private let directory: TemporaryDirectory
  private let store: LabStore

  init() throws {
    directory = try TemporaryDirectory()
    store = try LabStore(path: directory.file("db"))
  }

  @discardableResult
  private func put(_ lab: Lab, at milliseconds: Int64 = 0) throws -> WriteOutcome {
    try store.write(
      lab.name,
      from: ChangeOrigin(
        at: Timestamp(milliseconds: milliseconds), token: "ci", client: "192.0.2.7")
    ) { _ in .store(lab) }
  }

  private func document(_ number: Int, of name: String = "lab") throws -> DocumentNode? {
    try store.revision(number, of: label(name))?.document
  }

  @Test("a change says when, by which token, from where, and what")
  func oneChange() throws {
    try put(plainLab("lab"), at: 1)
    try put(plainLab("lab", "second"), at: 2)
    let changes = try store.changes(after: 0, limit: 10)
    #expect(changes.map(\.revision.kind) == [.created, .changed])
    #expect(changes.map(\.revision.number) == [1, 2])
    #expect(changes.map(\.revision.sequence) == [1, 2])
    #expect(changes.map(\.revision.origin.time.milliseconds) == [1, 2])
    #expect(changes.map(\.revision.origin.token) == ["ci", "ci"])
    #expect(changes.map(\.revision.origin.client) == ["192.0.2.7", "192.0.2.7"])
    #expect(
      changes.map(\.patch)
        == [nil, #"[{"op":"add","path":"/description","value":"second"}]"#])
  }

  @Test("what changes nothing, fails or is refused leaves no row")
  func noChange() throws {
    struct Refusal: Error {}
    try put(plainLab("lab"))
    try put(plainLab("lab"))
    #expect(throws: Refusal.self) {
      try store.write(label("lab"), from: .at(0)) { _ in throw Refusal() }
    }
    try store.put(plainLab("lab", "never"), if: .revisionIn([7]))
    try store.delete("nobody")
    #expect(try store.changes(after: 0, limit: 10).count == 1)
    #expect(try store.lastSequence() == 1)
  }

  @Test("a lab that was deleted, created again and restored keeps one chain")
  func chain() throws {
    try put(plainLab("lab", "first"))
    try store.delete("lab")
    try put(plainLab("lab", "third"))
    try store.delete("lab")
    let first = try plainLab("lab", "first")
    let outcome = try store.write(label("lab"), from: .at(0)) { _ in .restore(first, from: 1) }
    #expect(outcome.lab?.revision == 5)
    let revisions = try store.revisions(of: label("lab"), before: nil, limit: 10)
    #expect(revisions.map(\.number) == [5, 4, 3, 2, 1])
    #expect(revisions.map(\.kind) == [.restored, .deleted, .created, .deleted, .created])
    #expect(revisions.map(\.restoredFrom) == [1, nil, nil, nil, nil])
    let descriptions = try (1...5).map { try document($0)?["description"] }
    #expect(
      descriptions.map { $0?.value }
        == [.string("first"), nil, .string("third"), nil, .string("first")])
  }

  /// The oracle keeps every document; the store keeps the way back.
  @Test("every revision of random labs reads as it was written", arguments: 1...4 as ClosedRange)
  func randomHistories(seed: UInt64) throws {
    var labs = RandomDocument(seed: seed)
    var written: [String: [DocumentNode?]] = [:]
    for turn in 0..<150 {
      let name = "lab-\(turn % 2)"
      if turn % 37 == 36 {
        try store.delete(name)
        written[name, default: []].append(nil)
      } else {
        let lab = try labs.next(named: name)
        guard case .unchanged = try put(lab) else {
          written[name, default: []].append(LabDocumentWriter.document(lab.draft))
          continue
        }
      }
    }
    for (name, documents) in written {
      #expect(documents.count > HistoryTexts.wholeDocumentInterval, "seed \(seed)")
      for (index, document) in documents.enumerated() {
        let found = try #require(try store.revision(index + 1, of: label(name)), "seed \(seed)")
        #expect((found.document == nil) == (document == nil), "seed \(seed), revision \(index + 1)")
        if let document {
          #expect(found.document?.isEquivalent(to: document) == true, "seed \(seed), \(index + 1)")
        }
        // The patch leads from the document before to this one.
        if let patch = found.change.patch, index > 0, let before = documents[index - 1] {
          let read = try JSONPatch(reading: JSONReader.read(Array(patch.utf8)))
          #expect(try read.applied(to: before).isEquivalent(to: #require(document)))
        }
      }
    }
  }

  @Test("changes come page by page, of all labs or of one")
  func pages() throws {
    for turn in 0..<20 { try put(plainLab("lab-\(turn % 3)", "\(turn)")) }
    for size in [1, 7, 20, 21] {
      for lab in [nil, "lab-1"] {
        var seen: [Revision] = []
        while true {
          let page = try store.changes(
            after: seen.last?.sequence ?? 0, limit: size, lab: lab.map(label))
          if page.isEmpty { break }
          seen += page.map(\.revision)
        }
        #expect(seen.map(\.sequence) == (1...20).filter { lab == nil || $0 % 3 == 2 })
      }
    }
    #expect(try store.changes(after: 20, limit: 5).isEmpty)
    #expect(try store.changes(after: 0, limit: -1).isEmpty)
    let page = try store.revisions(of: label("lab-0"), before: 4, limit: 2)
    #expect(page.map(\.number) == [3, 2])
    #expect(try store.revisions(of: label("nobody"), before: nil, limit: 2).isEmpty)
    #expect(try store.revision(99, of: label("lab-0")) == nil)
  }

  @Test("a change costs the history what it changes, not what the lab is")
  func cost() throws {
    let large = try plainLab("lab", machines: 1_000)
    try put(large)
    try put(plainLab("lab", "described", machines: 1_000))
    try put(plainLab("lab", "described", machines: 1_001))
    let sizes = try store.database.read { (connection) throws(StoreError) in
      try connection.all(
        """
        SELECT coalesce(length(patch), 0) + coalesce(length(undo), 0) + coalesce(length(former), 0)
        FROM revisions ORDER BY revision
        """
      ) { (row) throws(StoreError) in try row.next(Int.self) }
    }
    #expect(sizes.allSatisfy { $0 < 300 }, "\(sizes)")
  }

  @Test("what someone took out of the history by hand is corrupt, not a crash or a wrong answer")
  func missingRow() throws {
    for turn in 0..<5 { try put(plainLab("lab", "\(turn)")) }
    try store.database.write { try $0.run("DELETE FROM revisions WHERE revision = 3") }
    #expect(try document(4)?["description"]?.value == .string("3"))
    #expect(try document(3) == nil)
    let error = #expect(throws: StoreError.self) { try document(2) }
    #expect(error?.kind == .corrupt)
  }
}

@Suite("How much of the history is kept")
struct HistoryRetentionTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private func store(revisions: Int? = nil, age: Int64? = nil) throws -> LabStore {
    try LabStore(
      path: directory.file("db"), keeping: HistoryRetention(revisions: revisions, age: age))
  }

  private func put(_ count: Int, to store: LabStore) throws {
    for turn in 0..<count {
      let lab = try plainLab("lab", "\(turn)")
      try store.write(lab.name, from: .at(Int64(turn) * 1_000)) { _ in .store(lab) }
    }
  }

  private func kept(_ store: LabStore) throws -> [Int] {
    try store.revisions(of: label("lab"), before: nil, limit: 1_000).map(\.number).reversed()
  }

  @Test("a number of revisions, the newest among them", arguments: [1, 3, 200])
  func number(count: Int) throws {
    let store = try store(revisions: count)
    try put(100, to: store)
    #expect(try kept(store) == Array(max(1, 101 - count)...100))
    for number in try kept(store) {
      let document = try store.revision(number, of: label("lab"))?.document
      #expect(document?["description"]?.value == .string("\(number - 1)"))
    }
    try store.delete("lab")
    #expect(try kept(store) == Array(max(1, 102 - count)...101))
  }

  @Test("an age, but never without the newest")
  func age() throws {
    let store = try store(age: 4_500)
    try put(10, to: store)
    #expect(try kept(store) == [6, 7, 8, 9, 10])
    try store.forgetOldRevisions(at: Timestamp(milliseconds: 12_000))
    #expect(try kept(store) == [9, 10])
    try store.forgetOldRevisions(at: Timestamp(milliseconds: 1_000_000))
    #expect(try kept(store) == [10])
  }

  @Test("a clock that was set back makes no hole")
  func clockSetBack() throws {
    let store = try store(age: 4_500)
    for (turn, seconds) in [10, 11, 2, 12].enumerated() as EnumeratedSequence<[Int64]> {
      try store.write(label("lab"), from: .at(seconds * 1_000)) { _ in
        .store(try plainLab("lab", "\(turn)"))
      }
    }
    #expect(try kept(store) == [1, 2, 3, 4])
  }

  @Test("a retention that is set later is carried out for labs that nobody writes to")
  func later() throws {
    try put(10, to: store())
    let store = try store(revisions: 2)
    #expect(try kept(store).count == 10)
    try store.forgetOldRevisions(at: Timestamp(milliseconds: 0))
    #expect(try kept(store) == [9, 10])
  }

  @Test("a sequence is not used again, whatever has been deleted")
  func sequences() throws {
    let store = try store()
    try put(3, to: store)
    try store.database.write { try $0.run("DELETE FROM revisions") }
    try store.put(plainLab("other"))
    #expect(try store.lastSequence() == 4)
  }
}

@Suite("Who follows the changes is told of them")
struct ChangeWatchTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  @Test("a watch sees the commits of this store and of others on the file")
  func watch() throws {
    let stores = try (0..<2).map { _ in try LabStore(path: directory.file("db")) }
    let watch = try stores[0].watch()
    #expect(try !watch.hasChanged())
    for (turn, store) in stores.enumerated() {
      try store.put(plainLab("lab", "\(turn)"))
      #expect(try watch.hasChanged())
      #expect(try !watch.hasChanged())
    }
    // Nothing was stored.
    try stores[0].put(plainLab("lab", "1"))
    try stores[0].delete("nobody")
    #expect(try !watch.hasChanged())
  }

  @Test("a watch sees commits in memory")
  func inMemory() throws {
    let store = try LabStore(path: ":memory:")
    let watch = try store.watch()
    #expect(try !watch.hasChanged())
    try store.put(plainLab("lab"))
    #expect(try watch.hasChanged())
  }

  @Test("an observer is called after the commit, which it then sees")
  func observer() throws {
    let store = try LabStore(path: directory.file("db"))
    let seen = Guarded<[Int64]>([])
    store.afterCommit { [unowned store] in
      let last = (try? store.lastSequence()) ?? -1
      seen.change { $0.append(last) }
    }
    for turn in 0..<3 { try store.put(plainLab("lab", "\(turn)")) }
    #expect(seen.value == [1, 2, 3])
  }
}
