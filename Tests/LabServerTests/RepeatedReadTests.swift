import Foundation
import HTTPServer
import LabCore
import LabStorage
import Testing

@testable import LabServer

/// Requests that are sent again and again, byte for byte, which the server answers by itself while
/// nothing changes.
@Suite struct RepeatedReadTests {
  private func describe(_ service: RunningService, _ text: String) throws {
    _ = try service.store.write(
      DNSLabel(parsing: "one"), from: ChangeOrigin(at: .now)
    ) { stored in
      let name = try DNSLabel(parsing: "one")
      var draft = stored?.draft ?? LabDraft(name: name)
      draft.description = text
      return .store(try resolve(draft).get())
    }
  }

  /// What another process writes is seen by the next request, on whatever connection.
  @Test func nobodySeesWhatIsOver() throws {
    let service = try RunningService()
    let clients = try (0..<3).map { _ in try service.connect() }
    for round in 1...100 {
      try describe(service, "round \(round)")
      for client in clients + clients {
        let answer = try client.send("GET", "/v1/labs/one")
        #expect(answer.headers["etag"] == "\"\(round)\"")
        #expect(answer.text.contains("\"round \(round)\""))
        let old = ["If-None-Match": "\"\(round - 1)\""]
        #expect(try client.send("GET", "/v1/labs/one", headers: old).status == 200)
        let new = ["If-None-Match": "\"\(round)\""]
        #expect(try client.send("GET", "/v1/labs/one", headers: new).status == 304)
      }
    }
    _ = try service.store.write(
      DNSLabel(parsing: "one"), from: ChangeOrigin(at: .now)
    ) { _ in .delete }
    for client in clients { #expect(try client.send("GET", "/v1/labs/one").status == 404) }
  }

  /// Answers that depend on other labs of the host, or on what is reserved, change with those.
  @Test func whatOtherLabsChangeIsSeenToo() throws {
    let service = try RunningService()
    let client = try service.connect()
    let lab =
      #"{"host":{"name":"laptop"},"networks":[{"name":"n","mode":"host-only","ipv4":"10.9.0.0/24"}]}"#
    _ = try service.send("PUT", "/v1/labs/one", lab)
    var tags: Set<String> = []
    for number in 0..<20 {
      for _ in 0..<3 {
        let answer = try client.send("GET", "/v1/labs/one/findings")
        #expect(answer.status == 200)
        tags.insert(answer.headers["etag"] ?? "")
        #expect(tags.count == number + 1)
      }
      #expect(try service.send("PUT", "/v1/labs/other-\(number)", lab).status == 201)
    }
  }

  /// What clients may ask in more than one way: method, path, header fields.
  private static let questions: [(String, String, [String: String])] = [
    ("GET", "/v1/labs/classic", [:]), ("HEAD", "/v1/labs/classic", [:]),
    ("GET", "/v1/labs/classic", ["Accept": "application/yaml"]),
    ("GET", "/v1/labs/classic", ["Accept-Encoding": "gzip"]),
    ("HEAD", "/v1/labs/classic", ["Accept-Encoding": "gzip"]),
    ("GET", "/v1/labs/classic", ["Accept-Encoding": "gzip;q=0"]),
    ("GET", "/v1/labs/classic", ["If-None-Match": "\"1\""]),
    ("GET", "/v1/labs/classic", ["If-None-Match": "\"1-gzip\"", "Accept-Encoding": "gzip"]),
    ("GET", "/v1/labs/classic", ["If-None-Match": "\"2\""]),
    ("GET", "/v1/labs/classic", ["Origin": "https://labs.example"]),
    ("GET", "/v1/labs/classic", ["Origin": "https://else.example"]),
    ("GET", "/v1/labs/classic", ["Connection": "keep-alive"]),
    ("GET", "/v1/labs/classic/connectivity", [:]),
    ("GET", "/v1/labs/classic/connectivity", ["Accept": "text/csv"]),
    ("GET", "/v1/labs/classic/connectivity?protocol=tcp&port=22", [:]),
    ("GET", "/v1/labs/classic/connectivity/windows/internet", [:]),
    ("GET", "/v1/labs/classic/findings", [:]), ("GET", "/v1/labs/classic/vms", [:]),
    ("GET", "/v1/labs/classic/networks/shared/addresses", [:]),
    ("GET", "/v1/labs/none", [:]), ("GET", "/v1/labs/classic?x=y", [:]),
    ("GET", "/v1/labs/classic", ["Accept": "text/csv"]), ("GET", "/v1/labs", [:]),
  ]

  /// Whether it comes from memory or not, an answer is the same but for its name and its date.
  @Test func whatIsRepeatedIsWhatTheServiceSays() throws {
    let service = try RunningService(behind: [.sharing(with: ["https://labs.example"])])
    #expect(try service.send("PUT", "/v1/labs/classic", classicLab, yaml).status == 201)
    let clients = try (0..<2).map { _ in try service.connect() }
    for (method, path, headers) in Self.questions {
      var first: TestResponse?
      for round in 0..<6 {
        let answer = try clients[round % 2].send(method, path, headers: headers)
        let expected = first ?? answer
        first = expected
        #expect(answer.status == expected.status, "\(method) \(path) \(headers)")
        #expect(withoutName(answer) == withoutName(expected), "\(method) \(path) \(headers)")
        #expect(answer.headers["date"]?.hasSuffix(" GMT") == true)
        if answer.status < 400 {
          #expect(answer.body == expected.body, "\(method) \(path) \(headers)")
        }
      }
    }
    #expect(try (0..<100).contains { _ in try isAnsweredFromMemory(by: service) })
  }

  /// Whether the service reads less often than it is asked.
  private func isAnsweredFromMemory(by service: RunningService) throws -> Bool {
    let before = try reads(of: service)
    for _ in 0..<10 { _ = try service.get("/v1/labs/classic") }
    return try reads(of: service) - before < 10
  }

  /// How often the service has read from its database.
  private func reads(of service: RunningService) throws -> Int {
    let name = #"labplan_sqlite_duration_seconds_count{operation="read"} "#
    let line = try service.get("/metrics").text.split(separator: "\n")
      .first { $0.hasPrefix(name) }
    return try #require(line.flatMap { Int($0.dropFirst(name.count)) })
  }

  /// The header fields but for those that differ from request to request.
  private func withoutName(_ response: TestResponse) -> [String: String] {
    var headers = response.headers
    headers["x-request-id"] = nil
    headers["date"] = nil
    // Problems say the request's name, which has no fixed length.
    if response.status >= 400 { headers["content-length"] = nil }
    return headers
  }

  /// A token's time ends to the millisecond, also for answers in memory.
  @Test func anExpiredTokenOpensNothingThatIsInMemory() throws {
    let end = Timestamp(milliseconds: Timestamp.now.milliseconds + 700)
    let key = try Key("one", .read, expiresAt: end)
    let service = try RunningService(tokens: [key.token])
    try describe(service, "secret")
    let client = try service.connect()
    var count = 0
    while true {
      let sent = Timestamp.now
      let status = try client.send("GET", "/v1/labs/one", headers: key.header).status
      #expect(status == (sent < end ? 200 : 401) || Timestamp.now >= end && status == 401)
      if status != 200 { break }
      count += 1
    }
    #expect(count > 10)
  }

  @Test func eachRequestHasItsNameAndIsCounted() throws {
    let service = try RunningService()
    _ = try service.send("PUT", "/v1/labs/one", "{}")
    let client = try service.connect()
    let names = try (0..<200).map { _ in
      try client.send("GET", "/v1/labs/one").headers["x-request-id"] ?? ""
    }
    #expect(Set(names).count == 200)
    let metrics = try service.get("/metrics").text
    let count = #"labplan_http_requests_total{method="GET",route="/v1/labs/{lab}",status="200"} "#
    #expect(metrics.contains(count + "200\n"))
  }

  /// The log has the client that a proxy speaks for, whether an answer was in memory or not.
  @Test func clientsBehindAProxyAreLogged() throws {
    var rules = AccessRules()
    rules.trustedProxies = [try AnyPrefix(parsing: "127.0.0.1/32")]
    let log = RecordedLog()
    let service = try RunningService(rules, logger: log.logger)
    _ = try service.send("PUT", "/v1/labs/one", "{}")
    for round in 0..<40 {
      let address = "192.0.2.\(round % 2)"
      let answer = try service.get("/v1/labs/one", ["X-Forwarded-For": address])
      let line = log.line(with: answer.headers["x-request-id"] ?? "none", "/v1/labs/one")
      #expect(line?.contains("client=\(address) ") == true, "\(line ?? "")")
    }
  }

  /// A limit counts every request, also those that could be repeated.
  @Test func ratesAreKept() throws {
    let service = try RunningService(behind: [.rateLimit(requestsPerMinute: 30)])
    _ = try service.send("PUT", "/v1/labs/one", "{}")
    let client = try service.connect()
    let statuses = try (0..<40).map { _ in try client.send("GET", "/v1/labs/one").status }
    #expect(statuses.count { $0 == 429 } >= 10)
  }

  /// A lab that one token may see is never shown to another one, or to none.
  @Test func tokensAreToldApart() throws {
    let (one, two) = (try Key("one", .read, labs: ["one"]), try Key("two", .read, labs: ["two"]))
    let service = try RunningService(tokens: [one.token, two.token])
    try describe(service, "secret")
    let client = try service.connect()
    for _ in 0..<50 {
      #expect(try client.send("GET", "/v1/labs/one", headers: one.header).status == 200)
      #expect(try client.send("GET", "/v1/labs/one", headers: two.header).status == 403)
      #expect(try client.send("GET", "/v1/labs/one").status == 401)
    }
    _ = try service.store.revokeTokens([one.token.name], at: .now)
    let delay = ContinuousClock.now + tokenDelay
    var status = 200
    while status == 200, ContinuousClock.now < delay + .seconds(10) {
      status = try client.send("GET", "/v1/labs/one", headers: one.header).status
      #expect(status == 401 || ContinuousClock.now < delay + .milliseconds(500))
    }
    #expect(status == 401)
  }
}
