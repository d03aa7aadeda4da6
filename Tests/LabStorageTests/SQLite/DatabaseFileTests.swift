import Foundation
import LabCore
import Testing

@testable import LabStorage

/// What becomes of the files of a database: who may read them, and that nobody writes into files
/// that are gone or another program's.
@Suite struct DatabaseFileTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private func permissions(of name: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: directory.file(name))
    return try #require(attributes[.posixPermissions] as? Int)
  }

  private var files: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: directory.path)) ?? []).sorted()
  }

  private func remove(_ names: String...) throws {
    for name in names { try FileManager.default.removeItem(atPath: directory.file(name)) }
  }

  @Test func onlyTheirOwnerReadsThem() throws {
    let store = try LabStore(path: directory.file("db"))
    try store.put(plainLab("lab"))
    try backUpDatabase(at: directory.file("db"), to: directory.file("copy"))
    _ = try restoreDatabase(at: directory.file("restored"), from: directory.file("copy"))
    #expect(files == ["copy", "db", "db-shm", "db-wal", "restored"])
    for name in files { #expect(try permissions(of: name) == 0o600, "\(name)") }
  }

  @Test(arguments: [["db"], ["db-wal"], ["db-shm"], ["db", "db-wal", "db-shm"]])
  func aChangeIsRefusedOnceAFileIsGone(names: [String]) throws {
    let store = try LabStore(path: directory.file("db"))
    try store.put(plainLab("lab"))
    try store.checkReadiness()
    for name in names { try remove(name) }
    let left = files
    #expect(#expect(throws: StoreError.self) { try store.checkReadiness() }?.kind == .cannotOpen)
    #expect(
      #expect(throws: StoreError.self) { try store.put(plainLab("other")) }?.kind == .cannotOpen)
    store.foldLog()
    #expect(files == left)
  }

  @Test func aChangeIsRefusedOnceAnotherFileHasTheName() throws {
    let store = try LabStore(path: directory.file("db"))
    try store.put(plainLab("lab"))
    try backUpDatabase(at: directory.file("db"), to: directory.file("copy"))
    try FileManager.default.moveItem(
      atPath: directory.file("db"), toPath: directory.file("aside"))
    try FileManager.default.moveItem(
      atPath: directory.file("copy"), toPath: directory.file("db"))
    let before = try directory.bytes(of: "db")
    #expect(
      #expect(throws: StoreError.self) { try store.put(plainLab("other")) }?.kind == .cannotOpen)
    store.foldLog()
    #expect(try directory.bytes(of: "db") == before)
  }

  @Test func aFileOfAnotherProgramStaysAsItIs() throws {
    let path = directory.file("other")
    do {
      let connection = try Connection(to: DatabaseLocation(path: path), access: .copy)
      try connection.execute("PRAGMA application_id = 7; CREATE TABLE notes (text)")
    }
    let before = try directory.bytes(of: "other")
    #expect(
      #expect(throws: StoreError.self) { try LabStore(path: path) }?.kind == .foreignDatabase)
    #expect(throws: MaintenanceError.self) { try migrateDatabase(at: path) }
    #expect(try directory.bytes(of: "other") == before)
    #expect(files == ["other"])
  }

  /// Names that mean something in a URI are names of files all the same.
  @Test(arguments: ["50%", "a?mode=memory", "b#c", "%41"])
  func anyNameWillDo(name: String) throws {
    for number in 1...2 {
      let store = try LabStore(path: directory.file(name))
      try store.put(plainLab("lab-\(number)"))
      #expect(try store.labs(after: nil, limit: 9).count == number)
    }
    #expect(files.contains(name))
  }

  @Test func aBackupReplacesNoDatabaseThatIsInUse() throws {
    let store = try LabStore(path: directory.file("db"))
    try store.put(plainLab("lab"))
    let path = directory.file("db")
    #expect(throws: MaintenanceError.sameFile(path: path)) {
      try backUpDatabase(at: path, to: path, overwrites: true)
    }
    try FileManager.default.createSymbolicLink(
      atPath: directory.file("link"), withDestinationPath: path)
    #expect(throws: MaintenanceError.sameFile(path: directory.file("link"))) {
      try backUpDatabase(at: path, to: directory.file("link"), overwrites: true)
    }
    #expect(throws: MaintenanceError.sameFile(path: path)) {
      try restoreDatabase(at: path, from: directory.file("link"))
    }
    try store.put(plainLab("other"))
  }
}
