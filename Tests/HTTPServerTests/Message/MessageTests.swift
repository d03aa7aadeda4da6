import Testing

@testable import HTTPServer

@Suite struct MessageTests {
  @Test func findsQueryItems() {
    let query = Query(items: [
      Query.Item(name: "a", value: "1"), Query.Item(name: "b", value: ""),
      Query.Item(name: "a", value: "2"),
    ])
    #expect(query["a"] == "1")
    #expect(query["b"] == "")
    #expect(query["c"] == nil)
    #expect(query["A"] == nil)
    #expect(query.values(of: "a") == ["1", "2"])
  }

  @Test(arguments: [-1, 0, 100, 199, 600, 70_000])
  func refusesStatusesThatAreNoFinalOnes(code: Int) {
    #expect(Status(code: code) == nil)
  }

  @Test(arguments: [
    (200, "200 OK"), (404, "404 Not Found"), (418, "418 "), (599, "599 "),
    (431, "431 Request Header Fields Too Large"),
  ])
  func describesStatuses(code: Int, text: String) {
    #expect(Status(code: code)?.description == text)
  }

  @Test func namesSocketAddressesAsURLsDo() {
    #expect(SocketAddress(host: "127.0.0.1", port: 80).description == "127.0.0.1:80")
    #expect(SocketAddress(host: "::1", port: 8080).description == "[::1]:8080")
  }

  @Test func readsARequestFromAMessage() throws {
    let message = Array("GET /a?b=c HTTP/1.1\r\nHost: a\r\n\r\n".utf8)
    let request = try #require(try Request(parsing: message))
    #expect(request.path == ["a"])
    #expect(request.query["b"] == "c")
    #expect(request.remoteAddress == nil)
    #expect(try Request(parsing: Array(message.dropLast())) == nil)
    #expect(throws: ParseFailure.bareLineFeed) { try Request(parsing: [0x0A]) }
  }

  /// The example of RFC 9110, section 5.6.7, and days at the edges of years.
  @Test(arguments: [
    (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"), (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
    (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
    (4_102_444_799, "Thu, 31 Dec 2099 23:59:59 GMT"),
  ])
  func writesDates(second: Int, text: String) {
    #expect(httpDate(second) == text)
  }

  @Test(arguments: [
    (Duration.seconds(2), UInt64(2_000_000_000)), (.milliseconds(1), 1_000_000),
    (.seconds(-1), 0), (.nanoseconds(7), 7),
    (.seconds(Int64.max), 4_611_686_018_000_000_000),
  ])
  func countsNanoseconds(duration: Duration, nanoseconds: UInt64) {
    #expect(duration.nanoseconds == nanoseconds)
  }
}
