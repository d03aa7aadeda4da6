import Testing

@testable import HTTPServer

@Suite struct HeadersTests {
  @Test func findsFieldsWithoutRegardToCase() throws {
    let headers: Headers = [.contentType: "text/plain", .etag: "\"1\""]
    #expect(headers[try #require(HeaderName("content-TYPE"))] == "text/plain")
    #expect(headers[.etag] == "\"1\"")
    #expect(headers[.accept] == nil)
    #expect(headers.contains(.etag))
    #expect(!headers.contains(.accept))
  }

  @Test func joinsRepeatedFields() {
    let headers: Headers = [.ifMatch: "\"1\"", .accept: "*/*", .ifMatch: "\"2\""]
    #expect(headers[.ifMatch] == "\"1\", \"2\"")
    #expect(headers.values(of: .ifMatch) == ["\"1\"", "\"2\""])
    #expect(headers.count == 3)
  }

  @Test func replacesAndRemoves() {
    var headers: Headers = [.vary: "a", .link: "b", .vary: "c"]
    headers.set(.vary, "d")
    #expect(headers.map { "\($0.name): \($0.value)" } == ["Link: b", "Vary: d"])
    headers.remove(.link)
    #expect(headers == [.vary: "d"])
    headers.remove(.link)
    #expect(headers.count == 1)
  }

  @Test(arguments: [
    ("a\r\nSet-Cookie: b", "a  Set-Cookie: b"), ("a\nb", "a b"), ("a\u{0}b", "a b"),
    ("a\u{7F}b", "a b"), ("a\tb é", "a\tb é"), ("", ""),
  ])
  func noValueEndsItsLine(value: String, written: String) {
    let headers: Headers = [.location: value]
    #expect(headers[.location] == written)
  }

  @Test(arguments: ["", " ", "a b", "a:", "é", "a\r\n", "(a)", "a/b", "\u{0}"])
  func namesAreTokens(text: String) {
    #expect(HeaderName(text) == nil)
  }

  @Test func comparesNamesWithoutRegardToCaseAndValuesWithIt() throws {
    let name = try #require(HeaderName("x-REQUEST-id"))
    #expect(name == .requestID)
    #expect(Set([name, .requestID]).count == 1)
    // Differ by the bit that tells capitals from small letters, yet are no letters.
    #expect(HeaderName("^") != HeaderName("~"))
    #expect([HeaderName.requestID: "a"] as Headers != [.requestID: "A"])
    #expect([name: "a"] as Headers == [.requestID: "a"])
  }
}
