import Foundation
import Glibc
import Testing

/// A disk that fails under a service: it says so, goes on, and recovers when the disk does.
@Suite(.serialized) struct DiskFaultTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private var database: String { folder.file("labs.sqlite") }

  private func expectSound(_ database: String, _ contents: String) throws {
    let check = try Command.run(["check-database", "--database", database])
    #expect(check.status == 0 && check.output.hasSuffix(", \(contents)\n"), "\(check)")
  }

  /// Calls that a write needs, and what is answered when they fail.
  static let faults: [(FailingCalls.Fault, status: Int, code: String)] = [
    (.init(calls: "fsync,fdatasync", error: "EIO"), 503, "store-unavailable"),
    (.init(calls: "pwrite64", error: "EIO"), 503, "store-unavailable"),
    (.init(calls: "pwrite64", error: "EROFS"), 503, "store-unavailable"),
    (.init(calls: "pwrite64", error: "ENOSPC"), 507, "store-full"),
  ]

  @Test(.needsStrace, arguments: faults.indices)
  func aWriteThatFailsIsAProblemAndTheNextOneWorks(index: Int) throws {
    let (fault, status, code) = Self.faults[index]
    let service = try ServiceProcess(database: database)
    _ = try service.send("PUT", "/v1/labs/a", #"{"description":"kept"}"#)
    let failing = try FailingCalls(fault, in: service.command.identifier)
    for _ in 0..<3 {
      let refused = try service.send("PUT", "/v1/labs/a", #"{"description":"lost"}"#)
      #expect(refused.status == status, "\(refused)")
      #expect(refused.headers["content-type"] == "application/problem+json")
      #expect(refused.json["code"].text == code)
      #expect(!refused.body.contains("sqlite"), "\(refused.body)")
      #expect(try service.send("DELETE", "/v1/labs/a").status == status)
      let read = try service.send("GET", "/v1/labs/a")
      #expect(read.status == 200 && read.json["description"].text == "kept", "\(read)")
      #expect(try service.send("GET", "/readyz").status == 503)
    }
    failing.end()
    #expect(try service.send("GET", "/readyz").status == 200)
    let written = try service.send("PUT", "/v1/labs/a", #"{"description":"new"}"#)
    #expect(written.status == 200 && written.revision == 2, "\(written)")
    service.kill(SIGKILL)
    try expectSound(database, "1 lab and 2 revisions")
  }

  @Test(.needsStrace) func aDiskThatCannotBeReadIsAProblemToo() throws {
    let lab = #"{"description":"\#(String(repeating: "long ", count: 4_000))"}"#
    do {
      let service = try ServiceProcess(database: database)
      for number in 0..<30 { _ = try service.send("PUT", "/v1/labs/lab-\(number)", lab) }
      service.kill(SIGTERM)
    }
    let service = try ServiceProcess(database: database)
    let failing = try FailingCalls(
      .init(calls: "pread64", error: "EIO"), in: service.command.identifier)
    for number in 0..<30 {
      let answer = try service.send("GET", "/v1/labs/lab-\(number)")
      #expect(answer.status == 503 && answer.json["code"].text == "store-unavailable", "\(answer)")
    }
    failing.end()
    for number in 0..<30 {
      #expect(try service.send("GET", "/v1/labs/lab-\(number)").status == 200)
    }
    service.kill(SIGTERM)
    try expectSound(database, "30 labs and 30 revisions")
  }

  @Test(.needsSmallDisk) func aFullDiskTakesReadsAndWritesOnceThereIsRoom() throws {
    let disk = try SmallDisk()
    let database = disk.path + "/labs.sqlite"
    let service = try ServiceProcess(database: database)
    #expect(try service.send("PUT", "/v1/labs/kept", "{}").status == 201)
    try disk.fill()
    for method in ["PUT", "DELETE", "PATCH"] {
      let body = method == "DELETE" ? nil : #"{"description":"more"}"#
      let refused = try service.send(method, "/v1/labs/kept", body)
      #expect(refused.status == 507 && refused.json["code"].text == "store-full", "\(refused)")
      #expect(try service.send("GET", "/v1/labs/kept").body == "{\"name\":\"kept\"}\n")
    }
    let ready = try service.send("GET", "/readyz")
    #expect(ready.status == 503 && ready.json["detail"].text?.contains("full") == true, "\(ready)")
    disk.clear()
    #expect(try service.send("GET", "/readyz").status == 200)
    #expect(try service.send("PUT", "/v1/labs/new", "{}").status == 201)
    // Full in earnest: labs until there is no room, and after a deletion in the file itself too.
    var (stored, answer) = (0, 0)
    repeat {
      let text = String(repeating: "x", count: 50_000)
      answer = try service.send("PUT", "/v1/labs/n\(stored)", "{\"description\":\"\(text)\"}")
        .status
      if answer == 201 { stored += 1 }
    } while answer == 201 && stored < 200
    #expect(answer == 507)
    #expect(try service.send("GET", "/v1/labs/n0").status == 200)
    service.kill(SIGKILL)
    // Enough for what SQLite keeps beside the file.
    let check = try Command.run(["check-database", "--database", database])
    #expect(
      check.output.hasSuffix(", \(stored + 2) labs and \(stored + 2) revisions\n")
        || check.errors.contains("has no room left"), "\(check)")
  }

  @Test(.needsSmallDisk) func aServiceOnADiskThatTakesNoWritesSaysWhyItDoesNotStart() throws {
    let disk = try SmallDisk()
    let database = disk.path + "/labs.sqlite"
    #expect(try Command.run(["migrate", "--database", database]).status == 0)
    try disk.remount(readOnly: true)
    let serve = ["serve", "--port", "0", "--database", database]
    let refused = try Command.run(serve)
    #expect(refused.status == 1)
    #expect(
      refused.errors == "labplan: \(database) cannot be opened: Read-only file system\n")
    try disk.remount(readOnly: false)
    try disk.fill()
    let full = try Command.run(serve)
    #expect(full.status == 1)
    #expect(full.errors == "labplan: the disk has no room left for \(database)\n")
    disk.clear()
    let service = try ServiceProcess(database: database)
    #expect(try service.send("PUT", "/v1/labs/a", "{}").status == 201)
  }
}
