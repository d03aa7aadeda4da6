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
/// Those of one switch share what one of them gives; an engine announces its own network's only.
func ipv6Prefixes(of lab: Lab) -> [IPv6Prefix?] {
  var prefixes = lab.networks.map(\.ipv6)
  for (index, network) in lab.networks.enumerated() {
    let owner = lab.switches[index]
    guard lab.networks[owner].ipv6 == nil, lab.networks[owner].profile.router.engine == nil,
      let prefix = network.ipv6
    else { continue }
    prefixes[owner] = min(prefixes[owner] ?? prefix, prefix)
  }
  return lab.switches.map { prefixes[$0] }
}

/// The IPv6 of a network as the adapter in a slot sees it; nil where there is none.
///
/// It has the prefix that the document gives, or else what its engine announces; where it is the
/// LAN, the LAN's.
///
/// - Parameter prefix: what `ipv6Prefixes(of:)` found; the network's own by default.
func ipv6Link(
  of network: Network, prefix planned: IPv6Prefix? = nil, slot: Int, in lab: Lab
) -> IPv6Link? {
  let given = planned ?? network.ipv6
  let profile = network.profile
  if profile.segment == .uplink, network.vlan == nil, let uplink = lab.host.uplink.ipv6 {
    return IPv6Link(
      prefix: uplink.prefix, gateway: lab.host.uplink.gateway6, host: uplink.address)
  }
  let announced =
    given
    ?? profile.announcedIPv6.prefix(
      beside: network.prefix(ofAdapterIn: slot))
  guard let prefix = announced else { return nil }
  if let engine = profile.router.engine {
    let named = profile.segment == .adapter ? nil : network.gateway6
    let own =
      profile.host.isOnSwitch && network.hostAddress != .absent ? prefix.hosts.first : nil
    return IPv6Link(
      prefix: prefix, gateway: named ?? prefix.address(at: engine.gateway),
      host: own ?? prefix.address(at: engine.loopback.offset),
      servers: engine.reserved6.map { prefix.address(at: $0) })
  }
  let host =
    profile.host.isOnSwitch && network.hostAddress != .absent ? prefix.hosts.first : nil
  return IPv6Link(
    prefix: prefix, gateway: network.gateway6 ?? (profile.router == .host ? host : nil), host: host)
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
