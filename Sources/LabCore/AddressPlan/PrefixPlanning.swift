/// Chooses the IPv4 prefix of every network that has none, by index in `Lab.networks`.
///
/// Nil stays nil on NAT, where every adapter has a private network, and on bridged networks of an
/// unknown LAN. A network whose adapters have static addresses gets a prefix that holds them. No
/// prefix that is chosen from a pool overlaps another one of the lab, the uplink's, or one that the
/// host already uses.
func planPrefixes(of lab: Lab) -> [IPv4Prefix?] {
  var space = PrefixSpace()
  var prefixes = lab.networks.map(\.ipv4)
  for prefix in prefixesInUse(by: lab) { space.occupy(prefix) }
  let needs = networkNeeds(of: lab)
  let open = lab.networks.indices.filter {
    prefixes[$0] == nil && lab.switches[$0] == $0 && lab.networks[$0].mode.choosesPrefix
  }
  for index in open {
    guard let prefix = needs[index].prefixHoldingFixedAddresses else { continue }
    space.occupy(prefix)
    prefixes[index] = prefix
  }
  for index in open where prefixes[index] == nil {
    prefixes[index] = space.take(
      ofLength: needs[index].prefixLength, for: lab.networks[index].mode)
  }
  for index in lab.networks.indices where lab.networks[index].mode == .bridged {
    prefixes[index] = prefixes[index] ?? lab.host.uplink.ipv4?.prefix
  }
  return lab.networks.indices.map { prefixes[$0] ?? prefixes[lab.switches[$0]] }
}

extension NetworkMode {
  /// Whether the planner gives a network of this mode a prefix where the document gives none.
  fileprivate var choosesPrefix: Bool {
    switch self {
    case .nat, .bridged: false
    case .natNetwork, .internal, .hostOnly: true
    }
  }
}

/// What no chosen prefix may overlap.
private func prefixesInUse(by lab: Lab) -> [IPv4Prefix] {
  var taken: Set<IPv4Prefix> = []
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
  return taken.sorted()
}

/// What a network's prefix has to have room for.
private struct NetworkNeed {
  /// How many addresses.
  var hosts = 0
  /// Those that the document fixes.
  var fixed: [IPv4Address] = []

  /// /24, or as much shorter as it takes for a quarter more than the hosts to fit.
  var prefixLength: Int {
    var length = 24
    while length > 8, (1 << (32 - length)) - 8 < hosts + hosts / 4 { length -= 1 }
    return length
  }

  /// The prefix around the addresses that the document fixes; nil when it fixes none.
  var prefixHoldingFixedAddresses: IPv4Prefix? {
    guard let first = fixed.first else { return nil }
    var length = prefixLength
    while length > 8 {
      let prefix = IPv4Prefix(containing: first, length: length)
      if fixed.allSatisfy(prefix.hosts.contains) { return prefix }
      length -= 1
    }
    return IPv4Prefix(containing: first, length: length)
  }
}

/// By index in `Lab.networks`; those of one switch are counted at the one they share it with.
private func networkNeeds(of lab: Lab) -> [NetworkNeed] {
  var needs = lab.networks.map { _ in NetworkNeed() }
  for machine in lab.machines {
    for adapter in machine.adapters {
      guard let network = adapter.network else { continue }
      needs[lab.switches[network]].hosts += 1
      if let address = adapter.address { needs[lab.switches[network]].fixed.append(address) }
    }
  }
  for (index, network) in lab.networks.enumerated() {
    let owner = lab.switches[index]
    needs[owner].hosts = max(needs[owner].hosts, network.size ?? 0)
    if let gateway = network.gateway { needs[owner].fixed.append(gateway) }
  }
  return needs
}
