/// Chooses the IPv4 prefix of every network that has none, by index in `Lab.networks`.
///
/// Nil stays nil on NAT, where every adapter has a private network, and on bridged networks of an
/// unknown LAN. A network whose adapters have static addresses gets a prefix that holds them. No
/// prefix that is chosen here overlaps another one of the lab, the uplink's, or one that the host
/// already uses, as long as the mode's pool has room.
func planPrefixes(of lab: Lab) -> [IPv4Prefix?] {
  var taken = prefixesInUse(by: lab)
  var prefixes = lab.networks.map(\.ipv4)
  for (index, network) in lab.networks.enumerated()
  where prefixes[index] == nil && lab.switches[index] == index {
    let wanted = wantedPrefixes(of: network, at: index, in: lab)
    if let chosen = wanted.first(where: { !taken.overlaps($0) }) ?? wanted.first {
      taken.insert(chosen)
      prefixes[index] = chosen
    } else if network.mode == .bridged {
      prefixes[index] = lab.host.uplink.ipv4?.prefix
    }
  }
  return lab.networks.indices.map { prefixes[$0] ?? prefixes[lab.switches[$0]] }
}

/// What no chosen prefix may overlap.
private func prefixesInUse(by lab: Lab) -> AddressSet<IPv4Address> {
  var taken = AddressSet<IPv4Address>()
  if let uplink = lab.host.uplink.ipv4 { taken.insert(uplink.prefix) }
  for case .ipv4(let prefix) in lab.host.occupied { taken.insert(prefix) }
  for network in lab.networks {
    if let prefix = network.ipv4 { taken.insert(prefix) }
  }
  for machine in lab.machines {
    for adapter in machine.adapters where lab.network(of: adapter)?.mode == .nat {
      taken.insert(defaultNATPrefix(slot: adapter.slot))
    }
  }
  return taken
}

/// Prefixes that would serve a network, best first; none where the mode chooses by itself.
private func wantedPrefixes(
  of network: Network, at index: Int, in lab: Lab
) -> [IPv4Prefix] {
  switch network.mode {
  case .nat, .bridged: return []
  case .natNetwork, .internal, .hostOnly: break
  }
  let adapters = lab.machines.flatMap(\.adapters).filter { adapter in
    adapter.network.map { lab.switches[$0] } == index
  }
  let length = prefixLength(forHosts: max(adapters.count, network.size ?? 0))
  let statics = adapters.compactMap(\.address) + [network.gateway].compactMap { $0 }
  if let holding = prefix(holding: statics, length: length) { return [holding] }
  return candidates(in: pool(of: network.mode), length: length, mode: network.mode)
}

private func pool(of mode: NetworkMode) -> IPv4Prefix {
  switch mode {
  case .natNetwork, .nat: VirtualBoxDefaults.natNetworkPool
  case .internal, .bridged: VirtualBoxDefaults.internalPool
  case .hostOnly: VirtualBoxDefaults.hostOnlyPool
  }
}

private func candidates(
  in pool: IPv4Prefix, length: Int, mode: NetworkMode
) -> [IPv4Prefix] {
  let first = mode == .natNetwork ? VirtualBoxDefaults.firstNATNetworkOctet : 0
  let start = pool.network.bits + UInt32(first) << 8
  let count = 1 << max(0, length - pool.length)
  return (0..<count).lazy
    .map {
      IPv4Prefix(
        containing: IPv4Address(bits: pool.network.bits + UInt32($0) << (32 - UInt32(length))),
        length: length)
    }
    .filter { $0.network.bits >= start || $0.length < 24 }
}

/// /24, or as much shorter as it takes for a quarter more than the hosts to fit.
private func prefixLength(forHosts hosts: Int) -> Int {
  var length = 24
  while length > 16, (1 << (32 - length)) - 8 < hosts + hosts / 4 { length -= 1 }
  return length
}

/// The prefix around addresses that the document fixes; nil when it fixes none.
private func prefix(holding addresses: [IPv4Address], length: Int) -> IPv4Prefix? {
  guard let first = addresses.first else { return nil }
  var length = length
  while length > 8 {
    let prefix = IPv4Prefix(containing: first, length: length)
    if addresses.allSatisfy(prefix.hosts.contains) { return prefix }
    length -= 1
  }
  return IPv4Prefix(containing: first, length: length)
}
