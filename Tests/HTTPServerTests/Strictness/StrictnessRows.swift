@testable import HTTPServer

/// What a client sends in one piece on a fresh connection, and what has to come of it.
struct StrictnessRow: Sendable {
  /// Which demand of RFC 9110, RFC 9112 or RFC 3986 it is about.
  let demand: String
  let message: [UInt8]
  /// The answers, in order: `200 GET /a`, or the status alone.
  let answers: [String]
  /// Whether the connection serves another request afterwards; otherwise it is closed, and nothing
  /// that was sent behind the message is taken for a request.
  let isKept: Bool

  /// A message that is answered.
  static func taken(
    _ demand: String, _ message: String, _ answers: String..., kept: Bool = true
  ) -> StrictnessRow {
    StrictnessRow(
      demand: demand, message: Array(message.utf8), answers: answers, isKept: kept)
  }

  /// A message that is refused.
  static func refused(_ demand: String, _ message: String, _ status: Int = 400) -> StrictnessRow {
    refused(demand, Array(message.utf8), status)
  }

  static func refused(_ demand: String, _ message: [UInt8], _ status: Int) -> StrictnessRow {
    StrictnessRow(demand: demand, message: message, answers: ["\(status)"], isKept: false)
  }
}

/// A GET request with these field lines besides `Host`, which ends in an empty line.
private func get(_ target: String, _ lines: String...) -> String {
  "GET \(target) HTTP/1.1\r\nHost: a\r\n" + lines.map { $0 + "\r\n" }.joined() + "\r\n"
}

/// A POST request likewise, with what stands behind the empty line.
private func post(_ lines: String..., body: String = "") -> String {
  "POST /echo HTTP/1.1\r\nHost: a\r\n" + lines.map { $0 + "\r\n" }.joined() + "\r\n" + body
}

private let chunked = "Transfer-Encoding: chunked"

/// The limits that the rows run into.
let strictLimits: @Sendable (inout Configuration) -> Void = { configuration in
  configuration.maximumHeadBytes = 1024
  configuration.maximumHeaderCount = 10
  configuration.maximumTargetBytes = 200
  configuration.maximumBodyBytes = 64
}

let headRows: [StrictnessRow] = [
  .refused("a bare CR in the request line", "GET /a\rb HTTP/1.1\r\nHost: a\r\n\r\n"),
  .refused("a bare CR in a field", get("/a", "X: a\rb")),
  .refused("a bare LF ends the request line", "GET /a HTTP/1.1\nHost: a\r\n\r\n"),
  .refused("a bare LF ends a field", "GET /a HTTP/1.1\r\nHost: a\nX: y\r\n\r\n"),
  .refused("a bare LF ends the head", "GET /a HTTP/1.1\r\nHost: a\r\n\n"),
  .refused("a space before the colon", get("/a", "X : y")),
  .refused("a tab before the colon", get("/a", "X\t: y")),
  .refused("obs-fold", get("/a", "X: y", " z")),
  .refused("a field before the first, folded", "GET /a HTTP/1.1\r\n Host: a\r\n\r\n"),
  .refused("a method that is no token", "G(T /a HTTP/1.1\r\nHost: a\r\n\r\n"),
  .refused("a field name that is no token", get("/a", "X[y]: z")),
  .refused("an empty field name", get("/a", ": z")),
  .refused("a field without colon", get("/a", "X")),
  .refused("NUL in a field", get("/a", "X: \u{0}")),
  .refused("a control character in a field", get("/a", "X: a\u{8}b")),
  .refused("DEL in a field", get("/a", "X: \u{7F}")),
  .refused("a control character in the request line", "GET /a\u{1} HTTP/1.1\r\nHost: a\r\n\r\n"),
  .refused("Host is missing", "GET /a HTTP/1.1\r\n\r\n"),
  .refused("Host is there twice", get("/a", "Host: a")),
  .refused("Host is no host", "GET /a HTTP/1.1\r\nHost: a b\r\n\r\n"),
  .refused("Host is empty", "GET /a HTTP/1.1\r\nHost:\r\n\r\n"),
  .refused("an absolute form that disagrees", get("http://b/a")),
  .refused("an absolute form with another port", get("http://a:81/a")),
  .refused("an absolute form with user information", get("http://u@a/a")),
  .taken("an absolute form that agrees", get("http://A:80/a"), "200 GET a"),
  .refused("an absolute form without Host", "GET http://a/a HTTP/1.1\r\n\r\n"),
  .refused("an asterisk that is not for OPTIONS", get("*")),
  .refused("a target that is no path", get("a")),
  .taken(
    "Host is an address with a port", "GET /a HTTP/1.1\r\nHost: [::1]:80\r\n\r\n", "200 GET a"),
  .refused("Host is a list", "GET /a HTTP/1.1\r\nHost: a, a\r\n\r\n"),
  .refused("a space before the method", " " + get("/a")),
  .refused("two spaces in the request line", "GET  /a HTTP/1.1\r\nHost: a\r\n\r\n"),
  .refused("HTTP/2", "GET /a HTTP/2.0\r\nHost: a\r\n\r\n", 505),
  .refused("HTTP/0.9", "GET /a\r\n"),
  .refused("a version that is none", "GET /a HTTP/1.x\r\nHost: a\r\n\r\n"),
  .refused("CONNECT", "CONNECT a:80 HTTP/1.1\r\nHost: a:80\r\n\r\n", 501),
  .taken("a method that nobody knows", "BREW /a HTTP/1.1\r\nHost: a\r\n\r\n", "501"),
  .taken("a method that the path has not", "DELETE /a HTTP/1.1\r\nHost: a\r\n\r\n", "405"),
  .refused("a target over the limit", get("/" + String(repeating: "a", count: 200)), 414),
  .refused("a head over the limit", get("/a", "X: " + String(repeating: "y", count: 1024)), 431),
  .refused(
    "fields over the limit",
    "GET /a HTTP/1.1\r\nHost: a\r\n" + String(repeating: "X: y\r\n", count: 10) + "\r\n", 431),
  .refused("an expectation that nobody knows", post("Expect: tea", "Content-Length: 1"), 417),
  .taken("one empty line before the request", "\r\n" + get("/a"), "200 GET a"),
  .refused("two empty lines before the request", "\r\n\r\n" + get("/a")),
  .taken("bytes above ASCII in a field", get("/a", "X: \u{E9}"), "200 GET a"),
  .taken("an empty field", get("/a", "X:", "Y: \t "), "200 GET a"),
]

let pathRows: [StrictnessRow] = [
  .refused("invalid UTF-8 in a path", get("/%FF")),
  .refused("an overlong encoding in a path", get("/%C0%AF")),
  .refused(
    "bytes above ASCII in a path",
    Array("GET /".utf8) + [0xC3, 0xA9] + Array(" HTTP/1.1\r\nHost: a\r\n\r\n".utf8), 400),
  .refused("%00 in a path", get("/a%00b")),
  .refused("an encoded control character in a path", get("/a%0D%0Ab")),
  .refused("a percent sign that encodes nothing", get("/a%2")),
  .refused("a fragment", get("/a#b")),
  .refused("..", get("/labs/../a")),
  .refused(".. in another way", get("/labs/%2e%2E/a")),
  .refused(".. at the end", get("/labs/..")),
  .taken("an encoded slash stays in its segment", get("/labs/x%2Fy"), "200 lab x/y"),
  .taken("encoded dots and a slash too", get("/labs/..%2F..%2Fa"), "200 lab ../../a"),
  .taken("a slash more leads nowhere else", get("//a"), "404"),
  .taken("nor does one at the end", get("/a/"), "404"),
  .taken("case counts", get("/A"), "404"),
]

let bodyRows: [StrictnessRow] = [
  .refused("two different Content-Lengths", post("Content-Length: 1", "Content-Length: 2")),
  .refused("two equal Content-Lengths", post("Content-Length: 1", "Content-Length: 1")),
  .refused("a list of Content-Lengths", post("Content-Length: 1, 1")),
  .refused("a Content-Length with a sign", post("Content-Length: +1")),
  .refused("a Content-Length that overflows", post("Content-Length: 18446744073709551617")),
  .refused("Content-Length with Transfer-Encoding", post("Content-Length: 1", chunked)),
  .refused("Transfer-Encoding with Content-Length", post(chunked, "Content-Length: 0")),
  .refused("an empty Content-Length", post("Content-Length:")),
  .refused("an empty Transfer-Encoding", post("Transfer-Encoding:")),
  .refused("an unknown transfer coding", post("Transfer-Encoding: br"), 501),
  .refused("an unknown coding before chunked", post("Transfer-Encoding: gzip, chunked"), 501),
  .refused("chunked that is not last", post("Transfer-Encoding: chunked, gzip")),
  .refused("chunked twice", post("Transfer-Encoding: chunked, chunked")),
  .refused("chunked in HTTP/1.0", "POST /echo HTTP/1.0\r\n\(chunked)\r\n\r\n0\r\n\r\n"),
  .refused("a chunk size that overflows", post(chunked, body: "FFFFFFFFFFFFFFFFF\r\n")),
  .refused("a negative chunk size", post(chunked, body: "-1\r\n")),
  .refused("a chunk size with a prefix", post(chunked, body: "0x1\r\na\r\n0\r\n\r\n")),
  .refused("a control character in a chunk extension", post(chunked, body: "1;\u{0}\r\na\r\n")),
  .refused("a bare CR in a chunk extension", post(chunked, body: "1;a\rb\r\na\r\n")),
  .refused("a bare LF behind a chunk size", post(chunked, body: "1\na\r\n0\r\n\r\n")),
  .refused("a chunk that is longer than it says", post(chunked, body: "1\r\nab\r\n0\r\n\r\n")),
  .refused("a bare LF behind a chunk", post(chunked, body: "1\r\na\n0\r\n\r\n")),
  .refused("a bad trailer field", post(chunked, body: "0\r\nX : y\r\n\r\n")),
  .refused("a body over the limit", post("Content-Length: 65"), 413),
  .refused("a chunked body over the limit", post(chunked, body: "41\r\n"), 413),
  .taken(
    "a body of the limit", post("Content-Length: 64", body: String(repeating: "a", count: 64)),
    "200 " + String(repeating: "a", count: 64)),
  .taken(
    "chunks, extensions and trailers",
    post(chunked, body: "1;x=\"y\"\r\na\r\n2\r\nbc\r\n0\r\nX: y\r\n\r\n"),
    "200 abc"),
  .taken("Expect: 100-continue", post("Expect: 100-continue", "Content-Length: 0"), "200 "),
  .taken(
    "Expect: 100-continue with a body",
    post("Expect: 100-Continue", "Content-Length: 1", body: "a"), "200 a"),
  .refused(
    "Expect: 100-continue with a body over the limit",
    post("Expect: 100-continue", "Content-Length: 65"), 413),
]

let persistenceRows: [StrictnessRow] = [
  .taken(
    "pipelining in order", get("/a") + post("Content-Length: 1", body: "b") + get("/labs/c"),
    "200 GET a", "200 b", "200 lab c"),
  .taken(
    "a refusal behind good requests", get("/a") + "GET /\r\r\n", "200 GET a", "400", kept: false),
  .taken(
    "HEAD has no body", "HEAD /a HTTP/1.1\r\nHost: a\r\n\r\n" + get("/a"), "200 ", "200 GET a"),
  .taken("304 has no body", get("/a", "If-None-Match: \"1\"") + get("/a"), "304 ", "200 GET a"),
  .taken("Connection: close", get("/a", "Connection: close"), "200 GET a", kept: false),
  .taken(
    "Connection: close in a list", get("/a", "Connection: x, CLOSE"), "200 GET a", kept: false),
  .taken("HTTP/1.0", "GET /a HTTP/1.0\r\n\r\n", "200 GET a", kept: false),
  .taken("HTTP/1.0 that is kept", "GET /a HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n", "200 GET a"),
  .taken("HTTP/1.9", "GET /a HTTP/1.9\r\nHost: a\r\n\r\n", "200 GET a"),
]
