/// The addresses of a network that are not adapters', before any adapter has one.
struct NetworkServices {
  let prefix: IPv4Prefix
  /// The default router that the network's VMs are given; of a VM without a static address, once
  /// that has its own.
  var gateway: IPv4Address?
  /// The host's own address there, or the alias of its loopback.
  let host: IPv4Address?
  let dhcp: DHCPPlan<IPv4Address>?
  /// What the planner gives away; nil where someone else decides on every address.
  let allotment: Allotment<IPv4Address>?
  /// Never given to an adapter: routers, the host, servers.
  let reserved: [IPv4Address]
  /// What an engine leases its only guest.
  let leased: IPv4Address?

  init(
    prefix: IPv4Prefix, gateway: IPv4Address?, host: IPv4Address?, dhcp: DHCPPlan<IPv4Address>?,
    allotment: Allotment<IPv4Address>?, reserved: [IPv4Address?], leased: IPv4Address? = nil
  ) {
    self.leased = leased
    self.prefix = prefix
    self.gateway = gateway
    self.host = host
    self.dhcp = dhcp
    self.allotment = allotment
    self.reserved = reserved.compactMap { $0 }
  }
}

/// What answers on a network besides its VMs; nil where its prefix is unknown.
func services(of network: Network, prefix: IPv4Prefix?, in lab: Lab) -> NetworkServices? {
  guard let prefix else { return nil }
  let profile = network.profile
  switch profile.dhcp {
  case .uplink:
    let uplink = lab.host.uplink
    guard let vlan = network.vlan else {
      return lanServices(prefix, uplink: uplink, host: uplink.ipv4?.address)
    }
    return lanServices(
      prefix, uplink: uplink.asSeen(fromVLAN: vlan), host: uplink.vlan(vlan)?.hostAddress)
  case .fixed(let guest): return engineServices(profile, prefix, guest: guest)
  case .server(let server): return servedServices(network, prefix, server)
  }
}

/// The router of a private network, whose only guest it leases always the same address.
private func engineServices(
  _ profile: ModeProfile, _ prefix: IPv4Prefix, guest: UInt32
) -> NetworkServices {
  let engine = profile.router.engine
  return NetworkServices(
    prefix: prefix, gateway: engine.flatMap { prefix.address(at: $0.gateway) },
    host: engine.flatMap { prefix.address(at: $0.loopback.offset) }, dhcp: nil,
    allotment: nil, reserved: engine?.reserved.map { prefix.address(at: $0) } ?? [],
    leased: prefix.address(at: guest))
}

/// A network whose addresses the planner gives away, with a server of the hypervisor's or without.
private func servedServices(
  _ network: Network, _ prefix: IPv4Prefix, _ server: DHCPServerProfile
) -> NetworkServices {
  let engine = network.profile.router.engine
  let host = hostAddress(on: network, in: prefix)
  let dhcp = server.plan(network.dhcp, in: prefix, host: host)
  let reserved =
    (engine?.reserved ?? []).map { prefix.address(at: $0) }
    + [host, network.gateway, dhcp?.server]
  return NetworkServices(
    prefix: prefix,
    gateway: network.gateway ?? engine.flatMap { prefix.address(at: $0.gateway) }
      ?? (network.profile.router == .host ? host : nil),
    host: host ?? engine.flatMap { prefix.address(at: $0.loopback.offset) }, dhcp: dhcp,
    allotment: server.hasReservations || network.dhcpMachine != nil
      ? allotment(prefix, dhcp, reserved: reserved)
      : allotment(prefix, nil, withheld: dhcp?.pool, reserved: reserved),
    reserved: reserved)
}

private func hostAddress(on network: Network, in prefix: IPv4Prefix) -> IPv4Address? {
  switch network.hostAddress {
  case .absent: nil
  case .address(let address): address
  case nil: network.profile.host.address(in: prefix)
  }
}

extension HostFoot {
  /// The host's address in a prefix.
  fileprivate func address(in prefix: IPv4Prefix) -> IPv4Address? {
    switch self {
    case .absent, .uplink: nil
    case .first: prefix.hosts.first
    case .at(let offset):
      prefix.address(at: offset).flatMap {
        prefix.hosts.contains($0) ? $0 : prefix.hosts.first
      }
    }
  }
}

private func lanServices(
  _ prefix: IPv4Prefix, uplink: Uplink, host: IPv4Address?
) -> NetworkServices {
  NetworkServices(
    prefix: prefix, gateway: uplink.gateway, host: host,
    dhcp: uplink.dhcp.map { DHCPPlan(server: nil, pool: $0) }, allotment: nil,
    reserved: [uplink.gateway, host])
}

/// The DHCP pool, where reservations can be made with its server, else everything that machines may
/// have; nil on link-local prefixes, where guests choose for themselves (RFC 3927).
private func allotment(
  _ prefix: IPv4Prefix, _ dhcp: DHCPPlan<IPv4Address>?,
  withheld: AddressRange<IPv4Address>? = nil, reserved: [IPv4Address?]
) -> Allotment<IPv4Address>? {
  guard !IPv4Prefix.linkLocal.contains(prefix) else { return nil }
  return Allotment(
    prefix: prefix, range: dhcp.map { prefix.hosts.intersection($0.pool) } ?? prefix.hosts,
    withheld: withheld, reserved: reserved.compactMap { $0 },
    source: dhcp == nil ? .planned : .reserved)
}
