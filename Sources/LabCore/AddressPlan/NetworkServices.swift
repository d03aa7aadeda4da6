/// The addresses of a network that are not adapters', before any adapter has one.
struct NetworkServices {
  let prefix: IPv4Prefix
  /// The default router that the network's VMs are given.
  let gateway: IPv4Address?
  /// The host's own address there, or the alias of its loopback.
  let host: IPv4Address?
  let dhcp: DHCPPlan<IPv4Address>?
  /// Never given to an adapter: routers, the host, servers.
  let reserved: [IPv4Address]
}

/// What answers on a network besides its VMs; nil where its prefix is unknown.
func services(of network: Network, prefix: IPv4Prefix?, in lab: Lab) -> NetworkServices? {
  guard let prefix else { return nil }
  switch network.mode {
  case .nat: return natServices(prefix)
  case .natNetwork: return natNetworkServices(network, prefix, version: lab.hypervisor.version)
  case .hostOnly: return hostOnlyServices(network, prefix)
  case .internal: return internalServices(network, prefix)
  case .bridged: return lanServices(prefix, uplink: lab.host.uplink)
  }
}

/// The private router that NAT gives each adapter.
func natServices(_ prefix: IPv4Prefix) -> NetworkServices {
  let roles = [NATOffset.gateway, NATOffset.nameServer, NATOffset.bootServer]
    .compactMap { prefix.address(at: $0) }
  return NetworkServices(
    prefix: prefix, gateway: roles.first, host: roles.first, dhcp: nil, reserved: roles)
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
  let fixed = [1, 2, 3].compactMap { prefix.address(at: UInt32($0)) }
  return NetworkServices(
    prefix: prefix, gateway: network.gateway ?? gateway, host: loopback, dhcp: dhcp,
    reserved: fixed + [network.gateway, dhcp?.server].compactMap { $0 })
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
  return NetworkServices(
    prefix: prefix, gateway: network.gateway, host: host, dhcp: dhcp,
    reserved: [host, network.gateway, dhcp?.server].compactMap { $0 })
}

private func internalServices(_ network: Network, _ prefix: IPv4Prefix) -> NetworkServices {
  let dhcp = dhcpPlan(
    network.dhcp ?? .off, in: prefix, server: prefix.address(at: 2),
    first: prefix.address(at: 3), last: prefix.hosts.last)
  return NetworkServices(
    prefix: prefix, gateway: network.gateway, host: nil, dhcp: dhcp,
    reserved: [network.gateway, dhcp?.server].compactMap { $0 })
}

private func lanServices(_ prefix: IPv4Prefix, uplink: Uplink) -> NetworkServices {
  NetworkServices(
    prefix: prefix, gateway: uplink.gateway, host: uplink.ipv4?.address,
    dhcp: uplink.dhcp.map { DHCPPlan(server: nil, pool: $0) },
    reserved: [uplink.gateway, uplink.ipv4?.address].compactMap { $0 })
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
