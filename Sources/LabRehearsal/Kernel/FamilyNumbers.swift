internal import CNamespaces
internal import Glibc
internal import LabCore

extension AnyAddress {
  /// Whether a host calls itself by it.
  var isLoopback: Bool {
    switch self {
    case .ipv4(let address): address.isLoopback
    case .ipv6(let address): address.isLoopback
    }
  }

  /// Most significant byte first, as in packets.
  var octets: [UInt8] {
    switch self {
    case .ipv4(let address): withUnsafeBytes(of: address.bits.bigEndian) { Array($0) }
    case .ipv6(let address): withUnsafeBytes(of: address.bits.bigEndian) { Array($0) }
    }
  }
}

extension AnyPrefix {
  /// Whether an address is in it; one of the other family never is.
  func contains(_ address: AnyAddress) -> Bool {
    switch (self, address) {
    case (.ipv4(let prefix), .ipv4(let address)): prefix.contains(address)
    case (.ipv6(let prefix), .ipv6(let address)): prefix.contains(address)
    default: false
    }
  }
}

extension AddressFamily {
  /// The protocol family of sockets.
  var socketFamily: Int32 {
    switch self {
    case .ipv4: AF_INET
    case .ipv6: AF_INET6
    }
  }

  /// What a socket is bound to that takes what is for any address.
  var everyAddress: AnyAddress {
    switch self {
    case .ipv4: .ipv4(IPv4Address(bits: 0))
    case .ipv6: .ipv6(IPv6Address(bits: 0))
    }
  }

  /// All addresses.
  var everywhere: AnyPrefix {
    switch self {
    case .ipv4: IPv4Address.everywhere
    case .ipv6: IPv6Address.everywhere
    }
  }

  /// As which a machine calls itself.
  var loopback: AnyAddress {
    switch self {
    case .ipv4: .ipv4(IPv4Address(bits: 0x7f00_0001))
    case .ipv6: .ipv6(IPv6Address(bits: 1))
    }
  }

  /// The protocol number of pings.
  var pingProtocol: Int {
    switch self {
    case .ipv4: IPPROTO_ICMP
    case .ipv6: IPPROTO_ICMPV6
    }
  }
}

extension Descriptor {
  /// Has every datagram tell which address it was sent to.
  func requestPacketInformation(_ family: AddressFamily) -> Int32 {
    switch family {
    case .ipv4: set(Int32(IPPROTO_IP), IP_PKTINFO, to: 1)
    case .ipv6: set(Int32(IPPROTO_IPV6), IPV6_RECVPKTINFO, to: 1)
    }
  }

  /// Has every datagram tell which address and port it was sent to before a proxy took it up.
  func requestOriginalDestination(_ family: AddressFamily) -> Int32 {
    switch family {
    case .ipv4: set(Int32(IPPROTO_IP), IP_RECVORIGDSTADDR, to: 1)
    case .ipv6: set(Int32(IPPROTO_IPV6), ipv6_original_destination, to: 1)
    }
  }

  /// Lets the socket bear addresses that are not the machine's.
  func becomeTransparent(_ family: AddressFamily) -> Int32 {
    switch family {
    case .ipv4: set(Int32(IPPROTO_IP), IP_TRANSPARENT, to: 1)
    case .ipv6: set(Int32(IPPROTO_IPV6), ipv6_transparent, to: 1)
    }
  }
}
