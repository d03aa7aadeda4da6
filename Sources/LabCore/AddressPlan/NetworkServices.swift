/// The addresses of a network that are not adapters', before any adapter has one.
struct NetworkServices {
  let prefix: IPv4Prefix
  /// The default router that the network's VMs are given.
  let gateway: IPv4Address?
  /// The host's own address there, or the alias of its loopback.
  let host: IPv4Address?
  let dhcp: DHCPPlan<IPv4Address>?
  /// What the planner gives away; nil where someone else decides on every address.
  let allotment: Allotment<IPv4Address>?
  /// Never given to an adapter: routers, the host, servers.
  let reserved: [IPv4Address]

  init(
    prefix: IPv4Prefix, gateway: IPv4Address?, host: IPv4Address?, dhcp: DHCPPlan<IPv4Address>?,
    allotment: Allotment<IPv4Address>?, reserved: [IPv4Address?]
  ) {
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
  switch network.mode {
  case .nat: return natServices(prefix)
  case .natNetwork: return natNetworkServices(network, prefix, version: lab.hypervisor.version)
  case .hostOnly:
    return lab.hasVmnetHostOnlyNetworks
      ? vmnetServices(network, prefix) : hostOnlyServices(network, prefix)
  case .internal: return internalServices(network, prefix)
  case .bridged: return lanServices(prefix, uplink: lab.host.uplink)
  }
}

/// The private router that NAT gives each adapter.
func natServices(_ prefix: IPv4Prefix) -> NetworkServices {
  let gateway = prefix.address(at: NATOffset.gateway)
  return NetworkServices(
    prefix: prefix, gateway: gateway, host: gateway, dhcp: nil, allotment: nil,
    reserved: [NATOffset.gateway, NATOffset.nameServer, NATOffset.bootServer].map {
      prefix.address(at: $0)
    })
}

private func natNetworkServices(
  _ network: Network, _ prefix: IPv4Prefix, version: HypervisorVersion
) -> NetworkServices {
  let gateway = prefix.address(at: NATNetworkOffset.gateway)
  let loopback =
    version.isAtLeast(7, 2) ? gateway : prefix.address(at: NATNetworkOffset.hostLoopback)
  let dhcp = dhcpPlan(
    network.dhcp ?? .standard, in: prefix,
    server: prefix.address(at: NATNetworkOffset.dhcpServer),
    first: prefix.address(at: NATNetworkOffset.firstLease), last: prefix.hosts.last)
  let reserved =
    [1, 2, 3].map { prefix.address(at: UInt32($0)) } + [network.gateway, dhcp?.server]
  return NetworkServices(
    prefix: prefix, gateway: network.gateway ?? gateway, host: loopback, dhcp: dhcp,
    allotment: allotment(prefix, dhcp, reserved: reserved), reserved: reserved)
}

private func hostOnlyServices(_ network: Network, _ prefix: IPv4Prefix) -> NetworkServices {
  let host = prefix.address(at: HostOnlyOffset.host).flatMap {
    prefix.hosts.contains($0) ? $0 : prefix.hosts.first
  }
  let byHabit: DHCPRequest =
    prefix == VirtualBoxDefaults.factoryHostOnlyPrefix ? .standard : .off
  let dhcp: DHCPPlan<IPv4Address>?
  if prefix.length == 24 {
    dhcp = dhcpPlan(
      network.dhcp ?? byHabit, in: prefix, server: prefix.address(at: HostOnlyOffset.dhcpServer),
      first: prefix.address(at: HostOnlyOffset.firstLease),
      last: prefix.address(at: HostOnlyOffset.lastLease))
  } else {
    dhcp = dhcpPlan(
      network.dhcp ?? byHabit, in: prefix, server: prefix.address(at: 2),
      first: prefix.address(at: 3), last: prefix.hosts.last)
  }
  let reserved = [host, network.gateway, dhcp?.server]
  return NetworkServices(
    prefix: prefix, gateway: network.gateway, host: host, dhcp: dhcp,
    allotment: allotment(prefix, dhcp, reserved: reserved), reserved: reserved)
}

extension Lab {
  /// Whether host-only networks are those of Apple's vmnet framework: on macOS from 7.0 on.
  var hasVmnetHostOnlyNetworks: Bool {
    host.operatingSystem == .macos && hypervisor.version.isAtLeast(7, 0)
  }
}

/// A host-only network of macOS: the lowest address is the host's, and macOS itself hands out what
/// comes after it, without reservations (manual section 6.7; Apple, `vmnet_start_address_key`).
private func vmnetServices(_ network: Network, _ prefix: IPv4Prefix) -> NetworkServices {
  let host = prefix.hosts.first
  let last =
    prefix.length == 24 ? HostOnlyOffset.lastVmnetLease : UInt32(prefix.addressCount / 4 * 3)
  let dhcp = dhcpPlan(
    network.dhcp ?? .standard, in: prefix, server: host,
    first: prefix.address(at: HostOnlyOffset.firstVmnetLease), last: prefix.address(at: last))
  let reserved = [host, network.gateway, dhcp?.server]
  return NetworkServices(
    prefix: prefix, gateway: network.gateway, host: host, dhcp: dhcp,
    allotment: allotment(prefix, nil, withheld: dhcp?.pool, reserved: reserved),
    reserved: reserved)
}

private func internalServices(_ network: Network, _ prefix: IPv4Prefix) -> NetworkServices {
  let dhcp = dhcpPlan(
    network.dhcp ?? .off, in: prefix, server: prefix.address(at: 2),
    first: prefix.address(at: 3), last: prefix.hosts.last)
  let reserved = [network.gateway, dhcp?.server]
  return NetworkServices(
    prefix: prefix, gateway: network.gateway, host: nil, dhcp: dhcp,
    allotment: allotment(prefix, dhcp, reserved: reserved), reserved: reserved)
}

private func lanServices(_ prefix: IPv4Prefix, uplink: Uplink) -> NetworkServices {
  NetworkServices(
    prefix: prefix, gateway: uplink.gateway, host: uplink.ipv4?.address,
    dhcp: uplink.dhcp.map { DHCPPlan(server: nil, pool: $0) }, allotment: nil,
    reserved: [uplink.gateway, uplink.ipv4?.address])
}

/// The DHCP pool, where reservations can be made with its server, else everything that machines may
/// have; nil on link-local prefixes, where guests choose for themselves (RFC 3927).
private func allotment(
  _ prefix: IPv4Prefix, _ dhcp: DHCPPlan<IPv4Address>?,
  withheld: AddressRange<IPv4Address>? = nil, reserved: [IPv4Address?]
) -> Allotment<IPv4Address>? {
  guard !VirtualBoxDefaults.linkLocal.contains(prefix) else { return nil }
  return Allotment(
    prefix: prefix, range: dhcp.map { prefix.hosts.intersection($0.pool) } ?? prefix.hosts,
    withheld: withheld, reserved: reserved.compactMap { $0 },
    source: dhcp == nil ? .planned : .reserved)
}

/// The server that a document asks for, with the mode's habit where it leaves a part out; nil
/// where it asks for none, or where the prefix has no room for one.
private func dhcpPlan(
  _ request: DHCPRequest, in prefix: IPv4Prefix,
  server: IPv4Address?, first: IPv4Address?, last: IPv4Address?
) -> DHCPPlan<IPv4Address>? {
  guard case .on(let givenServer, let givenFirst, let givenLast) = request,
    let first = givenFirst ?? first, let last = givenLast ?? last,
    let pool = AddressRange(first: first, last: last),
    prefix.contains(pool.first), prefix.contains(pool.last)
  else { return nil }
  return DHCPPlan(server: givenServer ?? server, pool: pool)
}
