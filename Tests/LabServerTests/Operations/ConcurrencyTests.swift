import Foundation
import LabFormats
import Testing

/// Sixteen clients at once, each on a connection of its own.
@Suite struct ConcurrencyTests {
  private static let clients = 16

  /// Runs `body` on a thread for each client, and gives back what each returned.
  private func atOnce<Result: Sendable>(
    _ service: RunningService, _ body: @escaping @Sendable (Int, TestClient) throws -> Result
  ) throws -> [Result] {
    let results = Results<Result>()
    let threads = DispatchGroup()
    for index in 0..<Self.clients {
      nonisolated(unsafe) let client = try service.connect()
      threads.enter()
      Thread.detachNewThread {
        results.append(Swift.Result { try body(index, client) })
        threads.leave()
      }
    }
    threads.wait()
    return try results.all.map { try $0.get() }
  }

  /// Everybody adds a VM of its own to one lab: none is lost, and each has a revision of its own.
  @Test func noWriteOverwritesAnother() throws {
    let service = try RunningService()
    _ = try service.send("PUT", "/v1/labs/shared", "{}")
    let rounds = 5
    let tags = try atOnce(service) { index, client in
      try (0..<rounds).map { round in
        let body = Array(#"{"name":"vm-\#(index)-\#(round)"}"#.utf8)
        let answer = try client.send(
          "POST", "/v1/labs/shared/vms", headers: ["Content-Type": "application/json"], body: body)
        #expect(answer.status == 201)
        return answer.headers["etag"] ?? ""
      }
    }.flatMap { $0 }
    let count = Self.clients * rounds
    #expect(Set(tags) == Set((2...count + 1).map { "\"\($0)\"" }))
    let names = try service.get("/v1/labs/shared").json["vms"]?.elements.map { $0["name"].text }
    #expect(Set(names ?? []).count == count)
  }

  /// Everybody changes the same lab with `If-Match`: each revision is won by one client.
  @Test func eachRevisionIsWonOnce() throws {
    let service = try RunningService()
    _ = try service.send("PUT", "/v1/labs/shared", "{}")
    let wins = try atOnce(service) { index, client in
      var wins: [String] = []
      while wins.count < 5 {
        let tag = try client.send("GET", "/v1/labs/shared").headers["etag"] ?? ""
        let answer = try client.send(
          "PATCH", "/v1/labs/shared",
          headers: ["Content-Type": "application/json", "If-Match": tag],
          body: Array(#"{"description":"\#(index) \#(wins.count)"}"#.utf8))
        #expect(answer.status == 200 || answer.status == 412)
        if answer.status == 200 { wins.append(tag) }
      }
      return wins
    }.flatMap { $0 }
    #expect(Set(wins).count == wins.count)
    #expect(wins.count == Self.clients * 5)
  }

  /// While the lab changes all the time, every answer is of the revision that its ETag says.
  @Test func answersAreOfTheRevisionTheySay() throws {
    let service = try RunningService()
    func document(_ machines: Int) -> String {
      let list = (0..<machines).map { "{\"name\":\"vm\($0)\"}" }.joined(separator: ",")
      return "{\"vms\":[\(list)]}"
    }
    _ = try service.send("PUT", "/v1/labs/shared", document(0))
    let documents = (1...40).map { document($0) }
    let answers = try atOnce(service) { index, client in
      var seen: [(revision: String, size: Int)] = []
      for round in 0..<40 {
        if index == 0 {
          _ = try client.send(
            "PUT", "/v1/labs/shared", headers: ["Content-Type": "application/json"],
            body: Array(documents[round].utf8))
        } else {
          let answer = try client.send("GET", "/v1/labs/shared/connectivity")
          let size = try answer.json["endpoints"]?.elements.count ?? 0
          #expect(
            try answer.json["revision"]?.integer == Int(answer.headers["etag"]!.filter(\.isNumber)))
          seen.append((answer.headers["etag"] ?? "", size))
        }
      }
      return seen.map { [$0.revision, "\($0.size)"] }
    }.flatMap { $0 }
    for answer in answers {
      let revision = Int(answer[0].filter(\.isNumber)) ?? 0
      #expect(answer[1] == "\(revision - 1 + 3)", "revision \(revision)")
    }
  }
}

private final class Results<Success: Sendable>: @unchecked Sendable {
  private let lock = NSLock()
  private var results: [Result<Success, any Error>] = []

  func append(_ result: Result<Success, any Error>) {
    lock.withLock { results.append(result) }
  }

  var all: [Result<Success, any Error>] { lock.withLock { results } }
}
