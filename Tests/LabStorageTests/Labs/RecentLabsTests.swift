import LabCore
import Testing

@testable import LabStorage

/// What a writer keeps of the labs it wrote last is what their rows say.
@Suite struct RecentLabsTests {
  private let directory: TemporaryDirectory
  private let store: LabStore

  init() throws {
    directory = try TemporaryDirectory()
    store = try LabStore(path: directory.file("db"))
  }

  private struct Refused: Error {}

  @Test func isKeptAfterAWrite() throws {
    let lab = try plainLab("lab", "first")
    try store.put(lab)
    let isKept = try store.database.write { connection in
      let id = try #require(try connection.storedLab(named: lab.name)).id
      let version = RecentLabs.Version(id: id, revision: 1, reservationChanges: 0)
      return store.recentLabs.rows(of: lab.name, at: version) != nil
    }
    #expect(isKept)
    #expect(try store.keptRowsAreStored(of: lab.name))
  }

  @Test func forgetsWhatWasUndone() throws {
    let name = try plainLab("lab").name
    try store.put(plainLab("lab", "first"))
    #expect(throws: Refused.self) {
      try store.database.write { connection in
        let undone = try plainLab("lab", "undone")
        _ = try store.writer(on: connection).write(name, from: .at(1)) { _ in .store(undone) }
        throw Refused()
      }
    }
    // The revision of what was undone is another process's now.
    try LabStore(path: directory.file("db")).put(plainLab("lab", "second"))
    #expect(try store.lab(named: name)?.revision == 2)
    #expect(try store.keptRowsAreStored(of: name))
  }

  @Test func noticesWhatAnotherProcessWrote() throws {
    let name = try plainLab("lab").name
    let other = try LabStore(path: directory.file("db"))
    try store.put(plainLab("lab", "first"))
    try other.put(plainLab("lab", "second"))
    #expect(try store.keptRowsAreStored(of: name))
    var last: String?
    try store.write(name, from: .at(2)) { stored in
      last = stored?.draft.description
      return .store(try plainLab("lab", "third"))
    }
    #expect(last == "second")
    #expect(try store.keptRowsAreStored(of: name))
  }

  @Test func noticesADeletionAndAnotherLabOfTheName() throws {
    let name = try plainLab("lab").name
    try store.put(plainLab("lab", "first"))
    try store.delete("lab")
    #expect(try store.database.write { try store.writer(on: $0).rows(of: name) == nil })
    try store.put(plainLab("lab", "again"))
    #expect(try store.keptRowsAreStored(of: name))
  }

  // MARK: What is worked out ahead

  @Test func asksOnceWhereTheLabStays() throws {
    let name = try plainLab("lab").name
    try store.put(plainLab("lab", "first"))
    var asked = 0
    try store.write(name, from: .at(1)) { stored in
      asked += 1
      #expect(stored?.revision == 1)
      return .store(try plainLab("lab", "second"))
    }
    #expect(asked == 1)
    #expect(try store.lab(named: name)?.draft.description == "second")
  }

  @Test func asksAgainWhereTheLabChangedMeanwhile() throws {
    let name = try plainLab("lab").name
    let other = try LabStore(path: directory.file("db"))
    try store.put(plainLab("lab", "first"))
    var seen: [String?] = []
    let outcome = try store.write(name, from: .at(1)) { stored in
      // Ahead of the transaction, where others may still write.
      if seen.isEmpty { try other.put(plainLab("lab", "theirs", machines: 3)) }
      seen.append(stored?.draft.description)
      return .store(try plainLab("lab", "mine after \(stored?.draft.description ?? "none")"))
    }
    #expect(seen == ["first", "theirs"])
    #expect(outcome.lab?.revision == 3)
    #expect(try store.lab(named: name)?.draft.description == "mine after theirs")
    #expect(try store.keptRowsAreStored(of: name))
  }

  @Test func doesNotCountOnWhatWasUndone() throws {
    let name = try plainLab("lab").name
    try store.put(plainLab("lab", "first"))
    var stale: ChangeAhead?
    #expect(throws: Refused.self) {
      try store.database.write { connection in
        let undone = try plainLab("lab", "undone")
        _ = try store.writer(on: connection).write(name, from: .at(1)) { _ in .store(undone) }
        stale = try store.recentLabs.withNewest(of: name) { rows in
          let next = try plainLab("lab", "after what was undone")
          return ChangeAhead(
            of: rows, if: .none, at: Timestamp(milliseconds: 2), rest: 0
          ) { _ in .store(next) }
        }
        throw Refused()
      }
    }
    let ahead = try #require(stale)
    try store.put(plainLab("lab", "second"))
    try store.database.write { connection in
      _ = try store.writer(on: connection).write(name, from: .at(2), ahead: ahead) { stored in
        #expect(stored?.draft.description == "second")
        return .store(try plainLab("lab", "third"))
      }
    }
    #expect(try store.lab(named: name)?.draft.description == "third")
  }

  @Test func asksNobodyAheadWhoseConditionFails() throws {
    let name = try plainLab("lab").name
    try store.put(plainLab("lab", "first"))
    let outcome = try store.write(name, if: .revisionIn([7]), from: .at(1)) { _ in
      Issue.record("was asked")
      return .delete
    }
    #expect(outcome == .preconditionFailed(revision: 1))
  }

  @Test func oneAtATimeWorksAhead() throws {
    let lab = try plainLab("lab")
    try store.put(lab)
    store.recentLabs.withNewest(of: lab.name) { first in
      #expect(first != nil)
      store.recentLabs.withNewest(of: lab.name) { #expect($0 == nil) }
    }
    store.recentLabs.withNewest(of: lab.name) { #expect($0 != nil) }
  }

  @Test func isBounded() throws {
    let recent = RecentLabs()
    let lab = try plainLab("lab")
    for number in 0..<(RecentLabs.bound + 10) {
      let stored = StoredLab(
        draft: lab.draft, revision: 1, createdAt: Timestamp(milliseconds: 0),
        updatedAt: Timestamp(milliseconds: 0))
      let rows = LabRows(id: Int64(number), lab: stored, memory: nil)
      recent.keep(rows, of: try label("lab-\(number)"))
    }
    #expect(recent.size <= RecentLabs.bound)
  }
}

extension LabStore {
  /// Whether the rows of a lab say what its writer would read of it.
  func keptRowsAreStored(of name: DNSLabel) throws -> Bool {
    try database.write { connection in
      guard let kept = try writer(on: connection).rows(of: name) else { return false }
      guard let stored = try connection.storedLab(named: name), stored.id == kept.id,
        stored.lab == kept.lab, let memory = try connection.addressMemory(of: stored.id),
        let keptMemory = kept.memory
      else { return false }
      return Set(memory.prefixes) == Set(keptMemory.prefixes)
        && Set(memory.addresses) == Set(keptMemory.addresses)
        && Set(memory.hardwareAddresses) == Set(keptMemory.hardwareAddresses)
    }
  }
}
