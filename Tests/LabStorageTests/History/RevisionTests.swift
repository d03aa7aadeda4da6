import LabCore
import Testing

@testable import LabStorage

@Suite("Revisions and preconditions")
struct RevisionTests {
  private let directory: TemporaryDirectory
  private let store: LabStore

  private struct Refusal: Error {}

  init() throws {
    directory = try TemporaryDirectory()
    store = try LabStore(path: directory.file("db"))
  }

  @Test("each change is one revision more; the same document again is none")
  func counting() throws {
    let (first, second) = (try plainLab("lab", "one"), try plainLab("lab", "two"))
    func write(_ lab: Lab, at milliseconds: Int64) throws -> WriteOutcome {
      try store.write(lab.name, from: .at(milliseconds)) { _ in .store(lab) }
    }
    func stored(_ lab: Lab, _ revision: Int, updated: Int64) -> StoredLab {
      StoredLab(
        draft: lab.draft, revision: revision, createdAt: Timestamp(milliseconds: 10),
        updatedAt: Timestamp(milliseconds: updated))
    }
    #expect(try write(first, at: 10) == .created(stored(first, 1, updated: 10)))
    #expect(try write(first, at: 20) == .unchanged(stored(first, 1, updated: 10)))
    #expect(try write(second, at: 30) == .replaced(stored(second, 2, updated: 30)))
    #expect(try write(first, at: 40) == .replaced(stored(first, 3, updated: 40)))
    #expect(try store.lab(named: first.name) == stored(first, 3, updated: 40))
    #expect(try store.revision(of: first.name) == 3)
  }

  @Test("a lab created again goes on counting, also after a restart")
  func recreation() throws {
    let lab = try plainLab("lab")
    try store.put(lab)
    try store.put(plainLab("lab", "changed"))
    #expect(try store.delete("lab") != .notFound)
    #expect(try store.revision(of: lab.name) == nil)
    #expect(try store.lab(named: lab.name) == nil)
    #expect(try store.delete("lab") == .notFound)
    // Its deletion was revision 3.
    #expect(try store.put(lab).lab?.revision == 4)
    try store.delete("lab")

    let reopened = try LabStore(path: directory.file("db"))
    #expect(try reopened.put(lab).lab?.revision == 6)
    #expect(try reopened.put(plainLab("other")).lab?.revision == 1)
  }

  @Test(
    "preconditions",
    arguments: [
      (.none, nil, true), (.none, 3, true),
      (.absent, nil, true), (.absent, 3, false),
      (.present, nil, false), (.present, 3, true),
      (.revisionIn([3, 5]), nil, false), (.revisionIn([3, 5]), 3, true),
      (.revisionIn([3, 5]), 4, false), (.revisionIn([]), 3, false),
      (.revisionNotIn([3, 5]), nil, true), (.revisionNotIn([3, 5]), 3, false),
      (.revisionNotIn([3, 5]), 4, true),
      (.presentNotIn([3, 5]), nil, false), (.presentNotIn([3, 5]), 3, false),
      (.presentNotIn([3, 5]), 4, true),
    ] as [(WritePrecondition, Int?, Bool)])
  func preconditions(precondition: WritePrecondition, revision: Int?, holds: Bool) throws {
    #expect(precondition.holds(for: revision) == holds)
    for number in 0..<(revision ?? 0) { try store.put(plainLab("lab", "\(number)")) }
    let before = try store.lab(named: label("lab"))
    let outcome = try store.put(plainLab("lab", "new"), if: precondition)
    if holds {
      #expect(outcome.lab?.revision == (revision ?? 0) + 1)
    } else {
      #expect(outcome == .preconditionFailed(revision: revision))
      #expect(try store.lab(named: label("lab")) == before)
    }
  }

  @Test("where the precondition fails, the change is not asked, and nothing is deleted")
  func failedPrecondition() throws {
    try store.put(plainLab("lab"))
    let asked = Guarded(false)
    let outcome = try store.write(
      label("lab"), if: .revisionIn([9]), from: .at(0)
    ) { _ in
      asked.change { $0 = true }
      return .delete
    }
    #expect(outcome == .preconditionFailed(revision: 1))
    #expect(!asked.value)
    #expect(try store.revision(of: label("lab")) == 1)
  }

  @Test("the change is given the lab as it is")
  func currentLab() throws {
    let seen = Guarded<[StoredLab?]>([])
    for text in ["one", "two"] {
      _ = try store.write(label("lab"), from: .at(0)) { current in
        seen.change { $0.append(current) }
        return .store(try plainLab("lab", text))
      }
    }
    #expect(seen.value.map { $0?.revision } == [nil, 1])
    #expect(seen.value[1]?.draft.description == "one")
  }

  @Test("a change that throws stores nothing")
  func thrownChange() throws {
    try store.put(plainLab("lab"))
    #expect(throws: Refusal.self) {
      try store.write(label("lab"), from: .at(0)) { _ in throw Refusal() }
    }
    #expect(try store.revision(of: label("lab")) == 1)
  }

  @Test("a lab is stored under its own name only")
  func otherName() throws {
    let error = #expect(throws: StoreError.self) {
      try store.write(label("one"), from: .at(0)) { _ in
        .store(try plainLab("two"))
      }
    }
    #expect(error?.kind == .misuse)
    #expect(try store.labs(after: nil, limit: 10).isEmpty)
  }

  @Test("labs are listed by name, page by page")
  func listing() throws {
    let names = ["b", "a", "a-1", "a1", "z", "10", "9"]
    for name in names { try store.put(plainLab(name, "of \(name)", machines: 3)) }
    for size in [1, 2, 3, 7, 8] {
      var seen: [LabSummary] = []
      while true {
        let page = try store.labs(after: seen.last?.name, limit: size)
        #expect(page.count <= size)
        if page.isEmpty { break }
        seen += page
      }
      #expect(seen.map(\.name.text) == names.sorted())
      #expect(seen.allSatisfy { $0.description == "of \($0.name)" && $0.revision == 1 })
      #expect(seen.allSatisfy { $0.networkCount == 1 && $0.machineCount == 3 })
    }
    #expect(try store.labs(after: nil, limit: 0).isEmpty)
    #expect(try store.labs(after: nil, limit: -1).isEmpty)
    // The cursor need not be there any more.
    try store.delete("a1")
    #expect(try store.labs(after: label("a1"), limit: 1).map(\.name.text) == ["b"])
  }
}
