import Foundation
import Glibc
import Testing

/// `labplan serve --log-format json`.
@Suite struct JSONLogTests {
  @Test func eachLineIsAnObjectThatSaysWhatHappened() throws {
    let folder = try TemporaryFolder()
    let command = try RunningCommand([
      "serve", "--port", "0", "--database", folder.file("labs.sqlite"), "--log-format", "json",
    ])
    let port = try #require(UInt16(command.line().split(separator: ":").last ?? ""))
    let connection = try #require(HTTPConnection(port: port))
    let name = ["X-Request-ID": "a-name"]
    #expect(connection.send("GET", "/v1/labs/o%22ne?limit=1", nil, name)?.status == 400)
    #expect(connection.send("PUT", "/v1/labs/one", "{}")?.status == 201)
    command.signal(SIGTERM)
    #expect(command.wait() == 0)
    let lines = try command.errors().split(separator: "\n").map { line in
      JSONValue(try JSONSerialization.jsonObject(with: Data(line.utf8)))
    }
    #expect(lines.map { $0["message"].text } == ["request", "request", "stopping"])
    #expect(lines.allSatisfy { $0["level"].text == "info" && $0["time"].text?.count == 24 })
    #expect(lines[0]["target"].text == "/v1/labs/o%22ne?limit=1")
    #expect(lines.prefix(2).map { $0["status"].integer } == [400, 201])
    #expect(lines.prefix(2).map { $0["route"].text } == ["/v1/labs/{lab}", "/v1/labs/{lab}"])
    #expect(lines[0]["id"].text == "a-name")
    #expect(try #require(lines[1]["duration_us"].integer) > 0)
    #expect(lines[2]["signal"].text == "SIGTERM")
  }
}
