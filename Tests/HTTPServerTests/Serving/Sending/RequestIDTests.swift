import Testing

@testable import HTTPServer

@Suite struct RequestIDTests {
  @Test(arguments: [
    "a", "7d0c3c2e-5f0e-4a7b-9d0e-3f1f2a1b4c5d", "Root=1-67891233-abcdef012345678912345678",
    String(repeating: "x", count: 128),
  ])
  func takesWhatIsFit(text: String) { #expect(RequestID(text)?.text == text) }

  @Test(arguments: [
    "", "a b", "a\tb", "a\"b", "a'b", "a\\b", "é", "a\u{7F}", String(repeating: "x", count: 129),
  ])
  func refusesWhatIsNot(text: String) { #expect(RequestID(text) == nil) }

  @Test func namesNumbers() {
    #expect(RequestID(number: 0).text == "0000000000000")
    #expect(RequestID(number: 31).text == "000000000000z")
    #expect(RequestID(number: .max).text == "fzzzzzzzzzzzz")
  }

  @Test func repeatsNoName() {
    let source = RequestIDSource()
    #expect(Set((0..<10_000).map { _ in source.next() }).count == 10_000)
  }

  /// The answer, the handler and the log have the same name.
  @Test(arguments: ["", "X-Request-Id: from-a-proxy\r\n", "X-Request-ID: not fit\r\n"])
  func isTheSameEverywhere(field: String) throws {
    let log = ExchangeLog()
    try withServer(
      observer: log.note,
      handler: { Response(status: .ok, body: .bytes(Array($0.id.text.utf8))) }
    ) { server in
      let client = try TestClient(server.localAddress)
      try client.send("GET / HTTP/1.1\r\nHost: a\r\n\(field)\r\nnonsense\r\n")
      let response = try client.receive()
      #expect(response["x-request-id"] == response.text)
      #expect((response.text == "from-a-proxy") == field.contains("proxy"))
      let refusal = try client.receive()
      let exchanges = log.first(2)
      #expect(
        exchanges.map(\.requestID.text) == [response.text, refusal["x-request-id"] ?? "none"])
    }
  }
}
