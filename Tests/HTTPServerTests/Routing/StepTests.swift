import Testing

@testable import HTTPServer

@Suite struct StepTests {
  private struct Name: Equatable {
    let text: String
  }

  private func request() -> Request {
    Request(
      method: .get, target: "/", path: [], query: Query(), version: .http11, headers: [:], body: [])
  }

  private func tag(_ text: String) -> Step {
    Step { request, rest in
      var request = request
      request[Name.self] = Name(text: (request[Name.self]?.text ?? "") + text)
      var response = rest(request)
      response.headers.append(.link, text)
      return response
    }
  }

  @Test func theFirstIsTheOutermost() {
    let respond = handler(behind: [tag("a"), tag("b")]) { request in
      Response(status: .ok, headers: [.etag: request[Name.self]?.text ?? ""])
    }
    let response = respond(request())
    #expect(response.headers[.etag] == "ab")
    #expect(response.headers.values(of: .link) == ["b", "a"])
  }

  @Test func aStepMayAnswerByItself() {
    let refuse = Step { _, _ in Response(status: .forbidden) }
    let respond = handler(behind: [tag("a"), refuse, tag("b")]) { _ in Response(status: .ok) }
    #expect(respond(request()).status == .forbidden)
    #expect(respond(request()).headers.values(of: .link) == ["a"])
  }

  @Test func noStepsAreNone() {
    let respond = handler(behind: []) { _ in Response(status: .created) }
    #expect(respond(request()).status == .created)
  }

  @Test func factsAreFoundByTheirType() {
    var request = request()
    #expect(request[Name.self] == nil)
    request[Name.self] = Name(text: "x")
    request[Int.self] = 3
    #expect(request[Name.self] == Name(text: "x"))
    #expect(request[Int.self] == 3)
  }
}
