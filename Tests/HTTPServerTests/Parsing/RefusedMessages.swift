import Testing

@testable import HTTPServer

/// A message that must be refused, with the reason and the status.
struct RefusedMessage: CustomTestStringConvertible, Sendable {
  let message: [UInt8]
  let failure: ParseFailure
  let status: Int

  init(_ message: String, _ failure: ParseFailure, _ status: Int = 400) {
    self.init(Array(message.utf8), failure, status)
  }

  init(_ message: [UInt8], _ failure: ParseFailure, _ status: Int = 400) {
    self.message = message
    self.failure = failure
    self.status = status
  }

  var testDescription: String {
    String(decoding: message.prefix(120), as: UTF8.self).debugDescription
  }
}

/// Keeps the tables below readable.
typealias Row = RefusedMessage

/// A POST request with these field lines besides `Host`.
func fields(_ lines: String...) -> String {
  "POST / HTTP/1.1\r\nHost: a\r\n" + lines.map { $0 + "\r\n" }.joined() + "\r\n"
}

private func target(_ text: String) -> String {
  "GET \(text) HTTP/1.1\r\nHost: a\r\n\r\n"
}

private func host(_ lines: String...) -> String {
  "GET / HTTP/1.1\r\n" + lines.map { $0 + "\r\n" }.joined() + "\r\n"
}

let requestLineRefusals = [
  Row("GET /\r\n", .malformedRequestLine),
  Row("GET  / HTTP/1.1\r\n", .malformedRequestLine),
  Row("GET /  HTTP/1.1\r\n", .malformedVersion),
  Row(" GET / HTTP/1.1\r\n", .malformedRequestLine),
  Row("GET / HTTP/1.1 \r\n", .malformedVersion),
  Row("GET /a b HTTP/1.1\r\n", .malformedVersion),
  Row("GET\r\n", .malformedRequestLine),
  Row("G@T / HTTP/1.1\r\n", .malformedRequestLine),
  Row("GET:/ HTTP/1.1\r\n", .malformedRequestLine),
  Row("GÉT / HTTP/1.1\r\n", .malformedRequestLine),
  Row("GET /é HTTP/1.1\r\n", .malformedRequestLine),
  Row("\r\n\r\nGET / HTTP/1.1\r\n", .malformedRequestLine),
  Row("GET / HTTP/1.1\n", .bareLineFeed),
  Row("\nGET / HTTP/1.1\r\n", .bareLineFeed),
  Row("GET / HTTP/1.1\r\r\n", .bareCarriageReturn),
  Row("GET /\r HTTP/1.1\r\n", .bareCarriageReturn),
  Row("GET\t/ HTTP/1.1\r\n", .controlCharacter),
  Row("GET /\u{0} HTTP/1.1\r\n", .controlCharacter),
  Row("GET /\u{1} HTTP/1.1\r\n", .controlCharacter),
  Row("GET /\u{7F} HTTP/1.1\r\n", .controlCharacter),
  Row("\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\n", .bareLineFeed),
  Row("GET / HTTP/0.9\r\n", .unsupportedVersion, 505),
  Row("GET / HTTP/2.0\r\n", .unsupportedVersion, 505),
  Row("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", .unsupportedVersion, 505),
  Row("GET / HTTP/1.10\r\n", .malformedVersion),
  Row("GET / HTTP/1\r\n", .malformedVersion),
  Row("GET / HTTP/1,1\r\n", .malformedVersion),
  Row("GET / http/1.1\r\n", .malformedVersion),
  Row("GET / HTTPS/1.1\r\n", .malformedVersion),
  Row("GET / HTTP/a.1\r\n", .malformedVersion),
  Row("GET / HTTP/+1.1\r\n", .malformedVersion),
]

let targetRefusals = [
  Row(target("labs"), .malformedTarget),
  Row(target("?a"), .malformedTarget),
  Row(target("*"), .malformedTarget),
  Row(target("/a#b"), .malformedTarget),
  Row(target("/?a#b"), .malformedTarget),
  Row(target("/a\\b"), .malformedTarget),
  Row(target("/<a>"), .malformedTarget),
  Row(target("/\"a\""), .malformedTarget),
  Row(target("/{lab}"), .malformedTarget),
  Row(target("ftp://a/"), .malformedTarget),
  Row(target("file:///etc/passwd"), .malformedTarget),
  Row(target("a:80"), .malformedTarget),
  Row(target("http:/a/"), .malformedTarget),
  Row(target("/%"), .malformedPercentEncoding),
  Row(target("/%4"), .malformedPercentEncoding),
  Row(target("/%4/1"), .malformedPercentEncoding),
  Row(target("/%zz"), .malformedPercentEncoding),
  Row(target("/%+1"), .malformedPercentEncoding),
  Row(target("/?a=%"), .malformedPercentEncoding),
  Row(target("/%FF"), .invalidUTF8),
  Row(target("/%C0%AE%C0%AE/"), .invalidUTF8),
  Row(target("/%ED%A0%80"), .invalidUTF8),
  Row(target("/%F4%90%80%80"), .invalidUTF8),
  Row(target("/?a=%E2%82"), .invalidUTF8),
  Row(target("/%00"), .encodedControlCharacter),
  Row(target("/a%00.json"), .encodedControlCharacter),
  Row(target("/%0d%0aSet-Cookie:a"), .encodedControlCharacter),
  Row(target("/%7F"), .encodedControlCharacter),
  Row(target("/?a=%00"), .encodedControlCharacter),
  Row(target("/."), .dotSegment),
  Row(target("/.."), .dotSegment),
  Row(target("/a/../b"), .dotSegment),
  Row(target("/a/./b"), .dotSegment),
  Row(target("/a/.."), .dotSegment),
  Row(target("/%2e%2E/b"), .dotSegment),
  Row(target("/.%2e/b"), .dotSegment),
  Row(target("http://a/../b"), .dotSegment),
  Row("CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n", .tunnelRequested, 501),
  Row("CONNECT /a HTTP/1.1\r\nHost: a\r\n\r\n", .tunnelRequested, 501),
]

let hostRefusals = [
  Row(host(), .missingHost),
  Row(host("Accept: */*"), .missingHost),
  Row(host("X-Host: a"), .missingHost),
  Row("GET http://a/ HTTP/1.1\r\n\r\n", .missingHost),
  Row(host("Host: a", "Host: b"), .repeatedHost),
  Row(host("Host: a", "hOST: a"), .repeatedHost),
  Row("GET / HTTP/1.0\r\nHost: a\r\nHost: a\r\n\r\n", .repeatedHost),
  Row(host("Host:"), .malformedHost),
  Row(host("Host: :80"), .malformedHost),
  Row(host("Host: a b"), .malformedHost),
  Row(host("Host: a/b"), .malformedHost),
  Row(host("Host: user@a"), .malformedHost),
  Row(host("Host: a:port"), .malformedHost),
  Row(host("Host: a:+80"), .malformedHost),
  Row(host("Host: a:65536"), .malformedHost),
  Row(host("Host: a:80:80"), .malformedHost),
  Row(host("Host: [::1"), .malformedHost),
  Row(host("Host: []"), .malformedHost),
  Row(host("Host: [::1]a"), .malformedHost),
  Row(host("Host: ::1"), .malformedHost),
  Row(host("Host: a%2"), .malformedHost),
  Row(host("Host: é"), .malformedHost),
  Row(host("Host: http://a/"), .malformedHost),
  Row(target("http:///b"), .malformedHost),
  Row(target("http://user@a/"), .malformedHost),
  Row(target("http://b/"), .hostMismatch),
  Row(target("http://a:8080/"), .hostMismatch),
  Row(target("https://a:80/"), .hostMismatch),
]

let fieldRefusals = [
  Row(fields("Accept : */*"), .blankBeforeColon),
  Row(fields("Transfer-Encoding : chunked"), .blankBeforeColon),
  Row(fields("Content-Length\t: 2"), .blankBeforeColon),
  Row(fields("A: b", " c"), .foldedField),
  Row(fields("A: b", "\tc"), .foldedField),
  Row("GET / HTTP/1.1\r\n Host: a\r\n\r\n", .foldedField),
  Row(fields("Accept"), .malformedFieldName),
  Row(fields(": b"), .malformedFieldName),
  Row(fields("A(b): c"), .malformedFieldName),
  Row(fields("É: c"), .malformedFieldName),
  Row(fields("{A}: c"), .malformedFieldName),
  Row(fields("A: b\u{0}c"), .controlCharacter),
  Row(fields("A: b\u{1}"), .controlCharacter),
  Row(fields("A: \u{7F}"), .controlCharacter),
  Row(fields("A\u{0}: b"), .controlCharacter),
  Row(fields("A: b\rc"), .bareCarriageReturn),
  Row(fields("A: b\r"), .bareCarriageReturn),
  Row(fields("A\r: b"), .bareCarriageReturn),
  Row("GET / HTTP/1.1\r\nHost: a\n\r\n", .bareLineFeed),
  Row("GET / HTTP/1.1\r\nHost: a\r\n\n", .bareLineFeed),
  Row(fields("Expect: 200-ok"), .unknownExpectation, 417),
]

let limitRefusals = [
  Row(target("/" + String(repeating: "a", count: 500)), .targetTooLong, 414),
  Row("GET /" + String(repeating: "a", count: 600), .targetTooLong, 414),
  Row(String(repeating: "G", count: 600), .targetTooLong, 414),
  Row(fields("A: " + String(repeating: "b", count: 2000)), .headTooLarge, 431),
  Row("GET / HTTP/1.1\r\nA: " + String(repeating: "b", count: 2000), .headTooLarge, 431),
  Row("GET / HTTP/1.1\r\n" + String(repeating: "A", count: 2000), .headTooLarge, 431),
  Row(
    "GET / HTTP/1.1\r\nHost: a\r\n" + String(repeating: "A: b\r\n", count: 20) + "\r\n",
    .tooManyFields, 431),
]

let allRefusals =
  requestLineRefusals + targetRefusals + hostRefusals + fieldRefusals + framingRefusals
  + chunkRefusals + limitRefusals
