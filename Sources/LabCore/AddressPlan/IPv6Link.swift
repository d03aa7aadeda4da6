/// A network's IPv6 prefix and who answers there.
struct IPv6Link {
  let prefix: IPv6Prefix
  let gateway: IPv6Address?
  let host: IPv6Address?
  /// Never given to an adapter.
  let reserved: [IPv6Address]

  init(
    prefix: IPv6Prefix, gateway: IPv6Address?, host: IPv6Address?, servers: [IPv6Address?] = []
  ) {
    self.prefix = prefix
    self.gateway = gateway
    self.host = host
    reserved = ([gateway, host] + servers).compactMap { $0 }
  }

  /// Guests make the rest of their address from their hardware address where it has the 64 bits
  /// that this takes (RFC 4291 appendix A, RFC 4862); on longer prefixes the planner counts.
  static let longestWithInterfaceIdentifiers = 64

  var hasInterfaceIdentifiers: Bool { prefix.length <= Self.longestWithInterfaceIdentifiers }

  /// What the planner gives away of it.
  var allotment: Allotment<IPv6Address> {
    Allotment(prefix: prefix, range: prefix.hosts, reserved: reserved, source: .planned)
  }
}

/// The IPv6 prefixes that a lab's networks have from the document, by index in `Lab.networks`.
///
/// Those of one switch share what one of them gives; a NAT network's router announces its own only.
func ipv6Prefixes(of lab: Lab) -> [IPv6Prefix?] {
  var prefixes = lab.networks.map(\.ipv6)
  for (index, network) in lab.networks.enumerated() {
    let owner = lab.switches[index]
    guard lab.networks[owner].ipv6 == nil, lab.networks[owner].mode != .natNetwork,
      let prefix = network.ipv6
    else { continue }
    prefixes[owner] = min(prefixes[owner] ?? prefix, prefix)
  }
  return lab.switches.map { prefixes[$0] }
}

/// The IPv6 of a network as the adapter in a slot sees it; nil where there is none.
///
/// NAT announces a prefix of its own from 7.1 on (libslirp), a NAT network only where the document
/// asks for one, host-only and internal networks have what the document gives, and bridged ones
/// have the LAN's (VirtualBox manual chapter 6; VBoxNetSlirpNAT.cpp).
///
/// - Parameter prefix: what `ipv6Prefixes(of:)` found; the network's own where it is left out.
func ipv6Link(
  of network: Network, prefix planned: IPv6Prefix? = nil, slot: Int, in lab: Lab
) -> IPv6Link? {
  let given = planned ?? network.ipv6
  switch network.mode {
  case .nat:
    guard let prefix = given ?? engineIPv6Prefix(of: network, slot: slot, in: lab) else {
      return nil
    }
    let gateway = prefix.address(at: 2)
    return IPv6Link(
      prefix: prefix, gateway: gateway, host: gateway, servers: [prefix.address(at: 3)])
  case .natNetwork:
    guard let prefix = given else { return nil }
    let gateway = prefix.address(at: 1)
    let loopback = lab.hypervisor.version.isAtLeast(7, 2) ? gateway : prefix.address(at: 2)
    return IPv6Link(
      prefix: prefix, gateway: network.gateway6 ?? gateway, host: loopback,
      servers: [gateway, prefix.address(at: 2), prefix.address(at: 3)])
  case .bridged:
    guard let uplink = lab.host.uplink.ipv6 else {
      return given.map { IPv6Link(prefix: $0, gateway: network.gateway6, host: nil) }
    }
    return IPv6Link(
      prefix: uplink.prefix, gateway: lab.host.uplink.gateway6, host: uplink.address)
  case .hostOnly:
    return given.map { IPv6Link(prefix: $0, gateway: network.gateway6, host: $0.hosts.first) }
  case .internal:
    return given.map { IPv6Link(prefix: $0, gateway: network.gateway6, host: nil) }
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
  return natIPv6Prefix(beside: network.ipv4 ?? defaultNATPrefix(slot: slot))
}

/// The prefix that NAT announces and that NAT networks have by default: `fd17:625c:f037:` and the
/// second and third octets of the IPv4 prefix (NATNetworkImpl.cpp).
func natIPv6Prefix(beside ipv4: IPv4Prefix) -> IPv6Prefix {
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
