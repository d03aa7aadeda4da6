import LabCore
import LabStorage
import Testing

@Suite("Where a database stands")
struct CommitStampTests {
  private let folder: TemporaryDirectory
  private let store: LabStore
  /// The store as another process has it.
  private let other: LabStore

  init() throws {
    folder = try TemporaryDirectory()
    store = try LabStore(path: folder.file("labs.sqlite"))
    other = try LabStore(path: folder.file("labs.sqlite"))
  }

  @Test("every commit changes it, whoever makes it, and no two stamps are the same")
  func commitsChangeIt() throws {
    var seen: Set<CommitStamp> = []
    for number in 0..<200 {
      let before = try #require(store.commitStamp)
      try (number % 2 == 0 ? store : other).put(plainLab("one", "\(number)"))
      let after = try #require(store.commitStamp)
      #expect(before != after)
      #expect(after == other.commitStamp)
      #expect(seen.insert(after).inserted)
      // Folding the log into the file begins it anew.
      if number % 50 == 49 { store.foldLog() }
    }
  }

  @Test("reads and refused writes do not change it")
  func readsDoNot() throws {
    try store.put(plainLab("one"))
    let stamp = try #require(store.commitStamp)
    for _ in 0..<20 {
      #expect(try other.lab(named: label("one"))?.revision == 1)
      #expect(try store.revision(of: label("one")) == 1)
      _ = try other.put(plainLab("one", "new"), if: .absent)
    }
    #expect(store.commitStamp == stamp)
    #expect(other.commitStamp == stamp)
  }

  /// What a cache goes by: what was read after the stamp is still so while the stamp is the same.
  @Test("an equal stamp means that nothing was written meanwhile")
  func equalStampsMeanNothingHappened() throws {
    let rounds = 300
    try store.put(plainLab("one", "0"))
    let failures = Guarded<[String]>([])
    inParallel(3) { thread in
      for round in 0..<rounds {
        do {
          if thread == 0 {
            try other.put(plainLab("one", "\(round)"))
            continue
          }
          let stamp = store.commitStamp
          let before = try store.revision(of: label("one"))
          let again = try other.revision(of: label("one"))
          if store.commitStamp == stamp, before != again {
            failures.change { $0.append("\(before ?? 0) \(again ?? 0)") }
          }
        } catch {
          failures.change { $0.append("\(error)") }
        }
      }
    }
    #expect(failures.value == [])
  }

  @Test("a database in memory has none")
  func memoryHasNone() throws {
    #expect(try LabStore(path: ":memory:").commitStamp == nil)
  }
}
