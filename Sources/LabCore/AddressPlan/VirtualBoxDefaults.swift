/// What VirtualBox gives when nobody asks for anything else.
///
/// Sources: manual chapter 6; NATNetworkImpl.cpp, Settings.cpp, ConsoleImplConfigCommon.cpp of
/// 7.0.10 and 7.1.12; VBoxNetSlirpNAT.cpp of 7.2.
public enum VirtualBoxDefaults {
  /// NAT network and its siblings: the first is `10.0.2.0/24`.
  static let natNetworkPool = prefix(10, 0, 0, 0, length: 16)
  /// The third octet of the first NAT network.
  static let firstNATNetworkOctet = 2
  /// Where the first NAT network begins.
  static let firstNATNetwork = address(10, 0, UInt32(firstNATNetworkOctet), 0)
  /// The prefixes that host-only networks may have on Linux, macOS and Solaris since 6.1.28.
  public static let hostOnlyPool = prefix(192, 168, 56, 0, length: 21)
  /// The prefix of `vboxnet0`, the only host-only network that ships with a DHCP server.
  static let factoryHostOnlyPrefix = prefix(192, 168, 56, 0, length: 24)
  /// Internal networks have no prefix by themselves; the planner takes theirs from here.
  static let internalPool = prefix(10, 10, 0, 0, length: 16)
  /// IPv4 link-local addresses (RFC 3927).
  static let linkLocal = prefix(169, 254, 0, 0, length: 16)

  static func prefix(_ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: UInt32, length: Int) -> IPv4Prefix
  {
    IPv4Prefix(containing: address(a, b, c, d), length: length)
  }

  static func address(_ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: UInt32) -> IPv4Address {
    IPv4Address(bits: a << 24 | b << 16 | c << 8 | d)
  }
}

/// The prefix of the private network that NAT gives the adapter in a slot: `10.0.(slot + 1).0/24`.
///
/// It is the slot that counts, not the how-manieth NAT adapter it is
/// (ConsoleImplConfigCommon.cpp).
public func defaultNATPrefix(slot: Int) -> IPv4Prefix {
  VirtualBoxDefaults.prefix(10, 0, UInt32(truncatingIfNeeded: (slot + 1) & 0xff), 0, length: 24)
}

/// Where in its prefix a NAT router has which role, as offsets.
enum NATOffset {
  /// The router and alias for the host's loopback.
  static let gateway: UInt32 = 2
  /// The DNS proxy.
  static let nameServer: UInt32 = 3
  /// The TFTP server, up to 7.0.
  static let bootServer: UInt32 = 4
  /// The only guest's address.
  static let guest: UInt32 = 15
}

/// Where in its prefix a NAT network's service has which role, as offsets.
enum NATNetworkOffset {
  static let gateway: UInt32 = 1
  /// The alias for the host's loopback, up to 7.1; from 7.2 it is the gateway.
  static let hostLoopback: UInt32 = 2
  static let dhcpServer: UInt32 = 3
  static let firstLease: UInt32 = 4
}

/// Where in its prefix a host-only network has which role, as offsets.
enum HostOnlyOffset {
  static let host: UInt32 = 1
  static let dhcpServer: UInt32 = 100
  static let firstLease: UInt32 = 101
  static let lastLease: UInt32 = 254
  /// Those of macOS's own server, from 7.0 on (hostonlynet's defaults).
  static let firstVmnetLease: UInt32 = 2
  static let lastVmnetLease: UInt32 = 199
}
