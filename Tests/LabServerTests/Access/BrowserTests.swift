import LabCore
import LabFormats
import Testing

@testable import LabServer

/// What a page on the web could talk a browser into.
@Suite struct BrowserTests {
  @Test(arguments: [
    ("127.0.0.1", true), ("127.0.0.1:8080", true), ("localhost", true), ("LocalHost:1", true),
    ("[::1]", true), ("[::1]:8080", true), ("labs.example.org", true),
    ("Labs.Example.org:8443", true),
    ("evil.example", false), ("evil.example:8080", false), ("localhost.evil.example", false),
    ("127.0.0.1.evil.example", false), ("127.0.0.2", false), ("[::2]", false), ("0.0.0.0", false),
  ])
  func hostIsThisService(host: String, isRight: Bool) throws {
    var rules = AccessRules()
    rules.hosts = ["labs.example.org"]
    let service = try RunningService(rules)
    for path in ["/v1/labs", "/healthz", "/nowhere"] {
      let answer = try service.get(path, ["Host": host])
      #expect((answer.status == 421) == !isRight, "\(host): \(answer.text)")
      guard !isRight else { continue }
      #expect(try answer.json["code"].text == "misdirected-request")
      #expect(answer.text.contains("--allow-host"))
    }
  }

  /// Elsewhere a token is what counts: the service does not know all of its names.
  @Test func hostIsFreeWhereTokensAreWanted() throws {
    var rules = AccessRules()
    rules.listensAtLoopback = false
    let answer = try RunningService(rules).get("/healthz", ["Host": "labs.example.org"])
    #expect(answer.status == 200)
  }

  @Test(arguments: [
    // Programs that are no browsers.
    ([:], true),
    // Browsers of today.
    (["Sec-Fetch-Site": "same-origin"], true), (["Sec-Fetch-Site": "none"], true),
    (["Sec-Fetch-Site": "cross-site"], false), (["Sec-Fetch-Site": "same-site"], false),
    (["Sec-Fetch-Site": "cross-site", "Origin": "http://127.0.0.1:8080"], false),
    (["Sec-Fetch-Site": "nonsense"], false),
    // A proxy before the service may have changed Host.
    (["Sec-Fetch-Site": "same-origin", "Origin": "https://labs.example.org"], true),
    // Older browsers.
    (["Origin": "http://127.0.0.1:8080", "Host": "127.0.0.1:8080"], true),
    (["Origin": "https://localhost", "Host": "localhost"], true),
    (["Origin": "http://127.0.0.1:8081", "Host": "127.0.0.1:8080"], false),
    (["Origin": "http://evil.example"], false), (["Origin": "null"], false),
    (["Origin": ""], false),
    (["Origin": "http://127.0.0.1:8080.evil.example", "Host": "127.0.0.1:8080"], false),
    // Those that were allowed.
    (["Sec-Fetch-Site": "cross-site", "Origin": "https://friend.example"], true),
    (["Origin": "https://friend.example"], true), (["Origin": "http://friend.example"], false),
  ])
  func pagesOfOtherOriginsDoNotWrite(headers: [String: String], isRight: Bool) throws {
    var rules = AccessRules()
    rules.origins = ["https://friend.example"]
    let service = try RunningService(rules)
    for (method, path) in [
      ("POST", "/v1/labs"), ("PUT", "/v1/labs/new"), ("PATCH", "/v1/labs/new"),
      ("DELETE", "/v1/labs/new"), ("POST", "/v1/plan"),
    ] {
      let answer = try service.send(method, path, #"{"name":"new"}"#, headers)
      #expect((answer.status == 403) == !isRight, "\(method) \(headers): \(answer.text)")
      if !isRight { #expect(try answer.json["code"].text == "cross-origin") }
    }
    #expect(try service.get("/v1/labs", headers).status == 200, "reading is the browser's matter")
  }
}

/// What browsers are told about answers.
@Suite struct SecurityHeaderTests {
  @Test func everyAnswerHasThem() throws {
    let service = try RunningService()
    let answers = [
      try service.get("/v1/labs"), try service.get("/nowhere"), try service.get("/healthz"),
      try service.send("PUT", "/v1/labs/new", "{}"), try service.get("/v1/labs/new"),
      try service.get("/v1/labs/new", ["If-None-Match": "\"1\""]),
      try service.send("OPTIONS", "/v1/labs"),
      try service.get("/v1/labs", ["Host": "evil.example"]),
      // What cannot be read as a request.
      try service.get("/%00"),
    ]
    #expect(answers.map(\.status) == [200, 404, 200, 201, 200, 304, 204, 421, 400])
    for answer in answers {
      let headers = answer.headers
      #expect(headers["x-content-type-options"] == "nosniff")
      #expect(headers["referrer-policy"] == "no-referrer")
      #expect(headers["cross-origin-resource-policy"] == "same-origin")
      #expect(
        headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'")
    }
  }
}

/// Who the client is behind a proxy.
@Suite struct ClientAddressTests {
  /// The history and the log say the same.
  @Test func theLogNamesTheClient() throws {
    var rules = AccessRules()
    rules.trustedProxies = [try AnyPrefix(parsing: "127.0.0.1/32")]
    let log = RecordedLog()
    let service = try RunningService(rules, logger: log.logger)
    let proxied = ["X-Forwarded-For": "198.51.100.1, 192.0.2.7"]
    #expect(try service.send("PUT", "/v1/labs/one", "{}", proxied).status == 201)
    #expect(try service.get("/v1/labs/two", proxied).status == 404)
    #expect(try service.get("/v1/labs/three").status == 404)
    #expect(log.line(with: "target=/v1/labs/one ", " client=192.0.2.7 ") != nil)
    #expect(log.line(with: "target=/v1/labs/two ", " client=192.0.2.7 ") != nil)
    #expect(log.line(with: "target=/v1/labs/three ", " client=127.0.0.1:") != nil)
    let history = try service.get("/v1/labs/one/revisions").json
    #expect(history["revisions"]?[0]?["client"].text == "192.0.2.7")
  }

  @Test(arguments: [
    // The proxy is 127.0.0.1, another one of the same operator 10.0.0.0/8.
    ([:], "127.0.0.1"),
    (["X-Forwarded-For": "192.0.2.7"], "192.0.2.7"),
    (["X-Forwarded-For": "192.0.2.7:4711"], "192.0.2.7"),
    (["X-Forwarded-For": "2001:db8::7"], "2001:db8::7"),
    (["X-Forwarded-For": "[2001:db8::7]:80"], "2001:db8::7"),
    // What stands left of the first stranger is what the stranger says.
    (["X-Forwarded-For": "198.51.100.1, 192.0.2.7"], "192.0.2.7"),
    (["X-Forwarded-For": "198.51.100.1, 192.0.2.7, 10.1.2.3"], "192.0.2.7"),
    (["X-Forwarded-For": "10.9.9.9, 10.1.2.3"], "10.9.9.9"),
    (["X-Forwarded-For": "192.0.2.7, unknown"], "127.0.0.1"),
    (["X-Forwarded-For": "192.0.2.7, unknown, 10.1.2.3"], "10.1.2.3"),
    (["X-Forwarded-For": "x\" status=200 forged=1"], "127.0.0.1"),
    (["X-Forwarded-For": ""], "127.0.0.1"),
    (["Forwarded": "for=192.0.2.7"], "192.0.2.7"),
    (["Forwarded": #"proto=https;For="[2001:db8::7]:80";by=10.0.0.1"#], "2001:db8::7"),
    (["Forwarded": "for=198.51.100.1, for=192.0.2.7;proto=http, for=10.1.2.3"], "192.0.2.7"),
    (["Forwarded": "for=_hidden"], "127.0.0.1"), (["Forwarded": "by=10.0.0.1"], "127.0.0.1"),
    // One of both was passed on unread.
    (["Forwarded": "for=198.51.100.1", "X-Forwarded-For": "192.0.2.7"], "127.0.0.1"),
  ])
  func theClientBehindTrustedProxies(headers: [String: String], client: String) throws {
    let trusted = try ["127.0.0.1/32", "10.0.0.0/8"].map(AnyPrefix.init(parsing:))
    let found = Found()
    let probe = try HeaderProbe { request in
      found.add(ClientAddress(trustedProxies: trusted).of(request) ?? "nobody")
      found.add(ClientAddress(trustedProxies: []).of(request) ?? "nobody")
    }
    try probe.send(headers)
    #expect(found.values == [client, "127.0.0.1"], "\(headers)")
  }

  /// Anybody can send the fields.
  @Test(arguments: ["Forwarded": "for=192.0.2.7", "X-Forwarded-For": "192.0.2.7"])
  func theWordOfStrangersDoesNotCount(field: String, value: String) throws {
    let trusted = [try AnyPrefix(parsing: "10.0.0.0/8")]
    let found = Found()
    let probe = try HeaderProbe { request in
      found.add(ClientAddress(trustedProxies: trusted).of(request) ?? "nobody")
    }
    try probe.send([field: value])
    #expect(found.values == ["127.0.0.1"])
  }
}
