public import LabCore

/// One attempt to reach something: an address, and a port but for pings.
public struct Dial: Hashable, Sendable {
  /// Who dials.
  public let source: Station
  /// What is dialled.
  public let address: AnyAddress
  /// Nil for pings.
  public let port: UInt16?
  /// Whether the port is one that the host forwards, rather than the one that every station has a
  /// service of its own on.
  public let isForwardedPort: Bool
}

/// What came of a dial.
public enum DialOutcome: Hashable, Sendable {
  /// A station answered, whether it is the one meant or not.
  case answered(by: Station)
  /// The connection was refused, or reset before anybody answered.
  case refused
  /// The dialler's own kernel or a router on the way said that there is no way.
  case unreachable
  /// Nothing came back.
  case silent
}
