/// What a rehearsal dials with.
public enum Probe: String, CaseIterable, Hashable, Sendable {
  /// A TCP connection.
  case tcp
  /// A datagram and its answer.
  case udp
  /// An ICMP echo.
  case icmp
}
