import LabStorage
import Testing

@testable import LabServer

/// `GET /metrics`, over the socket.
@Suite struct MetricsTests {
  /// Samples by name and labels, as they are written.
  private func samples(_ service: RunningService) throws -> [String: Double] {
    let answer = try service.get("/metrics")
    #expect(answer.status == 200)
    #expect(answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8")
    var samples: [String: Double] = [:]
    var announced: Set<Substring> = []
    for line in answer.text.split(separator: "\n") {
      let words = line.split(separator: " ")
      if line.hasPrefix("# TYPE ") { announced.insert(words[2]) }
      guard !line.hasPrefix("#") else { continue }
      let (name, value) = (
        String(words.dropLast().joined(separator: " ")), Double(words[words.count - 1])
      )
      #expect(samples[name] == nil, "\(name) is there twice")
      samples[name] = try #require(value, "\(line)")
      #expect(announced.contains { name.hasPrefix($0) }, "\(name) has no type")
    }
    return samples
  }

  @Test func requestsAreCountedByRoute() throws {
    let service = try RunningService()
    _ = try service.send("PUT", "/v1/labs/one", "{}")
    for _ in 0..<3 { _ = try service.get("/v1/labs/one") }
    _ = try service.get("/v1/labs/two")
    _ = try service.get("/nowhere/1")
    _ = try service.get("/nowhere/2")
    _ = try service.send("FROB", "/v1/labs")
    let found = try samples(service)
    func requests(_ method: String, _ route: String, _ status: Int) -> Double? {
      found[
        #"labplan_http_requests_total{method="\#(method)",route="\#(route)",status="\#(status)"}"#]
    }
    #expect(requests("GET", "/v1/labs/{lab}", 200) == 3)
    #expect(requests("GET", "/v1/labs/{lab}", 404) == 1)
    #expect(requests("PUT", "/v1/labs/{lab}", 201) == 1)
    #expect(requests("GET", "none", 404) == 2, "paths that clients make up are one")
    #expect(requests("other", "none", 501) == 1, "as are methods")
    let duration = "labplan_http_request_duration_seconds"
    #expect(found[#"\#(duration)_count{route="/v1/labs/{lab}"}"#] == 5)
    #expect(found[#"\#(duration)_bucket{route="/v1/labs/{lab}",le="+Inf"}"#] == 5)
    #expect(try #require(found[#"\#(duration)_sum{route="/v1/labs/{lab}"}"#]) > 0)
    #expect(try #require(found["labplan_http_sent_bytes_total"]) > 1000)
    #expect(found["labplan_http_requests_in_flight"] == 1, "this one")
    #expect(found["labplan_http_connections"] == 1)
    #expect(try #require(found["labplan_http_threads"]) > 0)
  }

  @Test func theDatabaseAndThePlannerAreTimed() throws {
    let service = try RunningService()
    let before = try samples(service)
    _ = try service.send("PUT", "/v1/labs/one", #"{"vms":[{"name":"vm"}]}"#)
    _ = try service.get("/v1/labs/one/addresses")
    let after = try samples(service)
    for name in [
      #"labplan_sqlite_duration_seconds_count{operation="read"}"#,
      #"labplan_sqlite_duration_seconds_count{operation="write"}"#,
      "labplan_plan_duration_seconds_count",
    ] {
      #expect(try #require(after[name]) > (try #require(before[name])), "\(name)")
    }
    #expect(after["labplan_sqlite_queue"] == 0)
  }

  @Test func histogramsCountEachInEveryBucketAboveIt() {
    var histogram = Histogram()
    for nanoseconds: Int64 in [0, 10_000, 10_001, 3_000_000, 11_000_000_000] {
      histogram.add(nanoseconds: nanoseconds)
    }
    var text = PrometheusText()
    text.histogram("x", histogram, [("a", "\"\\\n")])
    let lines = text.text.split(separator: "\n")
    #expect(lines.first == #"x_bucket{a="\"\\\n",le="1e-05"} 2"#)
    #expect(lines[1] == #"x_bucket{a="\"\\\n",le="2.5e-05"} 3"#)
    #expect(lines.contains(#"x_bucket{a="\"\\\n",le="0.0025"} 3"#))
    #expect(lines.contains(#"x_bucket{a="\"\\\n",le="0.005"} 4"#))
    #expect(lines.contains(#"x_bucket{a="\"\\\n",le="10.0"} 4"#))
    #expect(lines.contains(#"x_bucket{a="\"\\\n",le="+Inf"} 5"#))
    #expect(lines.suffix(1) == [#"x_count{a="\"\\\n"} 5"#])
  }

  /// They tell of every lab.
  @Test func aTokenForCertainLabsDoesNotReadThem() throws {
    let (all, some) = (try Key("all", .read), try Key("some", .edit, labs: ["one"]))
    let service = try RunningService(tokens: [all.token, some.token])
    #expect(try service.get("/metrics", all.header).status == 200)
    #expect(try service.get("/metrics", some.header).status == 403)
    #expect(try service.get("/metrics").status == 401)
  }
}
