import Foundation
import Testing

@testable import LabStorage

@Suite("Writer and readers")
struct WriterTests {
  private let directory: TemporaryDirectory
  private let database: Database

  private struct Refusal: Error {}

  init() throws {
    directory = try TemporaryDirectory()
    database = try Database(
      path: directory.file("db"),
      migrations: [
        Migration(
          number: 1, name: "0001_numbers", sql: "CREATE TABLE t (n INTEGER, pad TEXT) STRICT;")
      ])
  }

  private func numbers() throws -> [Int] {
    try database.read { (connection) throws(StoreError) in
      try connection.all("SELECT n FROM t ORDER BY n") { row throws(StoreError) in
        try row.next(Int.self)
      }
    }
  }

  /// Holds the writer inside one write until `count` others wait, each added in turn, then lets
  /// them run as one group.
  private func runGroup(_ count: Int, _ work: @escaping @Sendable (Int, Connection) throws -> Void)
    -> [Int: any Error]
  {
    let failures = Guarded<[Int: any Error]>([:])
    let (database, entered, release) = (database, Gate(), Gate())
    inParallel(count + 2) { number in
      do {
        switch number {
        case 0:
          try database.write { _ in
            entered.open()
            release.wait()
          }
        case 1:
          entered.wait()
          while database.writer.waitingCount < count { sched_yield() }
          release.open()
        default:
          let turn = number - 2
          entered.wait()
          while database.writer.waitingCount < turn { sched_yield() }
          try database.write { try work(turn, $0) }
        }
      } catch {
        failures.change { $0[number - 2] = error }
      }
    }
    return failures.value
  }

  @Test("a write gives its result and is seen by the next read")
  func oneWrite() throws {
    let rows = try database.write { try $0.change("INSERT INTO t VALUES (1, ''), (2, '')") }
    #expect(rows == 2)
    #expect(try numbers() == [1, 2])
  }

  @Test("a write that throws leaves nothing behind and gives its own error")
  func refusedWrite() throws {
    #expect(throws: Refusal.self) {
      try database.write { connection in
        try connection.run("INSERT INTO t VALUES (1, '')")
        throw Refusal()
      }
    }
    #expect(try numbers() == [])
  }

  @Test("writes run in the order they came")
  func order() throws {
    let order = Guarded<[Int]>([])
    let failures = runGroup(20) { turn, _ in order.change { $0.append(turn) } }
    #expect(failures.isEmpty)
    #expect(order.value == Array(0..<20))
  }

  @Test("those who wait together share a commit, up to the largest group")
  func groupCommit() throws {
    let log = Guarded<[Int32]>([])
    let count = Writer.largestGroup + 6
    let failures = runGroup(count) { turn, connection in
      log.change { $0.append(connection.logPages) }
      try connection.run("INSERT INTO t VALUES (?, '')", turn)
    }
    #expect(failures.isEmpty)
    #expect(try numbers() == Array(0..<count))
    // The log only grows with a commit. The write that held the writer leads the first group.
    let first = log.value.prefix(Writer.largestGroup - 1)
    let second = log.value.dropFirst(Writer.largestGroup - 1)
    #expect(Set(first).count == 1)
    #expect(Set(second).count == 1)
    #expect(Set(first) != Set(second))
  }

  @Test("one that fails in a group is undone alone")
  func oneFails() throws {
    let failures = runGroup(10) { turn, connection in
      try connection.run("INSERT INTO t VALUES (?, '')", turn)
      if turn % 3 == 0 { throw Refusal() }
    }
    #expect(failures.keys.sorted() == [0, 3, 6, 9])
    #expect(failures.values.allSatisfy { $0 is Refusal })
    #expect(try numbers() == [1, 2, 4, 5, 7, 8])
  }

  @Test("one that loses the group's transaction takes nobody with it")
  func transactionLost() throws {
    let failures = runGroup(6) { turn, connection in
      try connection.run("INSERT INTO t VALUES (?, '')", turn)
      if turn == 3 {
        // What SQLite does by itself on some failures.
        try connection.run("ROLLBACK")
        throw StoreError(.inputOutput, "as if the disk had failed")
      }
    }
    #expect(failures.keys.sorted() == [3])
    #expect((failures[3] as? StoreError)?.kind == .inputOutput)
    #expect(try numbers() == [0, 1, 2, 4, 5])
  }

  @Test("a full disk is an error of its own, and writes go on once there is room")
  func diskFull() throws {
    let room = String(repeating: "x", count: 4_000_000)
    try database.write { try $0.execute("PRAGMA max_page_count = 100") }
    let failures = runGroup(5) { turn, connection in
      try connection.run("INSERT INTO t VALUES (?, ?)", turn, turn == 2 ? room : "")
    }
    #expect(failures.keys.sorted() == [2])
    #expect((failures[2] as? StoreError)?.kind == .full)
    #expect(try numbers() == [0, 1, 3, 4])
    try database.write { try $0.execute("PRAGMA max_page_count = 100000") }
    try database.write { try $0.run("INSERT INTO t VALUES (2, ?)", room) }
    #expect(try numbers() == [0, 1, 2, 3, 4])
  }

  @Test("no increment is lost between many threads")
  func increments() throws {
    try database.write { try $0.run("INSERT INTO t VALUES (0, '')") }
    let database = database
    let failures = Guarded(0)
    inParallel(32) { _ in
      for _ in 0..<20 {
        do {
          try database.write { connection in
            let n = try connection.first("SELECT n FROM t") { row throws(StoreError) in
              try row.next(Int.self)
            }
            try connection.run("UPDATE t SET n = ?", (n ?? 0) + 1)
          }
        } catch { failures.change { $0 += 1 } }
      }
    }
    #expect(failures.value == 0)
    #expect(try numbers() == [640])
  }

  @Test("a reader sees the last commit while a write is under way")
  func readDuringWrite() throws {
    try database.write { try $0.run("INSERT INTO t VALUES (1, '')") }
    try database.write { connection in
      try connection.run("INSERT INTO t VALUES (2, '')")
      #expect(try numbers() == [1])
    }
    #expect(try numbers() == [1, 2])
  }

  @Test("a snapshot does not move under its reader")
  func snapshot() throws {
    try database.write { try $0.run("INSERT INTO t VALUES (1, '')") }
    let count = "SELECT count(*) FROM t"
    let seen = Guarded<[Int?]>([])
    try database.readSnapshot { (connection) throws(StoreError) in
      for number in 2...4 {
        let rows = try connection.first(count) { row throws(StoreError) in try row.next(Int.self) }
        seen.change { $0.append(rows) }
        let wrote = Result {
          try database.write { try $0.run("INSERT INTO t VALUES (?, '')", number) }
        }
        #expect(throws: Never.self) { try wrote.get() }
      }
    }
    #expect(seen.value == [1, 1, 1])
    #expect(try numbers() == [1, 2, 3, 4])
  }

  @Test("a reader that failed leaves the pool usable")
  func failedRead() throws {
    for _ in 0..<3 {
      #expect(throws: StoreError.self) {
        try database.readSnapshot { (_) throws(StoreError) in
          throw StoreError(.corrupt, "in the middle")
        }
      }
    }
    #expect(try numbers() == [])
  }

  @Test("the log is copied back into the database, and starts afresh")
  func checkpoints() throws {
    let pad = String(repeating: "x", count: 100_000)
    for number in 0..<400 {
      try database.write { try $0.run("INSERT INTO t VALUES (?, ?)", number, pad) }
    }
    let log = try FileManager.default.attributesOfItem(atPath: directory.file("db-wal"))
    let size = try #require(log[.size] as? Int)
    // 40 MB were written; one round of the log is 1,000 pages and the commit that crossed them.
    #expect(size < 6_000_000)
  }

  @Test("in memory, every connection sees the same database, and only its own")
  func memory() throws {
    let migration = Migration(number: 1, name: "0001_t", sql: "CREATE TABLE t (n INTEGER) STRICT;")
    let count = "SELECT count(*) FROM t"
    let databases = try (0..<2).map { _ in
      try Database(path: ":memory:", migrations: [migration])
    }
    try databases[0].write { try $0.run("INSERT INTO t VALUES (1)") }
    let counts = try databases.map { database in
      try database.read { (connection) throws(StoreError) in
        try connection.first(count) { row throws(StoreError) in try row.next(Int.self) }
      }
    }
    #expect(counts == [1, 0])
  }
}
