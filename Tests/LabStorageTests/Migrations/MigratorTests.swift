import CAssets
import Foundation
import Testing

@testable import LabStorage

@Suite("Migrations")
struct MigratorTests {
  private let directory: TemporaryDirectory
  private let location: DatabaseLocation

  init() throws {
    directory = try TemporaryDirectory()
    location = try DatabaseLocation(path: directory.file("db"))
  }

  private static let first = Migration(
    number: 1, name: "0001_first", sql: "CREATE TABLE a (id INTEGER PRIMARY KEY) STRICT;")
  private static let second = Migration(
    number: 2, name: "0002_second", sql: "CREATE TABLE b (id INTEGER REFERENCES a) STRICT;")

  private func connect() throws -> Connection {
    try Connection(to: location, access: .readWrite)
  }

  private func tables() throws -> [String] {
    try connect().all("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name") {
      row throws(StoreError) in try row.next(String.self)
    }
  }

  private func kindOfFailure(_ migrations: [Migration]) throws -> StoreError.Kind? {
    let connection = try connect()
    return #expect(throws: StoreError.self) { try Migrator(migrations).migrate(connection) }?.kind
  }

  @Test("each is applied once, in order")
  func appliedOnce() throws {
    try Migrator([Self.first]).migrate(connect())
    #expect(try tables() == ["a", "schema_migrations"])
    for _ in 0..<2 { try Migrator([Self.first, Self.second]).migrate(connect()) }
    #expect(try tables() == ["a", "b", "schema_migrations"])
    let records = try connect().all("SELECT number, name, sha256 FROM schema_migrations") {
      row throws(StoreError) in
      "\(try row.next(Int.self)) \(try row.next(String.self)) \(try row.next(String.self))"
    }
    #expect(records == ["1 0001_first \(Self.first.hash)", "2 0002_second \(Self.second.hash)"])
  }

  @Test("a newer database is refused in words")
  func newerSchema() throws {
    try Migrator([Self.first, Self.second]).migrate(connect())
    let connection = try connect()
    let error = #expect(throws: StoreError.self) {
      try Migrator([Self.first]).migrate(connection)
    }
    #expect(
      error?.description
        == "newerSchema: the database has schema 2, and this labplan knows schemas up to 1:"
        + " use the labplan that wrote it, or a newer one")
  }

  @Test("a shipped migration that was altered is refused")
  func alteredMigration() throws {
    try Migrator([Self.first]).migrate(connect())
    let altered = Migration(number: 1, name: Self.first.name, sql: Self.first.sql + " ")
    #expect(try kindOfFailure([altered, Self.second]) == .alteredMigration)
    #expect(try tables() == ["a", "schema_migrations"])
  }

  @Test("another program's database is left alone")
  func foreignDatabase() throws {
    try connect().execute("CREATE TABLE theirs (n INTEGER)")
    #expect(try kindOfFailure([Self.first]) == .foreignDatabase)
    #expect(try tables() == ["theirs"])
  }

  @Test func fileThatIsNoDatabase() throws {
    try Data(repeating: 0x21, count: 4096).write(to: URL(fileURLWithPath: directory.file("db")))
    let error = #expect(throws: StoreError.self) { try Database(path: directory.file("db")) }
    #expect(error?.kind == .foreignDatabase)
  }

  @Test(
    "a migration that fails leaves nothing behind",
    arguments: [
      ("CREATE TABLE b (id INTEGER) STRICT; nonsense;", .misuse),
      (
        "CREATE TABLE b (id INTEGER REFERENCES a) STRICT; INSERT INTO b VALUES (7);", .constraint
      ),
    ] as [(String, StoreError.Kind)])
  func failure(sql: String, kind: StoreError.Kind) throws {
    let broken = Migration(number: 2, name: "0002_broken", sql: sql)
    #expect(try kindOfFailure([Self.first, broken]) == kind)
    #expect(try tables() == [])
    try Migrator([Self.first]).migrate(connect())
    #expect(try kindOfFailure([Self.first, broken]) == kind)
    #expect(try tables() == ["a", "schema_migrations"])
  }

  @Test("a new database gets all in one transaction, another one each in its own")
  func transactions() throws {
    let third = Migration(
      number: 3, name: "0003_third", sql: "CREATE TABLE c (id INTEGER) STRICT;")
    let connection = try connect()
    try Migrator([Self.first, Self.second]).migrate(connection)
    #expect(try commitsInLog() == 1)
    let fourth = Migration(
      number: 4, name: "0004_fourth", sql: "CREATE TABLE d (id INTEGER) STRICT;")
    try Migrator([Self.first, Self.second, third, fourth]).migrate(connection)
    #expect(try commitsInLog() == 3)
  }

  /// Frames that end a transaction say how many pages the database has after it
  /// (<https://www.sqlite.org/fileformat2.html>, section 4.1).
  private func commitsInLog() throws -> Int {
    let log = try Data(contentsOf: URL(fileURLWithPath: directory.file("db-wal")))
    let frame = 24 + 4096
    return stride(from: 32, through: log.count - frame, by: frame)
      .count { log[($0 + 4)..<($0 + 8)] != Data(count: 4) }
  }

  @Test("foreign keys are back on afterwards")
  func foreignKeysOn() throws {
    let connection = try connect()
    try Migrator([Self.first, Self.second]).migrate(connection)
    let error = #expect(throws: StoreError.self) { try connection.run("INSERT INTO b VALUES (7)") }
    #expect(error?.kind == .constraint)
  }

  @Test("many may start on one new file at once")
  func concurrentStarts() throws {
    let failures = Guarded<[String]>([])
    let path = directory.file("db")
    inParallel(16) { _ in
      do { _ = try Database(path: path, migrations: [Self.first, Self.second]) } catch {
        failures.change { $0.append("\(error)") }
      }
    }
    #expect(failures.value == [])
    #expect(try tables() == ["a", "b", "schema_migrations"])
  }

  @Test(
    "only numbered files are migrations",
    arguments: [
      "openapi.yaml", "Migrations/labs.sql", "Migrations/0000_labs.sql", "Migrations/1_labs.sql",
      "Migrations/0001_labs.txt", "Elsewhere/0001_labs.sql", "Migrations/0001.sql",
    ])
  func otherPaths(path: String) {
    #expect(Migration(path: path, sql: "") == nil)
  }

  @Test("the binary holds exactly the files of Migrations/, byte for byte")
  func assetsMatchFolder() throws {
    let top = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let folder = top.appendingPathComponent("Migrations")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".sql") }
      .sorted()
    #expect(!files.isEmpty)
    #expect(Migration.all.map { $0.name + ".sql" } == files)
    #expect(Migration.all.map(\.number) == Array(1...files.count))
    for file in files {
      let asset = try #require(labplan_asset_named("Migrations/" + file)?.pointee)
      let onDisk = try Data(contentsOf: folder.appendingPathComponent(file))
      #expect(Data(bytes: asset.bytes, count: asset.count) == onDisk, "\(file)")
    }
    #expect(labplan_asset_named("Migrations/none.sql") == nil)
    #expect(labplan_asset_at(labplan_asset_count) == nil)
  }
}
