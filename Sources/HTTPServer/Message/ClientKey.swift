internal import Glibc

/// Whom limits count as one client: an IPv4 address, or the /64 that an IPv6 address is in, as one
/// subscriber has at least a whole /64 to pick addresses from (RFC 6177). IPv4 addresses in IPv6
/// clothes (`::ffff:192.0.2.1`) are IPv4 addresses. All texts that are no address are one client.
public struct ClientKey: Hashable, Sendable {
  private enum Family {
    case ipv4, ipv6, none
  }

  private let family: Family
  /// The address, or the first 64 bits of it.
  private let bits: UInt64

  /// The client at an address, given as text without brackets.
  public init(address: String) {
    var four = in_addr()
    var six = in6_addr()
    if inet_pton(AF_INET, address, &four) == 1 {
      family = .ipv4
      bits = UInt64(UInt32(bigEndian: four.s_addr))
    } else if inet_pton(AF_INET6, address, &six) == 1 {
      let halves = withUnsafeBytes(of: six) { bytes in
        (
          UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
          UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        )
      }
      let isMapped = halves.0 == 0 && halves.1 >> 32 == 0xFFFF
      family = isMapped ? .ipv4 : .ipv6
      bits = isMapped ? halves.1 & 0xFFFF_FFFF : halves.0
    } else {
      family = .none
      bits = 0
    }
  }
}
