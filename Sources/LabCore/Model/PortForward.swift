/// A port of the host that leads to a port of a VM behind a NAT.
public struct PortForward: Hashable, Sendable {
  /// What it carries.
  public enum Transport: String, CaseIterable, Hashable, Sendable {
    case tcp, udp
  }

  /// Unique in the lab where given.
  public let name: String?
  /// TCP or UDP.
  public let transport: Transport
  /// The host's address it listens on; nil or the unspecified address means all of them.
  public let hostAddress: IPv4Address?
  /// 1…65535.
  public let hostPort: Int
  /// The index in `Lab.machines`.
  public let machine: Int
  /// The index in the machine's `adapters`; nil when none of them is behind a NAT.
  public let adapter: Int?
  /// 1…65535.
  public let guestPort: Int
}
