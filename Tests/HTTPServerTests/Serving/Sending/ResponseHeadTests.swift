import Testing

@testable import HTTPServer

@Suite struct ResponseHeadTests {
  private func head(
    _ response: Response, _ framing: ResponseHead.Framing = .none,
    _ persistence: ResponseHead.Persistence = .unsaid
  ) -> String {
    var bytes: [UInt8] = []
    let head = ResponseHead(
      response: response, framing: framing, persistence: persistence)
    head.append(to: &bytes, date: Array("D".utf8), requestID: RequestID(number: 0))
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func writesStatusAndFieldsInOrder() {
    let response = Response(status: .notFound, headers: [.etag: "\"1\"", .contentType: "a/b"])
    #expect(
      head(response, .length(120))
        == """
        HTTP/1.1 404 Not Found\r
        Date: D\r
        X-Request-ID: 0000000000000\r
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
        == "HTTP/1.1 200 OK\r\nDate: D\r\nX-Request-ID: 0000000000000\r\n\(fields)\r\n")
  }

  @Test func leavesOutWhatTheServerAloneDecides() {
    let response = Response(
      status: .ok,
      headers: [
        .contentLength: "7", .date: "never", .transferEncoding: "gzip", .connection: "upgrade",
        .requestID: "x",
        .location: "/a",
      ])
    #expect(
      head(response, .length(1))
        == "HTTP/1.1 200 OK\r\nDate: D\r\nX-Request-ID: 0000000000000\r\nLocation: /a\r\n"
        + "Content-Length: 1\r\n\r\n")
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
