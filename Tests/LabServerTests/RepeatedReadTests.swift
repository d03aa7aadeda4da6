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
