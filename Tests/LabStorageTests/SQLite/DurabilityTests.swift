import Foundation
import LabCore
import Testing

@testable import LabStorage

@Suite("What was acknowledged is there")
struct DurabilityTests {
  private let directory: TemporaryDirectory
  private var database: String { directory.file("db") }

  init() throws { directory = try TemporaryDirectory() }

  private func integrity() throws -> [String] {
    let connection = try Connection(to: DatabaseLocation(path: database), access: .readWrite)
    return try connection.all("PRAGMA integrity_check") { row throws(StoreError) in
      try row.next(String.self)
    }
      + connection.all("PRAGMA foreign_key_check") { row throws(StoreError) in
        try row.next(String.self)
      }
  }

  @Test("a restart loses nothing")
  func restart() throws {
    var drafts: [LabDraft] = []
    var labs = RandomDocument(seed: 1)
    for number in 0..<20 {
      let lab = try labs.next(named: "lab-\(number)")
      try LabStore(path: database).put(lab)
      drafts.append(lab.draft)
    }
    let store = try LabStore(path: database)
    for draft in drafts {
      let name = try #require(draft.name)
      #expect(try store.lab(named: name)?.draft == draft)
    }
    #expect(try integrity() == ["ok"])
  }

  @Test("a process killed in the middle of writing loses no acknowledged write")
  func killed() async throws {
    for round in 1...5 {
      let (database, acknowledged) = (database, directory.file("acknowledged-\(round)"))
      await #expect(processExitsWith: .signal(SIGKILL)) {
        [
          database = database as String, acknowledged = acknowledged as String,
          round = round as Int
        ] in
        try writeUntilKilled(database: database, acknowledged: acknowledged, round: round)
      }
      let lines = try String(contentsOfFile: acknowledged, encoding: .utf8)
      let names = lines.split(separator: "\n")
      #expect(names.count >= 20 * round)
      #expect(try integrity() == ["ok"])
      let store = try LabStore(path: database)
      for name in names {
        let stored = try store.lab(named: label(String(name)))
        #expect(stored?.draft == (try plainLab(String(name), "crash", machines: 5).draft))
      }
    }
  }

  @Test("a disk that fails to write is an error, and the store works again when the disk does")
  func failingDisk() async throws {
    let database = database
    await #expect(processExitsWith: .success) { [database = database as String] in
      try writeOverTheFileSizeLimit(database: database)
    }
    #expect(try integrity() == ["ok"])
  }

  @Test("a damaged file is corrupt, not a crash")
  func damagedFile() throws {
    try LabStore(path: database).put(plainLab("lab", machines: 200))
    let file = try FileHandle(forUpdating: URL(fileURLWithPath: database))
    let size = try file.seekToEnd()
    #expect(size > 20_000)
    // All but the first pages, which hold the schema.
    try file.seek(toOffset: 16_384)
    try file.write(contentsOf: Data(repeating: 0xa5, count: Int(size) - 16_384))
    try file.close()
    let error = #expect(throws: StoreError.self) {
      let store = try LabStore(path: database)
      _ = try store.lab(named: label("lab"))
    }
    #expect(error?.kind == .corrupt)
  }

  @Test("a value that someone put there by hand is corrupt, not a crash")
  func wrongValue() throws {
    let store = try LabStore(path: database)
    try store.put(plainLab("lab"))
    let connection = try Connection(to: DatabaseLocation(path: database), access: .readWrite)
    try connection.run("UPDATE networks SET ipv4 = '10.0.0.1/24'")
    let error = #expect(throws: StoreError.self) { try store.lab(named: label("lab")) }
    #expect(error?.kind == .corrupt)
    #expect(try store.revision(of: label("lab")) == 1)
  }

  @Test("a newer database is refused")
  func newerSchema() throws {
    try LabStore(path: database).put(plainLab("lab"))
    let connection = try Connection(to: DatabaseLocation(path: database), access: .readWrite)
    try connection.run(
      "INSERT INTO schema_migrations (number, name, sha256) VALUES (?, '9999_future', '')",
      Migration.all.count + 1)
    let error = #expect(throws: StoreError.self) { try LabStore(path: database) }
    #expect(error?.kind == .newerSchema)
  }

  @Test("a store says whether it is ready")
  func readiness() throws {
    try LabStore(path: database).checkReadiness()
    try LabStore(path: ":memory:").checkReadiness()
  }
}

/// Eight threads create labs and note each one after it was acknowledged; some way into it the
/// process is killed.
private func writeUntilKilled(database: String, acknowledged: String, round: Int) throws {
  let store = try LabStore(path: database)
  let log = open(acknowledged, O_WRONLY | O_CREAT | O_APPEND, 0o600)
  let count = Guarded(0)
  inParallel(8) { thread in
    for number in 0... {
      let name = "lab-\(round)-\(thread)-\(number)"
      guard (try? store.put(plainLab(name, "crash", machines: 5))) != nil else { return }
      let line = name + "\n"
      guard line.withCString({ write(log, $0, strlen($0)) }) == line.utf8.count else { return }
      count.change { count in
        count += 1
        if count == 20 * round { kill(getpid(), SIGKILL) }
      }
    }
  }
}

private func writeOverTheFileSizeLimit(database: String) throws {
  let store = try LabStore(path: database)
  try store.put(plainLab("before"))
  signal(SIGXFSZ, SIG_IGN)
  var limit = rlimit()
  getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
  let unlimited = limit.rlim_cur
  limit.rlim_cur = 200_000
  setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
  for _ in 0..<3 {
    let error = #expect(throws: StoreError.self) {
      try store.put(plainLab("large", machines: 5_000))
    }
    #expect(error?.kind == .inputOutput)
    #expect(try store.revision(of: label("before")) == 1)
    #expect(try store.revision(of: label("large")) == nil)
  }
  limit.rlim_cur = unlimited
  setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
  try store.put(plainLab("large", machines: 5_000))
  #expect(try store.lab(named: label("large"))?.draft.vms.count == 5_000)
  #expect(try store.put(plainLab("before", "changed")).lab?.revision == 2)
}
