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
    let log = try command.errors().split(separator: "\n").map { line in
      JSONValue(try JSONSerialization.jsonObject(with: Data(line.utf8)))
    }
    // A request is logged once its answer is out, and so maybe after what came upon the answer.
    let lines = log.filter { $0["message"].text == "request" }
    let others = log.filter { $0["message"].text != "request" }
    #expect(lines.count == 2)
    #expect(others.map { $0["message"].text } == ["stopping"])
    #expect(log.allSatisfy { $0["level"].text == "info" && $0["time"].text?.count == 24 })
    #expect(lines[0]["target"].text == "/v1/labs/o%22ne?limit=1")
    #expect(lines.map { $0["status"].integer } == [400, 201])
    #expect(lines.map { $0["route"].text } == ["/v1/labs/{lab}", "/v1/labs/{lab}"])
    #expect(lines[0]["id"].text == "a-name")
    #expect(try #require(lines[1]["duration_us"].integer) > 0)
    #expect(others[0]["signal"].text == "SIGTERM")
  }
}
