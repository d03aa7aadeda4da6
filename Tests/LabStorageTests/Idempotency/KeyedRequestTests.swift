import Foundation
import LabCore
import Testing

@testable import LabStorage

/// How much is kept of answers to requests that are carried out once.
@Suite struct KeyedRequestTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private func request(_ key: String, token: String? = nil) throws -> IdempotentRequest {
    IdempotentRequest(
      key: key, operation: "POST /x", token: try token.map { try label($0) }, content: [])
  }

  /// Sends a request that leaves its lab as it is; says whether it was carried out.
  private func send(
    _ key: String, _ body: String, token: String? = nil, to store: LabStore
  ) throws -> Bool {
    let lab = try plainLab("lab")
    let outcome = try store.write(
      lab.name, from: .at(0), once: request(key, token: token)
    ) { _ in
      .store(lab)
    } answer: { _ in
      RecordedAnswer(status: 200, headers: "", body: body)
    }
    if case .now = outcome { return true }
    if case .before(let answer) = outcome { #expect(answer.body == body) }
    return false
  }

  /// How many bytes the database and its write-ahead log take.
  private func size() throws -> Int {
    try ["db", "db-wal"].map { name in
      let attributes = try FileManager.default.attributesOfItem(atPath: directory.file(name))
      return try #require(attributes[.size] as? Int)
    }.reduce(0, +)
  }

  @Test func manyAnswersThatAreTheSameTakeNoRoom() throws {
    let store = try LabStore(path: directory.file("db"))
    let body = String(repeating: "x", count: 100_000)
    #expect(try send("first", body, to: store))
    let before = try size()
    for number in 0..<200 { #expect(try send("key-\(number)", body, to: store)) }
    #expect(try size() - before < 8 << 20)
    for number in 0..<200 { #expect(try !send("key-\(number)", body, to: store)) }
  }

  @Test func theOldestGoFirstAndOnlyThoseOfTheSameToken() throws {
    var limits = StoreLimits()
    limits.answerBytes = 100_000
    let store = try LabStore(path: directory.file("db"), within: limits)
    #expect(try send("other", "y", token: "other", to: store))
    for number in 0..<50 {
      let body = "\(number)" + String(repeating: "x", count: 20_000)
      #expect(try send("key-\(number)", body, to: store))
      #expect(try !send("key-\(number)", body, to: store))
    }
    let bytes = try store.database.read { (connection) throws(StoreError) in
      try connection.number("SELECT sum(length(body)) FROM recorded_answers")
    }
    #expect(bytes < 100_000)
    #expect(try !send("other", "y", token: "other", to: store))
    #expect(try send("key-0", "again", to: store))
  }

  @Test func answersOfOlderSchemasAreKept() throws {
    let connection = try Connection(
      to: DatabaseLocation(path: directory.file("db")), access: .readWrite)
    try Migrator(Array(Migration.all.prefix(6))).migrate(connection)
    let wanted = try [request("a"), request("b", token: "t")]
    for (number, request) in wanted.enumerated() {
      try connection.run(
        "INSERT INTO answered_requests VALUES (?, ?, ?, ?, 201, 'h', ?)", request.operation,
        request.key, request.contentHash, 5, "body \(number)")
    }
    try Migrator().migrate(connection)
    for (number, request) in wanted.enumerated() {
      let once = try connection.once(
        request, at: Timestamp(milliseconds: 6), keeping: 1_000
      ) {
        0
      } answer: { _ in
        nil
      }
      guard case .before(let answer) = once else {
        Issue.record("\(once)")
        continue
      }
      #expect(answer == RecordedAnswer(status: 201, headers: "h", body: "body \(number)"))
    }
  }
}
