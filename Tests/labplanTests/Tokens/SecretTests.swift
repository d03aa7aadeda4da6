import Foundation
import Glibc
import Testing

/// Secrets stay with whoever has them: wherever one is sent by mistake, no log says it again, at
/// whatever level and in whatever form, and no answer does.
@Suite struct SecretTests {
  /// Requests with `SECRET` where it should be, and where it should not.
  private static let requests: [String] = [
    head("GET /v1/labs", "Authorization: Bearer SECRET"),
    head("GET /v1/labs", "Authorization: Bearer SECREtX"),
    head("GET /v1/labs", "Authorization: Bearer SECRET trailing"),
    head("GET /v1/labs", "Authorization: Bearer SECRET", "Authorization: Bearer SECRET"),
    head("GET /v1/labs", "Authorization: Basic SECRET"),
    head("GET /v1/labs", "Authorization: SECRET"),
    head("GET /v1/labs", "Authorization Bearer SECRET"),
    head("GET /v1/labs", "Authorization : Bearer SECRET"),
    head("GET /v1/labs", "Authorization: Bearer \u{1}SECRET"),
    head("GET /v1/labs", "X-Token: SECRET", "Cookie: token=SECRET"),
    head("GET /v1/labs?access_token=SECRET"), head("GET /v1/labs?limit=1&token=SECRET&limit=2"),
    head("GET /v1/labs?limit=SECRET"), head("GET /v1/labs?SECRET"),
    head("GET /v1/labs?cursor=SECRET"),
    head("GET /v1/labs/SECRET"), head("GET /SECRET"), head("SECRET /v1/labs"),
    head("GET /v1/labs/a", "If-None-Match: SECRET", "Authorization: Bearer SECRET"),
    head("DELETE /v1/labs/a", "If-Match: SECRET", "Authorization: Bearer SECRET"),
    head("POST /v1/labs", "Idempotency-Key: a b SECRET", "Authorization: Bearer SECRET"),
    head("GET /v1/labs", "Accept: SECRET", "Authorization: Bearer SECRET"),
    head("PUT /v1/labs/a", "Content-Type: SECRET", "Authorization: Bearer SECRET"),
    head("GET /v1/labs", "Authorization: Bearer SECRET", "Accept-Encoding: gzip;q=SECRET"),
  ]

  private static func head(_ line: String, _ fields: String...) -> String {
    ([line + " HTTP/1.1", "Host: localhost"] + fields + ["Connection: close", "", ""])
      .joined(separator: "\r\n")
  }

  @Test(arguments: ["text", "json"])
  func noLogAndNoAnswerSaysThem(format: String) throws {
    let folder = try TemporaryFolder()
    let database = folder.file("labs.sqlite")
    let made = try Command.run([
      "token", "create", "alice", "--role", "admin", "--database", database,
    ])
    let secret = made.output.trimmingCharacters(in: .whitespacesAndNewlines)
    try #require(secret.hasPrefix("labplan_") && secret.count == 72)
    let digits = secret.dropFirst(8)
    let command = try RunningCommand([
      "serve", "--port", "0", "--database", database, "--log-format", format, "--log-level",
      "trace",
    ])
    let port = try #require(UInt16(command.line().split(separator: ":").last ?? ""))
    var statuses: Set<String> = []
    for request in Self.requests {
      let connection = try #require(HTTPConnection(port: port))
      connection.sendRaw(
        request.replacing("SECREt", with: secret.dropLast()).replacing("SECRET", with: secret))
      let answer = connection.rest()
      statuses.insert(String(answer.dropFirst(9).prefix(3)))
      #expect(!answer.contains(digits.prefix(16)), "\(request): \(answer)")
    }
    // The right one lets in, and the others got as far as they could.
    #expect(
      statuses.isSuperset(of: ["200", "400", "401", "404", "406", "415", "501"]), "\(statuses)")
    command.signal(SIGTERM)
    #expect(command.wait() == 0)
    let log = command.errors()
    #expect(log.split(separator: "\n").count >= Self.requests.count)
    #expect(log.contains("access_token=[hidden]"))
    let said = log.split(separator: "\n").filter { $0.contains(digits.prefix(16)) }
    #expect(said == [])
    let bytes = try folder.files.flatMap {
      try Data(contentsOf: URL(fileURLWithPath: folder.file($0)))
    }
    #expect(bytes.firstRange(of: Data(digits.prefix(16).utf8)) == nil, "nor the database")
  }
}
