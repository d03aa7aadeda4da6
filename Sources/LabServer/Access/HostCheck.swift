import HTTPServer
import LabCore

/// Whether `Host` names this service.
///
/// A page on the web can have its own name resolved to 127.0.0.1, and then the browser takes the
/// service for a part of that page (DNS rebinding). Such a request still says the page's name.
struct HostCheck: Sendable {
  private let names: Set<String>

  /// - Parameter names: those that are right beside the loopback's own.
  init(_ names: [String]) {
    self.names = Set(names.map { $0.lowercased() } + ["localhost", "127.0.0.1", "[::1]"])
  }

  /// Refuses a request that is meant for somebody else. HTTP/1.0 need not say for whom it is, and no
  /// browser sends it.
  func check(_ request: Request) throws(Problem) {
    guard let host = request.headers[.host] else { return }
    guard !names.contains(hostName(host).lowercased()) else { return }
    throw Problem(
      .misdirectedRequest,
      "This service is not \"\(excerpt(host))\"; to serve that name, start it with --allow-host"
        + " \(excerpt(String(hostName(host)))).")
  }
}

/// The authority of a URL without its port.
private func hostName(_ authority: String) -> Substring {
  if authority.hasPrefix("["), let end = authority.firstIndex(of: "]") {
    return authority[...end]
  }
  return authority.prefix { $0 != ":" }
}
