import Foundation
import HTTPServer
import LabFormats
import Testing

@testable import LabServer

/// Answers as gzip, read with `gzip` itself.
@Suite struct CompressionTests {
  private let service: RunningService
  private static let gzip = ["Accept-Encoding": "gzip, deflate"]

  init() throws {
    service = try RunningService()
    _ = try service.send("PUT", "/v1/labs/classic", classicLab, yaml)
  }

  private func gunzip(_ bytes: [UInt8]) throws -> [UInt8] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["gzip", "-dc"]
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    // Longer texts would fill the pipes in both directions.
    try #require(bytes.count < 60_000)
    try input.fileHandleForWriting.write(contentsOf: Data(bytes))
    try input.fileHandleForWriting.close()
    let text = Array(output.fileHandleForReading.readDataToEndOfFile())
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return text
  }

  @Test(arguments: [
    "/v1/labs/classic/plan", "/openapi.yaml", "/v1/modes",
  ])
  func whatIsDecodedIsTheSame(target: String) throws {
    let plain = try service.get(target)
    let encoded = try service.get(target, Self.gzip)
    #expect(plain.headers["content-encoding"] == nil)
    #expect(plain.headers["vary"]?.hasSuffix("Accept-Encoding") == true)
    #expect(encoded.headers["content-encoding"] == "gzip")
    #expect(encoded.headers["vary"]?.hasSuffix("Accept-Encoding") == true)
    #expect(encoded.body.count * 2 < plain.body.count)
    #expect(try gunzip(encoded.body) == plain.body)
    let head = try service.connect().send("HEAD", target, headers: Self.gzip)
    #expect(head.headers["content-length"] == encoded.headers["content-length"])
  }

  @Test func whatIsShortStaysAsItIs() throws {
    let answer = try service.get("/healthz", Self.gzip)
    #expect(answer.headers["content-encoding"] == nil)
    #expect(answer.headers["vary"] == nil)
    #expect(answer.text == "{\"status\":\"ok\"}\n")
  }

  /// A tag of either representation holds for reading again, and for writing.
  @Test func eachRepresentationHasATagThatServes() throws {
    let target = "/v1/labs/classic/plan"
    let tag = try #require(try service.get(target, Self.gzip).headers["etag"])
    #expect(tag == "\"1-gzip\"")
    for known in [tag, "\"1\"", "W/\"1-gzip\"", "\"9\", \"1-gzip\""] {
      var headers = Self.gzip
      headers["If-None-Match"] = known
      let answer = try service.get(target, headers)
      #expect(answer.status == 304, "\(known)")
      #expect(answer.headers["etag"] == (known.contains("gzip") ? tag : "\"1\""))
    }
    #expect(try service.get(target, ["If-None-Match": "\"2-gzip\""]).status == 200)
    let change = "{'description':'x'}".json
    let stale = try service.send("PATCH", "/v1/labs/classic", change, ["If-Match": "\"2-gzip\""])
    #expect(stale.status == 412)
    let written = try service.send("PATCH", "/v1/labs/classic", change, ["If-Match": tag])
    #expect(written.status == 200)
  }

  @Test func aStreamIsEncodedPieceByPiece() throws {
    let pieces = (0..<20).map { [UInt8](repeating: 0x61 + $0, count: 3000) }
    let server = try Server(
      Configuration(port: 0),
      handler: handler(behind: [.compression]) { _ in
        var left = pieces[...]
        return Response(
          status: .ok, headers: [.contentType: "text/plain"],
          body: .stream(BodyStream { left.popFirst() }))
      })
    defer { server.stop(drainingWithin: .seconds(1)) }
    let client = try TestClient(port: server.localAddress.port)
    let answer = try client.send("GET", "/", headers: Self.gzip)
    #expect(answer.headers["content-encoding"] == "gzip")
    #expect(try gunzip(answer.body) == pieces.flatMap { $0 })
  }

  @Test func streamsOfEventsStayAsTheyAre() throws {
    let client = try service.connect()
    let head = try client.listen("/v1/events", headers: Self.gzip)
    #expect(head.headers["content-encoding"] == nil)
    #expect(try client.event() == ["retry: 2000"])
  }
}
