import Testing

@testable import HTTPServer

/// Small, so that the tables can reach them.
let smallLimits = ParserLimits(headBytes: 1024, fieldCount: 20, targetBytes: 500, bodyBytes: 1000)

@Suite struct ParserRefusalTests {
  @Test(arguments: allRefusals)
  func refuses(row: RefusedMessage) {
    var parser = RequestParser(limits: smallLimits)
    let error = #expect(throws: ParseFailure.self) {
      while let request = try parser.consume(row.message.span).request {
        Issue.record("took \(request.target)")
      }
    }
    #expect(error == row.failure)
    #expect(error.map { Int($0.status.code) } == row.status)
  }

  @Test(arguments: allRefusals)
  func refusesByteForByte(row: RefusedMessage) {
    let error = #expect(throws: ParseFailure.self) {
      var parser = RequestParser(limits: smallLimits)
      for byte in row.message { _ = try parser.consume([byte].span) }
    }
    #expect(error == row.failure)
  }

  @Test func staysRefused() throws {
    var parser = RequestParser(limits: smallLimits)
    let good = Array("GET / HTTP/1.1\r\nHost: a\r\n\r\n".utf8)
    #expect(throws: ParseFailure.bareLineFeed) { try parser.consume(Array("GET\n".utf8).span) }
    #expect(throws: ParseFailure.bareLineFeed) { try parser.consume(good.span) }
  }

  @Test func reachesEveryFailure() {
    let reached = Set(allRefusals.map(\.failure))
    #expect(reached == Set(ParseFailure.allCases))
  }

  @Test func describesEveryFailureInItsOwnWords() {
    #expect(
      Set(ParseFailure.allCases.map(\.description)).count == ParseFailure.allCases.count)
  }
}
