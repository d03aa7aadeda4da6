import Foundation
import HTTPServer
import Testing

@testable import LabServer

/// The dashboard's frame: what is served, with which headers.
@Suite struct DashboardRouteTests {
  let service: RunningService

  init() throws { service = try RunningService() }

  @Test(arguments: [
    "/", "/new", "/docs", "/labs/classic", "/labs/no-such-lab/addresses", "/labs/a/findings",
    "/labs/a/text", "/labs/a/recommendations", "/labs/a/history?from=3&to=7",
    "/labs/a?from=lan&to=ubuntu&port=22",
  ])
  func everyPageIsTheSame(path: String) throws {
    let page = try service.get(path)
    #expect(page.status == 200)
    #expect(page.headers["content-type"] == "text/html; charset=utf-8")
    #expect(page.headers["cache-control"] == "no-cache")
    #expect(page.headers["content-security-policy"]?.contains("require-trusted-types-for") == true)
    #expect(page.headers["content-security-policy"]?.contains("unsafe") == false)
    #expect(page.headers["cross-origin-opener-policy"] == "same-origin")
    #expect(page.headers["x-content-type-options"] == "nosniff")
    #expect(page.headers["referrer-policy"] == "no-referrer")
    #expect(page.text.contains("/assets/\(DashboardFiles.embedded.hash)/main.js"))
  }

  @Test func aPageThatIsKnownIsNotSentAgain() throws {
    let page = try service.get("/")
    let tag = try #require(page.headers["etag"])
    let again = try service.get("/new", ["If-None-Match": tag])
    #expect(again.status == 304)
    #expect(again.body.isEmpty)
    let head = try service.connect().send("HEAD", "/")
    #expect(head.status == 200)
    #expect(head.headers["etag"] == tag)
  }

  @Test func filesNeverChange() throws {
    let files = DashboardFiles.embedded
    #expect(files.files.count > 20)
    for (name, file) in files.files {
      let answer = try service.get("/assets/\(files.hash)/\(name)")
      #expect(answer.status == 200, "\(name)")
      #expect(answer.body == file.bytes, "\(name)")
      #expect(answer.headers["cache-control"] == "public, max-age=31536000, immutable")
    }
    #expect(try service.get("/assets/0000000000000000/main.js").status == 404)
    #expect(try service.get("/assets/\(files.hash)/index.html").status == 404)
    #expect(try service.get("/assets/\(files.hash)/..%2Fopenapi.yaml").status == 404)
    #expect(try service.get("/labs/a/b").status == 404)
  }

  /// The first load is small: everything that the page names, as it is sent.
  @Test func theFirstLoadIsSmall() throws {
    let files = DashboardFiles.embedded
    var sent = 0
    for name in files.files.keys {
      let answer = try service.get(
        "/assets/\(files.hash)/\(name)", ["Accept-Encoding": "gzip"])
      sent += answer.body.count
    }
    #expect(sent <= 80 << 10, "\(sent) bytes")
  }

  /// Every file of the folder travels inside the binary, byte for byte.
  @Test func everyFileIsEmbedded() throws {
    let folder = OpenAPIDescription.folder.appendingPathComponent("Dashboard")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(Set(names).subtracting(["index.html"]) == Set(DashboardFiles.embedded.files.keys))
    for (name, file) in DashboardFiles.embedded.files {
      #expect(try Data(contentsOf: folder.appendingPathComponent(name)) == Data(file.bytes))
    }
  }

  /// Modules stay small, and none of them writes HTML.
  @Test func modulesAreSmallAndWriteNoMarkup() throws {
    for (name, file) in DashboardFiles.embedded.files where name.hasSuffix(".js") {
      let lines = String(decoding: file.bytes, as: UTF8.self).components(separatedBy: "\n")
      #expect(lines.count <= 151, "\(name) has \(lines.count - 1) lines")
      for word in ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("] {
        #expect(!lines.contains { $0.contains(word) }, "\(name) has \(word)")
      }
    }
  }
}
