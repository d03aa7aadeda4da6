/// An end of a TCP connection.
public struct SocketAddress: Hashable, Sendable {
  /// The IP address in its usual text form, without brackets. IPv4 peers of an IPv6 socket are
  /// given as IPv4.
  public let host: String
  /// The TCP port.
  public let port: UInt16
}

extension SocketAddress: CustomStringConvertible {
  /// The address as the authority of a URL has it: `127.0.0.1:8080`, `[::1]:8080`.
  public var description: String {
    host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
  }
}
