import Testing

@testable import HTTPServer

@Suite struct ResponseHeadTests {
  private func head(
    _ response: Response, _ framing: ResponseHead.Framing = .none,
    _ persistence: ResponseHead.Persistence = .unsaid
  ) -> String {
    var bytes: [UInt8] = []
    let head = ResponseHead(response: response, framing: framing, persistence: persistence)
    head.append(to: &bytes, date: Array("D".utf8))
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func writesStatusAndFieldsInOrder() {
    let response = Response(status: .notFound, headers: [.etag: "\"1\"", .contentType: "a/b"])
    #expect(
      head(response, .length(120))
        == """
        HTTP/1.1 404 Not Found\r
        Date: D\r
        ETag: "1"\r
        Content-Type: a/b\r
        Content-Length: 120\r
        \r\n
        """)
  }

  @Test(arguments: [
    (ResponseHead.Framing.none, ResponseHead.Persistence.unsaid, ""),
    (.length(0), .unsaid, "Content-Length: 0\r\n"),
    (.length(9_876_543_210), .close, "Content-Length: 9876543210\r\nConnection: close\r\n"),
    (.chunked, .unsaid, "Transfer-Encoding: chunked\r\n"),
    (.untilClose, .close, "Connection: close\r\n"),
    (.none, .keepAlive, "Connection: keep-alive\r\n"),
  ])
  func framesTheBody(
    framing: ResponseHead.Framing, persistence: ResponseHead.Persistence, fields: String
  ) {
    #expect(
      head(Response(status: .ok), framing, persistence)
        == "HTTP/1.1 200 OK\r\nDate: D\r\n\(fields)\r\n")
  }

  @Test func leavesOutWhatTheServerAloneDecides() {
    let response = Response(
      status: .ok,
      headers: [
        .contentLength: "7", .date: "never", .transferEncoding: "gzip", .connection: "upgrade",
        .location: "/a",
      ])
    #expect(
      head(response, .length(1))
        == "HTTP/1.1 200 OK\r\nDate: D\r\nLocation: /a\r\nContent-Length: 1\r\n\r\n")
  }

  @Test(arguments: [0, 1, 9, 10, 15, 16, 255, 65_536, Int.max])
  func writesNumbers(number: Int) {
    var decimal: [UInt8] = []
    decimal.append(decimal: number)
    #expect(String(decoding: decimal, as: UTF8.self) == String(number))
    var hexadecimal: [UInt8] = []
    hexadecimal.append(hexadecimal: number)
    #expect(String(decoding: hexadecimal, as: UTF8.self) == String(number, radix: 16))
  }
}

@Suite struct OwnershipTests {
  @Test func oneTakesWhatIsParked() {
    let ownership = Ownership(count: 2)
    ownership.claim(0)
    #expect(ownership.park(0, until: 100))
    #expect(ownership.deadline(0) == 100)
    #expect(ownership.take(0))
    #expect(ownership.deadline(0) == nil)
    #expect(!ownership.take(0))
    #expect(!ownership.takeParked(0))
  }

  @Test func anEventWhileBusyIsReportedOnce() {
    let ownership = Ownership(count: 1)
    ownership.claim(0)
    #expect(!ownership.take(0))
    #expect(!ownership.take(0))
    #expect(!ownership.park(0, until: 100))
    #expect(ownership.deadline(0) == nil)
    #expect(ownership.park(0, until: 100))
  }

  @Test func expiresAtTheDeadline() {
    let ownership = Ownership(count: 1)
    ownership.claim(0)
    #expect(!ownership.takeExpired(0, at: 1000))
    #expect(ownership.park(0, until: 100))
    #expect(!ownership.takeExpired(0, at: 99))
    #expect(ownership.takeExpired(0, at: 100))
    #expect(!ownership.takeExpired(0, at: 100))
  }

  @Test func nobodyTakesWhatIsClosed() {
    let ownership = Ownership(count: 1)
    #expect(!ownership.take(0))
    #expect(!ownership.takeParked(0))
    ownership.claim(0)
    ownership.release(0)
    #expect(!ownership.take(0))
    #expect(ownership.deadline(0) == nil)
  }

  /// Deadlines that would be mistaken for the words of a busy or closed connection.
  @Test(arguments: [Instant(0), 1, 2, 3])
  func parksWithAnyDeadline(deadline: Instant) {
    let ownership = Ownership(count: 1)
    ownership.claim(0)
    #expect(ownership.park(0, until: deadline))
    #expect(ownership.take(0))
  }
}
