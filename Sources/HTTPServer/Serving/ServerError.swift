internal import Glibc

/// Why a server cannot start.
public enum ServerError: Error, Hashable, Sendable {
  /// The host is neither an address nor a name that can be looked up; with the system's reason.
  case unknownHost(String, reason: String)
  /// The address cannot be listened at, as when another process has the port.
  case cannotListen(host: String, port: UInt16, reason: String)
  /// The system refuses what a server needs: descriptors or threads.
  case outOfResources(reason: String)
}

extension ServerError: CustomStringConvertible {
  /// A sentence for the operator.
  public var description: String {
    switch self {
    case .unknownHost(let host, let reason):
      "cannot listen at \(host): \(reason)"
    case .cannotListen(let host, let port, let reason):
      "cannot listen at \(SocketAddress(host: host, port: port)): \(reason)"
    case .outOfResources(let reason):
      "cannot start the server: \(reason)"
    }
  }

  static func outOfResources(code: Int32 = errno) -> ServerError {
    .outOfResources(reason: errorText(code))
  }
}

/// The system's words for an error number.
func errorText(_ code: Int32) -> String {
  String(cString: strerror(code))
}
