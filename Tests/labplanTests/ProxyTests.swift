import Foundation
import Glibc
import Testing

/// The service behind nginx, set up as docs/operating.md says.
@Suite(.enabled(if: NginxProxy.isAvailable, "needs nginx, openssl and curl"))
struct ProxyTests {
  private let folder: TemporaryFolder
  private let service: ServiceProcess
  private let proxy: NginxProxy
  private let token: String

  init() throws {
    folder = try TemporaryFolder()
    let database = folder.file("labs.sqlite")
    token = try Command.run([
      "token", "create", "alice", "--role", "admin", "--database", database,
    ]).output.trimmingCharacters(in: .whitespacesAndNewlines)
    service = try ServiceProcess(
      database: database,
      ["--allow-host", "labs.example.org", "--trusted-proxy", "127.0.0.1"])
    proxy = try NginxProxy(before: service.port)
  }

  /// What curl prints for a request over TLS from an address of its own: the body, and the status
  /// behind it.
  private func curl(_ path: String, _ arguments: String...) throws -> String {
    try proxy.curl(
      path, ["-H", "Authorization: Bearer \(token)", "-w", "%{http_code}"] + arguments
    ).rest()
  }

  @Test func requestsPassAndSayWhoTheyComeFrom() throws {
    #expect(try curl("/healthz").hasSuffix("200"))
    let put = ["-X", "PUT", "--json", "{}"]
    #expect(
      try proxy.curl("/v1/labs/a", put + ["-w", "%{http_code}"]).rest().hasSuffix("401"), "no token"
    )
    // What the client says of itself counts for nothing.
    let stored = try curl(
      "/v1/labs/a", "-X", "PUT", "--json", "{}", "-H", "X-Forwarded-For: 192.0.2.1", "-H",
      "Forwarded: for=192.0.2.1")
    #expect(stored.hasSuffix("201"), "\(stored)")
    #expect(try curl("/v1/labs/a/revisions").contains("\"client\":\"127.0.0.2\""))
  }

  /// Pages of the proxy's own origin may write, and no others.
  @Test func originsAreThoseThatBrowsersSee() throws {
    let write = { (origin: String) in
      try curl("/v1/labs/a", "-X", "PUT", "--json", "{}", "-H", "Origin: \(origin)")
    }
    #expect(try write("https://labs.example.org:\(proxy.port)").hasSuffix("201"))
    #expect(try write("https://evil.example").hasSuffix("403"))
  }

  @Test func largeDocumentsPass() throws {
    let file = folder.file("large.json")
    let text = String(repeating: " ", count: 6 << 20)
    try "{\"description\":\"large\"\(text)}".write(toFile: file, atomically: true, encoding: .utf8)
    let stored = try curl("/v1/labs/large", "-X", "PUT", "--json", "@\(file)")
    #expect(stored.hasSuffix("201"), "\(stored)")
  }

  /// Changes come as they are made, not when a buffer is full.
  @Test func eventsPassAtOnce() throws {
    let listener = try proxy.curl(
      "/v1/events", ["-N", "-H", "Authorization: Bearer \(token)"])
    #expect(listener.line() == "retry: 2000")
    #expect([listener.line(), listener.line()] == ["", "id: 0"])
    #expect(try curl("/v1/labs/live", "-X", "PUT", "--json", "{}").hasSuffix("201"))
    #expect([listener.line(), listener.line()] == ["", "id: 1"])
    #expect(listener.line() == "event: change")
    #expect(listener.line().hasPrefix("data: {\"lab\":\"live\",\"revision\":1,"))
    listener.signal(SIGKILL)
  }
}

/// nginx with the server of docs/operating.md in a folder of its own, with a certificate made for it.
final class NginxProxy {
  let port: UInt16
  private let folder: TemporaryFolder
  private let nginx: RunningCommand

  /// Returns once it accepts connections.
  init(before service: UInt16) throws {
    folder = try TemporaryFolder()
    port = try Self.freePort()
    let certificate = try Self.run([
      "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
      "-nodes", "-days", "2", "-subj", "/CN=labs.example.org", "-addext",
      "subjectAltName=DNS:labs.example.org", "-keyout", folder.file("key.pem"), "-out",
      folder.file("certificate.pem"),
    ])
    try #require(certificate.wait() == 0)
    let path = folder.path
    let server = try Self.serverOfTheGuide()
      .replacing("listen 443 ssl", with: "listen 127.0.0.1:\(port) ssl")
      .replacing("/etc/ssl/labs.pem", with: "\(path)/certificate.pem")
      .replacing("/etc/ssl/labs.key", with: "\(path)/key.pem")
      .replacing("127.0.0.1:8080", with: "127.0.0.1:\(service)")
    let places = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
      .map { "\($0)_temp_path \(path)/\($0);" }.joined(separator: "\n")
    try """
    daemon off;
    user root;
    worker_processes 1;
    pid \(path)/nginx.pid;
    error_log stderr notice;
    events {}
    http {
    access_log off;
    \(places)
    \(server)
    }
    """.write(toFile: folder.file("nginx.conf"), atomically: true, encoding: .utf8)
    let tool = try #require(Self.path(of: "nginx"))
    nginx = try RunningCommand(
      ["-c", "exec '\(tool)' -p '\(path)' -e stderr -c '\(path)/nginx.conf' 2>&1"],
      executable: URL(fileURLWithPath: "/bin/sh"))
    var line = nginx.line()
    while !line.contains("start worker process ") {
      try #require(!line.isEmpty && !line.contains("[emerg]"), "\(line)")
      line = nginx.line()
    }
  }

  deinit {
    nginx.signal(SIGTERM)
    _ = nginx.wait()
  }

  /// Starts curl on a path of the service, from 127.0.0.2.
  func curl(_ path: String, _ arguments: [String]) throws -> RunningCommand {
    try Self.run(
      [
        "curl", "--silent", "--max-time", "60", "--interface", "127.0.0.2", "--cacert",
        folder.file("certificate.pem"), "--resolve", "labs.example.org:\(port):127.0.0.1",
        "https://labs.example.org:\(port)\(path)",
      ] + arguments)
  }

  private static func serverOfTheGuide() throws -> String {
    let guide = try String(
      contentsOf: Command.folder.appendingPathComponent("docs/operating.md"), encoding: .utf8)
    let start = try #require(guide.range(of: "```nginx\n"))
    let end = try #require(guide.range(of: "```", range: start.upperBound..<guide.endIndex))
    return String(guide[start.upperBound..<end.lowerBound])
  }

  /// A port that nobody listens at now.
  private static func freePort() throws -> UInt16 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
      }
    }
    try #require(isBound)
    return UInt16(bigEndian: address.sin_port)
  }

  private static func run(_ command: [String]) throws -> RunningCommand {
    let tool = try #require(path(of: command[0]))
    return try RunningCommand(Array(command.dropFirst()), executable: URL(fileURLWithPath: tool))
  }

  private static func path(of tool: String) -> String? {
    ((ProcessInfo.processInfo.environment["PATH"] ?? "") + ":/usr/sbin").split(separator: ":")
      .map { "\($0)/\(tool)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// Whether all that it takes is here; asked once.
  static let isAvailable: Bool = {
    let missing = ["nginx", "openssl", "curl"].filter { path(of: $0) == nil }
    if missing.isEmpty { return true }
    print("the proxy is not tried: there is no \(missing.joined(separator: ", no "))")
    return false
  }()
}
