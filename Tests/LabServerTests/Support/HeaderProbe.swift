import Foundation
import HTTPServer

/// A server that shows each request to a test, as it came over a socket.
final class HeaderProbe {
  private let server: Server

  init(_ look: @escaping @Sendable (Request) -> Void) throws {
    server = try Server(Configuration(host: "127.0.0.1", port: 0)) { request in
      look(request)
      return Response(status: .noContent)
    }
  }

  deinit { server.stop(drainingWithin: .seconds(1)) }

  /// Sends a request with these fields, and waits for its answer.
  func send(_ headers: [String: String]) throws {
    _ = try TestClient(port: server.localAddress.port).send("GET", "/", headers: headers)
  }
}

/// Texts that several threads find.
final class Found: @unchecked Sendable {
  private let lock = NSLock()
  private var found: [String] = []

  func add(_ text: String) { lock.withLock { found.append(text) } }

  var values: [String] { lock.withLock { found } }
}
