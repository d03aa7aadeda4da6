import Testing

@testable import HTTPServer

/// What RFC 9110 and RFC 9112 demand of a server, case by case, on a real socket.
@Suite struct StrictnessTests {
  private static func route(_ request: Request) throws -> Response {
    let refusal: @Sendable (Refusal, Request) -> Response = { refusal, _ in refusal.plainResponse }
    return try Router(
      [
        Route(.get, "/a") { request, _ in
          let isKnown = request.headers[.ifNoneMatch] == "\"1\""
          return Response(
            status: isKnown ? .notModified : .ok, headers: [.etag: "\"1\""],
            body: .bytes(Array("GET a".utf8)))
        },
        Route(.get, "/labs/{lab}") { _, parameters in
          Response(status: .ok, body: .bytes(Array("lab \(parameters["lab"])".utf8)))
        },
        Route(.post, "/echo") { request, _ in
          Response(status: .ok, body: .bytes(request.body))
        },
      ], refusal: refusal
    ).respond(to: request)
  }

  private static let handler: @Sendable (Request) -> Response = { request in
    (try? route(request)) ?? Response(status: .internalServerError)
  }

  @Test(arguments: [headRows, pathRows, bodyRows, persistenceRows])
  func everyDemandIsMet(rows: [StrictnessRow]) throws {
    try withServer(strictLimits, handler: Self.handler) { server in
      for row in rows {
        try check(row, TestClient(server.localAddress), inPieces: false)
        try check(row, TestClient(server.localAddress), inPieces: true)
      }
    }
  }

  private func check(_ row: StrictnessRow, _ client: TestClient, inPieces: Bool) throws {
    let next = Array("GET /labs/next HTTP/1.1\r\nHost: a\r\n\r\n".utf8)
    if inPieces {
      for byte in row.message { try? client.send([byte]) }
    } else {
      try client.send(row.message + next)
    }
    let isHead = row.message.starts(with: "HEAD".utf8)
    for (index, answer) in row.answers.enumerated() {
      var response = try client.receive(hasBody: !(isHead && index == 0))
      while response.status == 100 { response = try client.receive() }
      let found = answer.count == 3 ? "\(response.status)" : "\(response.status) \(response.text)"
      #expect(found == answer, "\(row.demand)")
      let isLast = index == row.answers.count - 1
      #expect((response["connection"] == "close") == (isLast && !row.isKept), "\(row.demand)")
    }
    if inPieces, row.isKept { try client.send(next) }
    if row.isKept { #expect(try client.receive().text == "lab next", "\(row.demand)") }
    client.finishSending()
    #expect(try client.receiveRest().isEmpty, "\(row.demand)")
  }

  /// The client has ended its sending: it gets every answer, and then the connection ends too.
  @Test func halfClosedClientsAreAnswered() throws {
    try withServer(strictLimits, handler: Self.handler) { server in
      for row in persistenceRows + bodyRows {
        let client = try TestClient(server.localAddress)
        try client.send(row.message)
        client.finishSending()
        let isHead = row.message.starts(with: "HEAD".utf8)
        for (index, answer) in row.answers.enumerated() {
          var response = try client.receive(hasBody: !(isHead && index == 0))
          while response.status == 100 { response = try client.receive() }
          #expect("\(response.status)" == answer.prefix(3), "\(row.demand)")
        }
        #expect(try client.receiveRest().isEmpty, "\(row.demand)")
      }
    }
  }

  /// Half a request and the end: there is nothing to answer.
  @Test(arguments: ["GET /a HT", "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\na"])
  func aRequestThatEndsInTheMiddleIsDropped(start: String) throws {
    try withServer(strictLimits, handler: Self.handler) { server in
      let client = try TestClient(server.localAddress)
      try client.send(start)
      client.finishSending()
      #expect(try client.receiveRest().isEmpty)
    }
  }
}
