import ArgumentParser
import Glibc

/// `labplan health`.
struct Health: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Ask a running service whether it answers; the exit status is 0 when it does.",
    discussion: """
      What a container's health check calls, so that the image needs no other program.

      EXAMPLES:
        labplan health
        labplan health --port 9090
      """)

  @Option(help: "The IPv4 address that the service listens at.")
  var host = "127.0.0.1"

  @Option(help: "Its TCP port.")
  var port: UInt16 = 8080

  @Option(help: "How many seconds to wait for the answer.")
  var timeout = 2

  func run() throws {
    guard let answer = answer(), answer.hasPrefix("HTTP/1.1 200 ") else {
      complain("labplan: no healthy service at http://\(host):\(port)")
      throw ExitCode.failure
    }
  }

  /// The first line of the service's answer; nil where there is none.
  private func answer() -> String? {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    guard inet_pton(AF_INET, host, &address.sin_addr) == 1 else { return nil }
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var limit = timeval(tv_sec: max(1, timeout), tv_usec: 0)
    let size = socklen_t(MemoryLayout<timeval>.size)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, size)
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, size)
    let connected = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard connected == 0 else { return nil }
    let request = Array("GET /healthz HTTP/1.1\r\nHost: \(host)\r\nConnection: close\r\n\r\n".utf8)
    guard send(descriptor, request, request.count, Int32(MSG_NOSIGNAL)) == request.count
    else { return nil }
    var buffer = [UInt8](repeating: 0, count: 64)
    let count = recv(descriptor, &buffer, buffer.count, 0)
    return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil
  }
}
