import Testing

@testable import HTTPServer

/// A message that must be taken, and what it says.
struct AcceptedMessage: CustomTestStringConvertible, Sendable {
  let message: String
  var method = Method.get
  var target = "/"
  var path: [String] = []
  var query: [Query.Item] = []
  var version = Request.Version.http11
  var headers: [String] = ["Host: a"]
  var body = ""
  var keepsAlive = true

  var testDescription: String { String(message.prefix(120)).debugDescription }
}

private func target(
  _ target: String, _ path: [String], _ query: [Query.Item] = []
) -> AcceptedMessage {
  AcceptedMessage(
    message: "GET \(target) HTTP/1.1\r\nHost: a\r\n\r\n", target: target, path: path, query: query)
}

private func item(_ name: String, _ value: String) -> Query.Item {
  Query.Item(name: name, value: value)
}

let acceptedTargets = [
  target("/", []),
  target("/v1/labs", ["v1", "labs"]),
  target("/v1/labs/", ["v1", "labs", ""]),
  target("//a//b", ["", "a", "", "b"]),
  target("/a%2Fb/c", ["a/b", "c"]),
  target("/a%2f..%2Fb", ["a/../b"]),
  target("/%C3%A9/%e6%97%a5", ["é", "日"]),
  target("/.../..a/a..", ["...", "..a", "a.."]),
  target("/a+b", ["a+b"]),
  target("/~a!$&'()*+,;=:@-._", ["~a!$&'()*+,;=:@-._"]),
  target("/%7Blab%7D%23%3F%20", ["{lab}#? "]),
  target("/%25zz", ["%zz"]),
  target("/?", []),
  target("/?a", [], [item("a", "")]),
  target("/?a=", [], [item("a", "")]),
  target("/?a=1&b=2&a=3", [], [item("a", "1"), item("b", "2"), item("a", "3")]),
  target("/?&&a=1&", [], [item("a", "1")]),
  target("/?a=b=c", [], [item("a", "b=c")]),
  target("/?=b", [], [item("", "b")]),
  target("/?a+b=c+d%2Be%20f", [], [item("a b", "c d+e f")]),
  target("/?a%26b=c%3Dd", [], [item("a&b", "c=d")]),
  target("/?q={a}|[b]^\"<>`\\", [], [item("q", "{a}|[b]^\"<>`\\")]),
  target("/?a=/?%0A", [], [item("a", "/?\n")]),
  target("/b?x=%C3%A9", ["b"], [item("x", "é")]),
  target("http://a/b?c", ["b"], [item("c", "")]),
  target("HTTP://A:80/b", ["b"]),
  target("http://a", []),
  target("http://a?c", [], [item("c", "")]),
]

let acceptedMessages = [
  AcceptedMessage(
    message: "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"),
  AcceptedMessage(
    message: "GET / HTTP/1.0\r\n\r\n", version: .http10, headers: [], keepsAlive: false),
  AcceptedMessage(
    message: "GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n", version: .http10,
    headers: ["Connection: Keep-Alive"]),
  AcceptedMessage(
    message: "GET / HTTP/1.0\r\nConnection: keep-alive, close\r\n\r\n", version: .http10,
    headers: ["Connection: keep-alive, close"], keepsAlive: false),
  AcceptedMessage(message: "GET / HTTP/1.9\r\nHost: a\r\n\r\n"),
  AcceptedMessage(
    message: "GET / HTTP/1.1\r\nHost: a\r\nConnection: Close, x\r\n\r\n",
    headers: ["Host: a", "Connection: Close, x"], keepsAlive: false),
  AcceptedMessage(
    message: "GET / HTTP/1.1\r\nHost: a\r\nConnection: x\r\nConnection: close\r\n\r\n",
    headers: ["Host: a", "Connection: x", "Connection: close"], keepsAlive: false),
  AcceptedMessage(
    message: "GET / HTTP/1.1\r\nHost: a\r\nConnection: closed\r\n\r\n",
    headers: ["Host: a", "Connection: closed"]),
  AcceptedMessage(
    message: "GET / HTTP/1.1\r\nhost:a\r\nX-Empty:\r\nX-Blank: \t \r\nX:\t b\tc \t\r\n\r\n",
    headers: ["host: a", "X-Empty: ", "X-Blank: ", "X: b\tc"]),
  AcceptedMessage(
    message: "GET / HTTP/1.1\r\nHost: a\r\nX!#$%&'*+-.^_`|~9: é\r\n\r\n",
    headers: ["Host: a", "X!#$%&'*+-.^_`|~9: é"]),
  AcceptedMessage(
    message: "GET / HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n", headers: ["Host: [::1]:8080"]),
  AcceptedMessage(
    message: "GET / HTTP/1.1\r\nHost: a_b.c%20d:\r\n\r\n", headers: ["Host: a_b.c%20d:"]),
  AcceptedMessage(
    message: "GET https://B.example/ HTTP/1.1\r\nHost: b.EXAMPLE:443\r\n\r\n",
    target: "https://B.example/", headers: ["Host: b.EXAMPLE:443"]),
  AcceptedMessage(
    message: "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", method: .options, target: "*"),
  AcceptedMessage(
    message: "M-SEARCH / HTTP/1.1\r\nHost: a\r\n\r\n", method: .other("M-SEARCH")),
  AcceptedMessage(message: "get / HTTP/1.1\r\nHost: a\r\n\r\n", method: .other("get")),
  AcceptedMessage(
    message: "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 005\r\n\r\nabc\r\n", method: .put,
    headers: ["Host: a", "Content-Length: 005"], body: "abc\r\n"),
  AcceptedMessage(
    message: "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n",
    headers: ["Host: a", "Content-Length: 0"]),
  AcceptedMessage(
    message: "PUT / HTTP/1.1\r\nHost: a\r\nExpect: 100-Continue\r\nContent-Length: 1\r\n\r\na",
    method: .put, headers: ["Host: a", "Expect: 100-Continue", "Content-Length: 1"], body: "a"),
]

private func chunked(_ chunks: String, _ body: String) -> AcceptedMessage {
  AcceptedMessage(
    message: "POST / HTTP/1.1\r\nHost: a\r\ntransfer-encoding: Chunked\r\n\r\n" + chunks,
    method: .post, headers: ["Host: a", "transfer-encoding: Chunked"], body: body)
}

let acceptedChunks = [
  chunked("0\r\n\r\n", ""),
  chunked("000\r\n\r\n", ""),
  chunked("3\r\nabc\r\n0\r\n\r\n", "abc"),
  chunked("03\r\nabc\r\nA\r\n0123456789\r\n0\r\n\r\n", "abc0123456789"),
  chunked("3;a=b;c=\"d e\"\r\nabc\r\n0;x\r\n\r\n", "abc"),
  chunked("3 \t;a\r\nabc\r\n0\r\n\r\n", "abc"),
  chunked("5\r\na\r\nb\n\r\n0\r\n\r\n", "a\r\nb\n"),
  chunked("1\r\na\r\n0\r\nX-Sum: 1\r\nHost: evil\r\nContent-Length: 9\r\n\r\n", "a"),
]

@Suite struct ParserAcceptanceTests {
  @Test(arguments: acceptedTargets + acceptedMessages + acceptedChunks)
  func takes(row: AcceptedMessage) throws {
    var parser = RequestParser(limits: smallLimits)
    let next = Array("GET /next HTTP/1.1\r\nHost: a\r\n\r\n".utf8)
    let step = try parser.consume((Array(row.message.utf8) + next).span)
    let request = try #require(step.request)
    #expect(step.consumed == row.message.utf8.count)
    #expect(request.method == row.method)
    #expect(request.target == row.target)
    #expect(request.path == row.path)
    #expect(request.query.items == row.query)
    #expect(request.version == row.version)
    #expect(request.headers.map { "\($0.name): \($0.value)" } == row.headers)
    #expect(String(decoding: request.body, as: UTF8.self) == row.body)
    #expect(step.keepsAlive == row.keepsAlive)
    let following = try #require(try parser.consume(next.span).request)
    #expect(following.path == ["next"])
    #expect(following.body.isEmpty)
  }

  @Test func waitsForTheRest() throws {
    var parser = RequestParser(limits: smallLimits)
    #expect(parser.isBetweenRequests)
    let head = "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\n"
    for (index, byte) in head.utf8.enumerated() {
      #expect(!parser.isInBody)
      #expect(try parser.consume([byte].span).request == nil)
      #expect(!parser.isBetweenRequests)
      #expect((parser.target == "/a") == (index >= 17))
    }
    #expect(parser.isInBody)
    #expect(try parser.consume(Array("ab".utf8).span).request == nil)
    #expect(parser.bodyByteCount == 2)
    #expect(try parser.consume(Array("c".utf8).span).request?.body == Array("abc".utf8))
    #expect(parser.isBetweenRequests)
  }

  @Test(arguments: [
    // Version, body bytes that come with the head, whether to send 100 Continue.
    ("1.1", "", true), ("1.1", "a", false), ("1.0", "", false),
  ])
  func asksForTheBodyOnce(version: String, sent: String, expected: Bool) throws {
    var parser = RequestParser(limits: smallLimits)
    let head =
      "PUT / HTTP/\(version)\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n"
    #expect(try parser.consume(Array((head + sent).utf8).span).request == nil)
    let asked = [parser.takeContinueExpected(), parser.takeContinueExpected()]
    #expect(asked == [expected, false])
  }

  @Test func takesWhatIsExactlyAtTheLimits() throws {
    let target = "/" + String(repeating: "a", count: 499)
    let lines = (0..<18).map { "A\($0): b\r\n" }.joined()
    let start = "GET \(target) HTTP/1.1\r\nHost: a\r\n\(lines)Last: "
    let filled = start + String(repeating: "c", count: 1024 - start.utf8.count - 4)
    var parser = RequestParser(limits: smallLimits)
    let request = try parser.consume(Array("\(filled)\r\n\r\n".utf8).span).request
    #expect(request?.headers.count == 20)
    #expect(throws: ParseFailure.headTooLarge) {
      try parser.consume(Array("\(filled)c\r\n\r\n".utf8).span)
    }
  }
}
