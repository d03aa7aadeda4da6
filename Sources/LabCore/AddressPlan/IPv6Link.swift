/// A network's IPv6 prefix and who answers there.
struct IPv6Link {
  let prefix: IPv6Prefix
  let gateway: IPv6Address?
  let host: IPv6Address?

  var addresses: NetworkAddresses<IPv6Address> {
    NetworkAddresses(
      prefix: prefix, gateway: gateway, host: host, dhcp: nil,
      free: prefix.length == 0 ? .max : 1 << UInt128(128 - prefix.length) - 1)
  }
}

/// The IPv6 of a network as the adapter in a slot sees it; nil where there is none.
///
/// NAT announces a prefix of its own from 7.1 on (libslirp), a NAT network only where the document
/// asks for one, host-only and internal networks have what the document gives, and bridged ones
/// have the LAN's (VirtualBox manual chapter 6; VBoxNetSlirpNAT.cpp).
func ipv6Link(of network: Network, slot: Int, in lab: Lab) -> IPv6Link? {
  switch network.mode {
  case .nat:
    guard let prefix = network.ipv6 ?? engineIPv6Prefix(of: network, slot: slot, in: lab) else {
      return nil
    }
    let gateway = prefix.address(at: 2)
    return IPv6Link(prefix: prefix, gateway: gateway, host: gateway)
  case .natNetwork:
    guard let prefix = network.ipv6 else { return nil }
    let gateway = prefix.address(at: 1)
    let loopback = lab.hypervisor.version.isAtLeast(7, 2) ? gateway : prefix.address(at: 2)
    return IPv6Link(prefix: prefix, gateway: network.gateway6 ?? gateway, host: loopback)
  case .bridged:
    guard let uplink = lab.host.uplink.ipv6 else {
      return network.ipv6.map {
        IPv6Link(prefix: $0, gateway: network.gateway6, host: nil)
      }
    }
    return IPv6Link(
      prefix: uplink.prefix, gateway: lab.host.uplink.gateway6, host: uplink.address)
  case .hostOnly:
    return network.ipv6.map {
      IPv6Link(prefix: $0, gateway: network.gateway6, host: $0.hosts.first)
    }
  case .internal:
    return network.ipv6.map { IPv6Link(prefix: $0, gateway: network.gateway6, host: nil) }
  }
}

/// What NAT announces by itself: nothing up to 7.0, `fd00::/64` in 7.1.0 to 7.1.11, later
/// `fd17:625c:f037:` and the second and third octets of the adapter's IPv4 prefix.
private func engineIPv6Prefix(of network: Network, slot: Int, in lab: Lab) -> IPv6Prefix? {
  let version = lab.hypervisor.version
  guard version.isAtLeast(7, 1) else { return nil }
  guard version.isAtLeast(7, 1, 12) else {
    return IPv6Prefix(containing: IPv6Address(bits: 0xfd00 << 112), length: 64)
  }
  let ipv4 = network.ipv4 ?? defaultNATPrefix(slot: slot)
  let octets = UInt128(ipv4.network.bits >> 8 & 0xffff)
  return IPv6Prefix(
    containing: IPv6Address(bits: 0xfd17_625c_f037 << 80 | octets << 64), length: 64)
}

extension Prefix where Address == IPv6Address {
  /// The address that a guest makes from its MAC address (RFC 4291 appendix A, RFC 4862).
  ///
  /// On a prefix longer than /64 the low bits of the identifier are taken.
  func address(interfaceIdentifier mac: MACAddress) -> IPv6Address {
    let identifier = UInt128(mac.interfaceIdentifier)
    let mask = length == 0 ? UInt128.max : ~(UInt128.max << UInt128(128 - length))
    return IPv6Address(bits: network.bits | identifier & mask)
  }
}
