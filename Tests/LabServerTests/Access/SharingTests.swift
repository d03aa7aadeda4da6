import HTTPServer
import LabCore
import LabFormats
import Testing

@testable import LabServer

/// Pages of other origins, and clients that send too much.
@Suite struct SharingTests {
  private static let page = ["Origin": "https://labs.example"]

  private func service(_ steps: [Step]) throws -> RunningService {
    try RunningService(behind: steps)
  }

  @Test func aPageOfAnOriginThatIsLetInMayReadAndAsk() throws {
    let service = try service([.sharing(with: ["https://labs.example"])])
    let read = try service.get("/v1/modes", Self.page)
    #expect(read.headers["access-control-allow-origin"] == "https://labs.example")
    #expect(read.headers["access-control-expose-headers"]?.contains("ETag") == true)
    #expect(read.headers["access-control-allow-credentials"] == nil)
    let ask = try service.connect().send(
      "OPTIONS", "/v1/labs/a",
      headers: Self.page.merging(["Access-Control-Request-Method": "PUT"]) { $1 })
    #expect(ask.status == 204)
    #expect(ask.headers["access-control-allow-methods"]?.contains("PUT") == true)
    #expect(ask.headers["access-control-allow-headers"]?.contains("If-Match") == true)
    // Problems can be read as well.
    let problem = try service.get("/v1/labs/none", Self.page)
    #expect(problem.status == 404)
    #expect(problem.headers["access-control-allow-origin"] == "https://labs.example")
  }

  @Test(arguments: ["https://evil.example", "http://labs.example", "null", "https://labs.example."])
  func otherPagesMayNot(origin: String) throws {
    let service = try service([.sharing(with: ["https://labs.example"])])
    let answer = try service.get("/v1/modes", ["Origin": origin])
    #expect(answer.headers["access-control-allow-origin"] == nil)
    #expect(answer.headers["vary"]?.contains("Origin") == true)
  }

  @Test func withoutTheFlagNobodyIsLetIn() throws {
    let answer = try service([]).get("/v1/modes", Self.page)
    #expect(answer.headers["access-control-allow-origin"] == nil)
    #expect(answer.headers["ratelimit"] == nil)
  }

  @Test func whoeverSendsTooMuchIsToldWhenToComeBack() throws {
    let service = try service([.rateLimit(requestsPerMinute: 3)])
    for left in [2, 1, 0] {
      let answer = try service.get("/v1/modes")
      #expect(answer.status == 200)
      #expect(answer.headers["ratelimit-policy"] == "\"client\";q=3;w=60")
      #expect(answer.headers["ratelimit"]?.hasPrefix("\"client\";r=\(left);t=") == true)
    }
    let refused = try service.get("/v1/modes")
    #expect(refused.status == 429)
    #expect(try refused.json["code"].text == "too-many-requests")
    let wait = try #require(refused.headers["retry-after"].flatMap { Int($0) })
    #expect((1...20).contains(wait))
    #expect(try service.get("/healthz").status == 200)
  }

  /// Behind a proxy, clients are those that it speaks for; elsewhere nobody's word counts.
  @Test func behindAProxyEachClientHasAQuotaOfItsOwn() throws {
    var rules = AccessRules()
    rules.trustedProxies = [try AnyPrefix(parsing: "127.0.0.1/32")]
    let proxied = try RunningService(rules, behind: [.rateLimit(requestsPerMinute: 1)])
    let (one, two) = (["X-Forwarded-For": "192.0.2.1"], ["X-Forwarded-For": "192.0.2.2"])
    #expect(try proxied.get("/v1/modes", one).status == 200)
    #expect(try proxied.get("/v1/modes", two).status == 200)
    #expect(try proxied.get("/v1/modes", one).status == 429)
    let dressed = ["X-Forwarded-For": "::ffff:192.0.2.2"]
    #expect(try proxied.get("/v1/modes", dressed).status == 429, "IPv4 in IPv6 clothes")
    #expect(try proxied.get("/v1/modes", ["Forwarded": "for=\"[2001:db8::1]\""]).status == 200)
    #expect(try proxied.get("/v1/modes", ["X-Forwarded-For": "2001:db8::2"]).status == 429, "a /64")
    #expect(try proxied.get("/v1/modes", ["X-Forwarded-For": "2001:db8:0:1::2"]).status == 200)
    let open = try service([.rateLimit(requestsPerMinute: 1)])
    #expect(try open.get("/v1/modes", one).status == 200)
    #expect(try open.get("/v1/modes", two).status == 429)
  }

  /// What a step answers by itself is an answer like any other.
  @Test func answersOfStepsAreSecuredAndCounted() throws {
    let service = try service([
      .sharing(with: ["https://labs.example"]), .rateLimit(requestsPerMinute: 1),
    ])
    let ask = try service.connect().send(
      "OPTIONS", "/v1/labs",
      headers: Self.page.merging(["Access-Control-Request-Method": "POST"]) { $1 })
    let refused = try service.get("/v1/labs", Self.page)
    #expect([ask.status, refused.status] == [204, 429])
    for answer in [ask, refused] {
      #expect(answer.headers["x-content-type-options"] == "nosniff")
      #expect(answer.headers["content-security-policy"]?.contains("default-src 'none'") == true)
      #expect(answer.headers["access-control-allow-origin"] == "https://labs.example")
    }
    let metrics = try service.get("/metrics").text
    #expect(
      metrics.contains(#"labplan_http_requests_total{method="GET",route="none",status="429"} 1"#))
    #expect(
      metrics.contains(
        #"labplan_http_requests_total{method="OPTIONS",route="none",status="204"} 1"#))
  }
}

/// The rate as a table of moments.
@Suite struct RequestRateTests {
  private static let second: UInt64 = 1_000_000_000

  @Test func aClientGetsItsQuotaAndThenOneAtATime() {
    var rate = RequestRate(quota: 6)
    let a = ClientKey(address: "192.0.2.1")
    let start = 1000 * Self.second
    for left in (0..<6).reversed() {
      let verdict = rate.count(a, at: start)
      #expect(verdict.isGranted)
      #expect(verdict.remaining == left)
    }
    let refused = rate.count(a, at: start)
    #expect(refused == .init(isGranted: false, remaining: 0, secondsToNext: 10))
    #expect(rate.count(ClientKey(address: "192.0.2.2"), at: start).isGranted, "another client")
    #expect(!rate.count(a, at: start + 9 * Self.second).isGranted)
    #expect(rate.count(a, at: start + 10 * Self.second).isGranted)
    #expect(!rate.count(a, at: start + 10 * Self.second).isGranted)
    // After a window it has everything again, and no more.
    let later = start + 200 * Self.second
    #expect((0..<10).filter { _ in rate.count(a, at: later).isGranted }.count == 6)
  }

  @Test func clientsAreForgottenOnceTheyAreDone() {
    var rate = RequestRate(quota: 60)
    for client in 0..<100_000 {
      _ = rate.count(Self.client(client), at: UInt64(client + 1) * Self.second)
    }
    #expect(rate.clientCount <= 2048)
  }

  private static func client(_ number: Int) -> ClientKey {
    ClientKey(address: "10.\(number >> 16).\(number >> 8 & 255).\(number & 255)")
  }

  /// However many clients come at once, the table has an end, and those that sent most are known.
  @Test func onlySoManyClientsAreRemembered() {
    var rate = RequestRate(quota: 60)
    let greedy = ClientKey(address: "192.0.2.1")
    for client in 0..<200_000 {
      if client.isMultiple(of: 1000) { _ = rate.count(greedy, at: Self.second) }
      _ = rate.count(Self.client(client), at: Self.second)
      #expect(rate.clientCount <= RequestRate.mostRemembered)
    }
    #expect(!rate.verdict(on: greedy, at: Self.second).isGranted)
  }

  @Test func lookingCountsNothing() {
    var rate = RequestRate(quota: 2)
    let client = ClientKey(address: "192.0.2.1")
    for _ in 0..<10 { #expect(rate.verdict(on: client, at: Self.second).isGranted) }
    _ = rate.count(client, at: Self.second)
    _ = rate.count(client, at: Self.second)
    #expect(!rate.verdict(on: client, at: Self.second).isGranted)
    #expect(rate.verdict(on: client, at: 40 * Self.second).isGranted)
  }
}
