import HTTPServer
import Testing

@Suite struct RouterTests {
  private func request(_ method: String, _ target: String) throws -> Request {
    let message = "\(method) \(target) HTTP/1.1\r\nHost: a\r\n\r\n"
    return try #require(try Request(parsing: Array(message.utf8)))
  }

  private func route(_ method: Method, _ pattern: String) -> Route {
    Route(method, pattern) { _, parameters in
      let text = parameters.captured.map { "\($0.name)=\($0.value)" }.joined(separator: ",")
      return Response(
        status: .ok, headers: [.location: "\(method) \(pattern) \(text)"])
    }
  }

  private func router() throws -> Router {
    try Router([
      route(.get, "/"), route(.get, "/v1/labs"), route(.post, "/v1/labs"),
      route(.get, "/v1/labs/{lab}"), route(.delete, "/v1/labs/{lab}"),
      route(.get, "/v1/labs/{lab}/vms/{vm}"), route(.get, "/v1/labs/new"),
      route(.put, "/v1/labs/{id}/vms/{vm}"), route(.get, "/v1/{kind}/any/thing"),
    ])
  }

  @Test(arguments: [
    ("GET", "/", "GET / "),
    ("GET", "/v1/labs", "GET /v1/labs "),
    ("GET", "/v1/labs?a=b", "GET /v1/labs "),
    ("POST", "/v1/labs", "POST /v1/labs "),
    ("GET", "/v1/labs/a", "GET /v1/labs/{lab} lab=a"),
    ("HEAD", "/v1/labs/a", "GET /v1/labs/{lab} lab=a"),
    // A literal goes before a capture, and gives way to it where nothing behind it matches.
    ("GET", "/v1/labs/new", "GET /v1/labs/new "),
    ("GET", "/v1/labs/new/vms/x", "GET /v1/labs/{lab}/vms/{vm} lab=new,vm=x"),
    ("GET", "/v1/labs/any/thing", "GET /v1/{kind}/any/thing kind=labs"),
    // The names of captures are each pattern's own.
    ("PUT", "/v1/labs/a/vms/b", "PUT /v1/labs/{id}/vms/{vm} id=a,vm=b"),
    // An encoded slash stays within its segment.
    ("GET", "/v1/labs/a%2Fvms%2Fb", "GET /v1/labs/{lab} lab=a/vms/b"),
    ("GET", "/v1/labs/%C3%A9", "GET /v1/labs/{lab} lab=é"),
    // The pattern's own braces are no path.
    ("GET", "/v1/labs/%7Blab%7D", "GET /v1/labs/{lab} lab={lab}"),
  ])
  func findsTheRoute(method: String, target: String, expected: String) throws {
    let response = try router().respond(to: try request(method, target))
    #expect(response.status == .ok)
    #expect(response.headers[.location] == expected)
  }

  @Test(arguments: [
    "/v1", "/v1/", "/v1/labs/", "/v1//labs", "//v1/labs", "/v1/labs/a/", "/v1/labs/a/vms",
    "/v1/labs/a/vms/b/c", "/V1/labs", "/v1%2Flabs", "/v1/labs//vms/b", "/%2F",
  ])
  func findsNothing(target: String) throws {
    let response = try router().respond(to: try request("GET", target))
    #expect(response.status == .notFound)
  }

  @Test(arguments: [
    ("PUT", "/v1/labs", "GET, HEAD, OPTIONS, POST"),
    ("DELETE", "/", "GET, HEAD, OPTIONS"),
    ("TRACE", "/v1/labs/a", "DELETE, GET, HEAD, OPTIONS"),
    ("HEAD", "/v1/labs/a/vms/b", nil),
    ("POST", "/v1/labs/new", "GET, HEAD, OPTIONS"),
  ])
  func namesTheMethodsInstead(method: String, target: String, allow: String?) throws {
    let response = try router().respond(to: try request(method, target))
    #expect(response.status == (allow == nil ? .ok : .methodNotAllowed))
    #expect(response.headers[.allow] == allow)
  }

  @Test(arguments: [
    ("/v1/labs", "GET, HEAD, OPTIONS, POST"), ("/v1/labs/a/vms/b", "GET, HEAD, OPTIONS, PUT"),
    ("*", "DELETE, GET, HEAD, OPTIONS, POST, PUT"),
  ])
  func answersOptions(target: String, allow: String) throws {
    let response = try router().respond(to: try request("OPTIONS", target))
    #expect(response.status == .noContent)
    #expect(response.headers[.allow] == allow)
  }

  @Test(arguments: ["BREW", "get", "PROPFIND"])
  func refusesUnknownMethods(method: String) throws {
    let response = try router().respond(to: try request(method, "/v1/labs"))
    #expect(response.status == .notImplemented)
  }

  @Test func rendersRefusalsThroughTheApplication() throws {
    let router = try Router([route(.get, "/a")]) { refusal, request in
      Response(
        status: refusal.status, headers: [.contentType: "application/problem+json"],
        body: .bytes(Array("\(request.target): \(refusal)".utf8)))
    }
    let missing = router.respond(to: try request("GET", "/b"))
    #expect(missing.headers[.contentType] == "application/problem+json")
    let wrong = router.respond(to: try request("PUT", "/a"))
    #expect(wrong.status == .methodNotAllowed)
    #expect(wrong.headers[.allow] == "GET, HEAD, OPTIONS")
  }

  @Test(arguments: [
    "", "a", "v1/labs", "/a/", "//", "/a//b", "/{", "/{}", "/a{b}", "/{a}b", "/{a}/{a}", "/a}",
    "/{{a}}",
  ])
  func refusesMalformedPatterns(pattern: String) {
    #expect(throws: RouterError.malformedPattern(pattern)) { try Router([route(.get, pattern)]) }
  }

  @Test func refusesTwoRoutesForOnePath() {
    #expect(throws: RouterError.repeatedRoute(.get, "/a/{y}/b")) {
      try Router([route(.get, "/a/{x}/b"), route(.post, "/a/{x}/b"), route(.get, "/a/{y}/b")])
    }
  }

  @Test func listsItsRoutes() throws {
    let listed = try router().routes.map { "\($0.method) \($0.pattern)" }
    #expect(listed.count == 9)
    #expect(listed.first == "GET /")
    #expect(listed.last == "GET /v1/{kind}/any/thing")
  }
}
