import LabFormats
import Testing

@Suite struct NegotiationTests {
  let service: RunningService
  let lab = "/v1/labs/classic"

  init() throws {
    service = try RunningService()
    _ = try service.send("PUT", lab, classicLab, yaml)
  }

  /// Which media type is answered for which `Accept`; nil is 406.
  static let accepts: [(path: String, accept: String, answered: String?)] = [
    ("", "*/*", "application/json"), ("", "application/json", "application/json"),
    ("", "application/*", "application/json"), ("", "text/yaml", "application/yaml"),
    ("", "application/yaml", "application/yaml"), ("", "application/x-yaml", "application/yaml"),
    ("", "Application/YAML", "application/yaml"),
    ("", "application/json;q=0.5, application/yaml", "application/yaml"),
    ("", "application/json;q=0, */*", "application/yaml"),
    ("", "text/html,application/xhtml+xml,*/*;q=0.8", "application/json"),
    ("", "text/html, application/yaml;q=0.1, application/json;q=0.099", "application/yaml"),
    ("", "text/plain", nil), ("", "application/json;q=0", nil), ("", "nonsense", nil),
    ("/connectivity", "text/plain", "text/plain"), ("/connectivity", "text/csv", "text/csv"),
    ("/connectivity", "text/*", "text/plain"),
    ("/connectivity", "text/*, text/plain;q=0.2", "text/csv"),
    ("/connectivity", "application/yaml", nil), ("/connectivity", "*/*", "application/json"),
    ("/drawing", "image/svg+xml", "image/svg+xml"), ("/drawing", "*/*", "application/json"),
    ("/addresses", "text/plain", "text/plain"), ("/networks", "application/yaml", nil),
    ("/networks/shared", "application/yaml", "application/yaml"),
  ]

  @Test(arguments: accepts)
  func theClientChooses(path: String, accept: String, answered: String?) throws {
    for _ in 1...2 {
      let answer = try service.get(lab + path, ["Accept": accept])
      #expect(answer.status == (answered == nil ? 406 : 200))
      #expect(answer.mediaType == answered ?? "application/problem+json")
    }
  }

  @Test func aWriteWhoseAnswerNobodyWantsIsNotCarriedOut() throws {
    let answer = try service.send("PUT", lab, "{}", ["Accept": "image/png"])
    #expect(answer.status == 406)
    #expect(try service.get(lab).headers["etag"] == "\"1\"")
  }

  static let contentTypes: [(type: String, body: String, status: Int)] = [
    ("application/json", "{}", 200), ("application/json; charset=utf-8", "{}", 200),
    ("APPLICATION/JSON;charset=\"UTF-8\"", "{}", 200), ("application/yaml", "{}", 200),
    ("text/yaml", "description: x", 200), ("application/x-yaml", "description: x", 200),
    ("application/json", "description: x", 400), ("application/json", "", 400),
    ("application/json; charset=latin1", "{}", 415), ("text/plain", "{}", 415),
    ("application/x-www-form-urlencoded", "{}", 415), ("application/jsonp", "{}", 415),
    ("", "{}", 415),
  ]

  @Test(arguments: contentTypes)
  func theBodySaysWhatItIs(type: String, body: String, status: Int) throws {
    for method in ["PUT", "PATCH"] {
      let answer = try service.send(method, lab, body, ["Content-Type": type])
      #expect(answer.status == status)
      guard status == 415 else { continue }
      let field = method == "PATCH" ? "accept-patch" : "accept"
      #expect(answer.headers[field]?.contains("application/json") == true)
      #expect(try answer.json["code"].text == "unsupported-media-type")
    }
  }

  @Test func aBodyWithoutATypeIsRefused() throws {
    let client = try service.connect()
    let answer = try client.send("PUT", lab, body: Array("{}".utf8))
    #expect(answer.status == 415)
    #expect(try answer.json["detail"].text.contains("it is missing"))
  }

  @Test(arguments: PreconditionTests.answers)
  func headIsGetWithoutABody(path: String) throws {
    let client = try service.connect()
    let get = try client.send("GET", lab + path)
    let head = try client.send("HEAD", lab + path)
    #expect(head.status == 200)
    #expect(head.body.isEmpty)
    for field in ["etag", "content-type", "content-length", "vary"] {
      #expect(head.headers[field] == get.headers[field], "\(field)")
    }
  }

  static let allowed: [(path: String, methods: String)] = [
    ("/v1/labs", "GET, HEAD, OPTIONS, POST"),
    ("/v1/labs/classic", "DELETE, GET, HEAD, OPTIONS, PATCH, PUT"),
    ("/v1/labs/classic/networks", "GET, HEAD, OPTIONS, POST"),
    ("/v1/labs/classic/vms/ubuntu", "DELETE, GET, HEAD, OPTIONS, PATCH, PUT"),
    ("/v1/labs/classic/connectivity", "GET, HEAD, OPTIONS"),
    ("/v1/plan", "OPTIONS, POST"), ("/healthz", "GET, HEAD, OPTIONS"),
  ]

  @Test(arguments: allowed)
  func otherMethodsAreRefusedWithThoseThatThereAre(path: String, methods: String) throws {
    for method in ["GET", "POST", "PUT", "PATCH", "DELETE"] where !methods.contains(method) {
      let answer = try service.send(method, path)
      #expect(answer.status == 405, "\(method)")
      #expect(answer.headers["allow"] == methods)
      #expect(answer.mediaType == "application/problem+json")
      #expect(try answer.json["code"].text == "method-not-allowed")
    }
    let options = try service.send("OPTIONS", path)
    #expect(options.status == 204)
    #expect(options.headers["allow"] == methods)
  }

  @Test func whatIsNowhereIsAProblemToo() throws {
    for path in [
      "/nowhere", "/v1", "/v2/labs", "/v1/labs/", "/v1/labs/classic/nothing", "/favicon.ico",
    ] {
      let answer = try service.get(path)
      #expect(answer.status == 404, "\(path)")
      #expect(answer.mediaType == "application/problem+json")
    }
    let query = try service.send("QUERY", "/v1/labs")
    #expect(query.status == 405)
    #expect(query.headers["allow"] == "GET, HEAD, OPTIONS, POST")
    let unknown = try service.send("BREW", "/v1/labs")
    #expect(unknown.status == 501)
    #expect(try unknown.json["code"].text == "unknown-method")
    let malformed = try service.connect().send("GET", "/v1/%zz")
    #expect(malformed.status == 400)
    #expect(try malformed.json["code"].text == "malformed-request")
  }

  static let queries: [(path: String, faults: [String])] = [
    ("/v1/labs?x=1", [" unknown-parameter"]), ("/v1/labs?limit=0", [" out-of-range"]),
    ("/v1/labs?limit=1001", [" out-of-range"]), ("/v1/labs?limit=-1", [" out-of-range"]),
    ("/v1/labs?limit=1.5", [" out-of-range"]), ("/v1/labs?limit=", [" out-of-range"]),
    ("/v1/labs?limit=1&limit=2", [" duplicate-parameter"]),
    ("/v1/labs?cursor=A%20B", [" invalid-value"]),
    ("/v1/labs/classic?dry_run=true", [" unknown-parameter"]),
    ("/v1/labs/classic/addresses?family=ipv4", [" unknown-parameter"]),
    ("/v1/labs/classic/connectivity?port=65536", [" out-of-range"]),
    ("/v1/labs/classic/connectivity?protocol=icmp&port=1", [" contradiction"]),
    (
      "/v1/labs/classic/connectivity?protocol=sctp&port=x&family=ipv5&prot=1",
      [" invalid-value", " out-of-range", " invalid-value", " unknown-parameter"]
    ),
    ("/healthz?verbose", [" unknown-parameter"]),
  ]

  @Test(arguments: queries)
  func queriesAreReadStrictly(path: String, faults: [String]) throws {
    let answer = try service.get(path)
    #expect(answer.status == 400)
    #expect(try answer.json["code"].text == "invalid-query")
    #expect(try answer.faults == faults)
  }
}
