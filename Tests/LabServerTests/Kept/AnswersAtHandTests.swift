import Foundation
import HTTPServer
import LabCore
import LabFormats
import LabStorage
import TestSupport
import Testing

@testable import LabServer

/// Reads that the event loop answers from memory while nothing is committed.
@Suite struct AnswersAtHandTests {
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

  /// Clients differ in what they send besides, and share answers all the same.
  @Test func clientsShareAnswers() throws {
    let service = try RunningService()
    #expect(try service.send("PUT", "/v1/labs/classic", classicLab, yaml).status == 201)
    #expect(try isAnsweredFromMemory("/v1/labs/classic", by: service))
    #expect(try isAnsweredFromMemory("/v1/labs/classic/connectivity", by: service))
    #expect(try isAnsweredFromMemory("/v1/labs/classic?fields=name", by: service))
    let tag = ["If-None-Match": "\"1\""]
    #expect(try isAnsweredFromMemory("/v1/labs/classic/findings", tag, by: service))
    let gzip = ["Accept-Encoding": "gzip"]
    #expect(try isAnsweredFromMemory("/v1/labs/classic/connectivity", gzip, by: service))
  }

  /// Whether the service answers requests without reading, each with a trace header of its own and
  /// on a connection of its own.
  private func isAnsweredFromMemory(
    _ path: String, _ headers: [String: String] = [:], by service: RunningService
  ) throws -> Bool {
    _ = try service.get(path, headers)
    let before = try reads(of: service)
    for number in 0..<10 {
      let own = headers.merging(["traceparent": "00-\(number)"]) { $1 }
      let status = try service.connect().send("GET", path, headers: own).status
      #expect([200, 304].contains(status))
    }
    // The service reads now and then for itself: tokens, and what other processes changed. Ten
    // requests that read would be ten reads more.
    return try reads(of: service) - before < 5
  }

  /// How often the service has read from its database.
  private func reads(of service: RunningService) throws -> Int {
    let name = #"labplan_sqlite_duration_seconds_count{operation="read"} "#
    let line = try service.get("/metrics").text.split(separator: "\n")
      .first { $0.hasPrefix(name) }
    return try #require(line.flatMap { Int($0.dropFirst(name.count)) })
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
    let count = #"labplan_http_requests_total{method="GET",route="/v1/labs/{lab}",status="200"} "#
    // A request is counted once its answer is sent, so that the last one may come a little later.
    let isCounted = try (0..<500).contains { _ in
      try service.get("/metrics").text.contains(count + "200\n")
    }
    #expect(isCounted)
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

/// Random requests between random writes, to a service that keeps answers and to one on the same
/// database that keeps none: both say the same.
@Suite struct AnswersAtHandOracleTests {
  private static let labs = ["classic", "one", "two"]
  private static let origin = "https://labs.example"

  /// A request as it may come.
  private struct Question {
    let method: String
    let path: String
    let headers: [String: String]

    init(_ keys: [Key], using random: inout SeededGenerator) {
      func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int.random(in: 0..<elements.count, using: &random)]
      }
      method = pick(["GET", "GET", "GET", "GET", "HEAD", "OPTIONS"])
      let lab = pick(AnswersAtHandOracleTests.labs + ["none"])
      path =
        "/v1/labs/\(lab)"
        + pick([
          "", "", "", "?fields=name,vms.name", "?x=y", "/connectivity", "/connectivity",
          "/connectivity?protocol=tcp&port=22", "/connectivity/windows/internet", "/addresses",
          "/findings", "/visibility", "/plan", "/vms", "/networks", "/networks/shared/addresses",
        ])
      var headers: [String: String] = [:]
      headers["Accept"] = pick([nil, nil, "*/*", "application/yaml", "text/csv", "text/plain"])
      headers["Accept-Encoding"] = pick([nil, nil, "gzip", "gzip;q=0", "br, *"])
      let tag = pick(["1", "2", "3", "1-gzip", "2-gzip", "2.1"])
      headers["If-None-Match"] = pick([
        nil, nil, nil, "\"\(tag)\"", "W/\"\(tag)\", \"9\"", "*", tag,
      ])
      headers["Origin"] = pick([nil, nil, AnswersAtHandOracleTests.origin, "https://else.example"])
      headers["Host"] = pick([nil, nil, nil, nil, nil, "evil.example"])
      headers["Authorization"] = pick(keys.map(\.header).map { $0["Authorization"] } + [nil])
      if Int.random(in: 0..<60, using: &random) == 0 {
        headers["Authorization"] = "Bearer labplan_\(String(repeating: "0", count: 64))"
      }
      headers["traceparent"] = "00-\(UInt64.random(in: 0...(.max), using: &random))"
      self.headers = headers
    }
  }

  @Test(arguments: [false, true])
  func bothSayTheSame(withTokens: Bool) throws {
    let seed = UInt64.random(in: 0..<1_000_000)
    var random = SeededGenerator(seed: seed)
    let keys =
      withTokens ? [try Key("all", .read), try Key("one", .edit, labs: ["one"])] : []
    let steps = [Step.sharing(with: [Self.origin])]
    let service = try RunningService(tokens: keys.map(\.token), behind: steps)
    let oracle = try LabService(store: service.store, logger: RecordedLog().logger, keptBytes: 0)
      .start(Configuration(port: 0), behind: steps)
    defer { oracle.stop(drainingWithin: .seconds(1)) }
    let clients = try [service.connect(), TestClient(port: oracle.localAddress.port)]
    for step in 0..<400 {
      if step < 2 || step.isMultiple(of: 25) { try write(to: service.store, step, &random) }
      let question = Question(keys, using: &random)
      // The second time it may come from memory.
      for _ in 0..<2 {
        let answers = try clients.map {
          try $0.send(question.method, question.path, headers: question.headers)
        }
        let (answer, expected) = (answers[0], answers[1])
        let note: Comment = "seed \(seed), step \(step): \(question)"
        #expect(answer.status == expected.status, note)
        #expect(comparable(answer) == comparable(expected), note)
        if answer.status < 400 { #expect(answer.body == expected.body, note) }
      }
    }
  }

  private func write(to store: LabStore, _ step: Int, _ random: inout SeededGenerator) throws {
    let name = try DNSLabel(parsing: Self.labs[Int.random(in: 0..<3, using: &random)])
    var draft = LabDocumentReader.readLab(try YAMLReader.read(Array(classicLab.utf8))).lab
    draft.name = name
    draft.description = "step \(step)"
    let lab = try resolve(draft).get()
    _ = try store.write(name, from: ChangeOrigin(at: .now)) { stored in
      guard stored == nil || step % 3 > 0 else { return .delete }
      return .store(lab)
    }
  }

  /// The header fields but for those that differ from request to request.
  private func comparable(_ answer: TestResponse) -> [String: String] {
    var headers = answer.headers
    headers["x-request-id"] = nil
    headers["date"] = nil
    // Problems say the request's name, which has no fixed length.
    if answer.status >= 400 { headers["content-length"] = nil }
    return headers
  }
}
