/// Chooses the IPv4 prefix of every network that has none, by index in `Lab.networks`.
///
/// Nil stays nil on NAT, where every adapter has a private network, on bridged networks of an
/// unknown LAN, and where the pools are full. A network whose adapters have static addresses gets
/// a prefix that holds them. No prefix that is chosen from a pool overlaps another one of the lab,
/// the uplink's, one that the host already uses, or one of another lab on the same host.
///
/// Which of the free prefixes a network gets depends on its name and not on its place.
func planPrefixes(of lab: Lab) -> [IPv4Prefix?] {
  planPrefixes(of: lab, beside: NeighbouringLabs(), remembered: [:], resting: [])
}

/// The same for a lab that had prefixes before.
///
/// - Parameters:
///   - neighbours: what other labs of the same host use.
///   - remembered: by index of the network, the prefix that it has or had until lately. It keeps
///     one that it has, whatever is added to the lab, unless its own part of the document asks for
///     another; it gets back one that it had where that is still free.
///   - resting: what other networks had until lately, the longest rested first.
///   - onlyRemembered: whether a network that has no prefix yet gets none.
func planPrefixes(
  of lab: Lab, beside neighbours: NeighbouringLabs, remembered: [Int: RememberedPrefix],
  resting: [IPv4Prefix], onlyRemembered: Bool = false
) -> [IPv4Prefix?] {
  var planner = PrefixPlanner(lab: lab, neighbours: neighbours, resting: resting)
  return onlyRemembered
    ? planner.recall(remembered) : planner.plan(remembered: remembered)
}

private struct PrefixPlanner {
  let lab: Lab
  let needs: [NetworkNeed]
  let resting: [IPv4Prefix]
  /// Everything that a prefix must keep clear of.
  var taken: AddressSet<IPv4Address>
  /// The same, as prefixes to take out of the pools: only who chooses one has to lay them out.
  var occupied: [IPv4Prefix]
  var prefixes: [IPv4Prefix?]

  init(lab: Lab, neighbours: NeighbouringLabs, resting: [IPv4Prefix]) {
    self.lab = lab
    needs = networkNeeds(of: lab)
    self.resting = resting
    prefixes = lab.networks.map(\.ipv4)
    occupied = prefixesInUse(by: lab) + neighbours.prefixes
    taken = AddressSet(occupied)
  }

  mutating func plan(remembered: [Int: RememberedPrefix]) -> [IPv4Prefix?] {
    for index in lab.networks.indices { shareWithSwitch(index) }
    let open = networksToChooseFor()
    let (has, had) = (
      remembered.filter { $0.value.freedAt == nil }, remembered.filter { $0.value.freedAt != nil }
    )
    for index in open {
      if let row = has[index] { taken.insert(row.prefix) }
    }
    for index in open {
      if let row = has[index] { keep(row.prefix, for: index) }
    }
    for index in open {
      if let row = had[index], !taken.overlaps(row.prefix) { keep(row.prefix, for: index) }
    }
    for index in open where prefixes[index] == nil { holdFixedAddresses(of: index) }
    choose(for: open.filter { prefixes[$0] == nil })
    return byNetwork()
  }

  /// The prefixes that the networks have, without choosing any.
  mutating func recall(_ remembered: [Int: RememberedPrefix]) -> [IPv4Prefix?] {
    for index in lab.networks.indices { shareWithSwitch(index) }
    for index in networksToChooseFor() {
      if let row = remembered[index], row.freedAt == nil { prefixes[index] = row.prefix }
    }
    return byNetwork()
  }

  private func networksToChooseFor() -> [Int] {
    lab.networks.indices
      .filter {
        prefixes[$0] == nil && lab.switches[$0] == $0 && lab.networks[$0].profile.prefixes.isPlanned
      }
      .sorted { lab.networks[$0].name < lab.networks[$1].name }
  }

  private mutating func byNetwork() -> [IPv4Prefix?] {
    for index in lab.networks.indices where lab.networks[index].profile.segment == .uplink {
      let lan = lab.host.uplink.asSeen(fromVLAN: lab.networks[index].vlan)
      prefixes[index] = prefixes[index] ?? lan.ipv4?.prefix
    }
    return lab.networks.indices.map { prefixes[lab.switches[$0]] }
  }

  /// On a switch of several networks, what one of them says holds for all.
  private mutating func shareWithSwitch(_ index: Int) {
    let owner = lab.switches[index]
    guard owner != index, lab.networks[owner].ipv4 == nil, let prefix = prefixes[index] else {
      return
    }
    prefixes[owner] = min(prefixes[owner] ?? prefix, prefix)
  }

  private mutating func occupy(_ prefix: IPv4Prefix, for index: Int) {
    prefixes[index] = prefix
    taken.insert(prefix)
    occupied.append(prefix)
  }

  private func capacity(of index: Int, on prefix: IPv4Prefix) -> UInt128 {
    services(of: lab.networks[index], prefix: prefix, in: lab)?.allotment?.capacity ?? 0
  }

  // MARK: Remembered prefixes

  private mutating func keep(_ prefix: IPv4Prefix, for index: Int) {
    let need = needs[index]
    guard need.ownAddresses.allSatisfy(prefix.hosts.contains) else { return }
    if capacity(of: index, on: prefix) >= UInt128(need.hosts) {
      return occupy(prefix, for: index)
    }
    if let wider = widened(prefix, for: index) { return occupy(wider, for: index) }
    // Only the document's own word moves a network; the adapters that find no room get none.
    if capacity(of: index, on: prefix) >= UInt128(need.size) { occupy(prefix, for: index) }
  }

  /// A prefix that begins at the same address, so that every address on it stays what it is.
  private func widened(_ prefix: IPv4Prefix, for index: Int) -> IPv4Prefix? {
    var others = taken
    others.remove(prefix)
    for length in stride(from: prefix.length - 1, through: 8, by: -1) {
      let wider = IPv4Prefix(containing: prefix.network, length: length)
      guard wider.network == prefix.network, !others.overlaps(wider),
        let services = services(of: lab.networks[index], prefix: wider, in: lab),
        let allotment = services.allotment, allotment.withheld == nil
      else { return nil }
      if allotment.capacity >= UInt128(needs[index].hosts) { return wider }
    }
    return nil
  }

  // MARK: New prefixes

  /// Takes the prefix around the addresses that the document fixes on a network without one.
  private mutating func holdFixedAddresses(of index: Int) {
    let fixed = needs[index].ownAddresses + needs[index].adapterAddresses
    guard let first = fixed.first else { return }
    let wanted = prefixLength(for: index)
    var length = wanted
    while length > 8,
      !fixed.allSatisfy(IPv4Prefix(containing: first, length: length).hosts.contains)
    {
      length -= 1
    }
    var prefix = IPv4Prefix(containing: first, length: length)
    // A part of it may do where the whole would overlap another.
    while taken.overlaps(prefix), prefix.length < 30 {
      let part = IPv4Prefix(containing: first, length: prefix.length + 1)
      guard fixed.allSatisfy(part.hosts.contains),
        capacity(of: index, on: part) >= UInt128(needs[index].hosts)
      else { break }
      prefix = part
    }
    if taken.overlaps(prefix) { prefix = IPv4Prefix(containing: first, length: length) }
    occupy(prefix, for: index)
  }

  private func prefixLength(for index: Int) -> Int {
    let start = lab.networks[index].profile.prefixes.pools.first?.first?.first
    return needs[index].prefixLength { length in
      capacity(
        of: index,
        on: IPv4Prefix(containing: start ?? IPv4Address(bits: 0), length: length))
    }
  }

  private struct Request: Hashable, Comparable {
    let length: Int
    let mode: Int

    static func < (left: Request, right: Request) -> Bool {
      (left.length, left.mode) < (right.length, right.mode)
    }
  }

  /// Takes prefixes for networks of one length and mode together, the widest first, and shares
  /// them out by name.
  private mutating func choose(for open: [Int]) {
    guard !open.isEmpty else { return }
    var space = PrefixSpace(of: lab, resting: resting)
    for prefix in occupied { space.occupy(prefix) }
    let modes = NetworkMode.allCases
    let requests = Dictionary(grouping: open) { index in
      Request(
        length: prefixLength(for: index),
        mode: modes.firstIndex(of: lab.networks[index].mode) ?? 0)
    }
    for (request, indices) in requests.sorted(by: { $0.key < $1.key }) {
      let mode = modes[request.mode]
      let networks = indices.sorted { lab.networks[$0].name < lab.networks[$1].name }
      let found = networks.compactMap { _ in space.take(ofLength: request.length, for: mode) }
        .sorted()
      let seats = shareOut(
        seats: found.map { UInt64($0.network.bits) },
        among: networks.map { Claimant(name: lab.networks[$0].name) },
        numberedFrom: numbering(request.length, mode))
      for (index, seat) in zip(networks, seats) {
        guard let seat else { continue }
        prefixes[index] = found[seat]
        taken.insert(found[seat])
      }
    }
  }

  /// Prefixes of one length count from the beginning of the mode's first pool.
  private func numbering(_ length: Int, _ mode: NetworkMode) -> Numbering {
    let start = lab.product.pools(of: mode).first?.first?.first ?? IPv4Address(bits: 0)
    let first = IPv4Prefix(containing: start, length: length)
    return Numbering(
      first: UInt64(first.network.bits), step: UInt64(1) << UInt64(32 - length))
  }
}

/// What no chosen prefix may overlap.
private func prefixesInUse(by lab: Lab) -> [IPv4Prefix] {
  var taken: Set<IPv4Prefix> = []
  if let uplink = lab.host.uplink.ipv4 { taken.insert(uplink.prefix) }
  for vlan in lab.host.uplink.vlans {
    if let prefix = vlan.ipv4?.prefix { taken.insert(prefix) }
  }
  for case .ipv4(let prefix) in lab.host.occupied { taken.insert(prefix) }
  for case .ipv4(let prefix, _) in lab.host.siteRoutes { taken.insert(prefix) }
  for network in lab.networks {
    if let prefix = network.ipv4 { taken.insert(prefix) }
  }
  for machine in lab.machines {
    for inside in machine.inside {
      if case .ipv4(let prefix) = inside.prefix { taken.insert(prefix) }
    }
    for adapter in machine.adapters {
      let network = lab.network(of: adapter)
      if let prefix = network?.prefix(ofAdapterIn: adapter.slot) { taken.insert(prefix) }
    }
  }
  return taken.sorted()
}
