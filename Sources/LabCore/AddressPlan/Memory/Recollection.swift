/// A memory laid out for planning one version of its lab: rows that have rested long enough are
/// gone, and networks are known again.
struct Recollection {
  let lab: Lab
  let identities: LabIdentities
  let time: Int64
  /// Whether nothing is to be chosen anew: who has no address in the memory has none.
  let isComplete: Bool
  /// The rows that still count.
  let memory: AddressMemory
  /// The index in `Lab.networks` of each remembered network that the lab still has, under whatever
  /// name.
  let networks: [NetworkIdentity: Int]
  let hardwareAddresses: [AdapterIdentity: MACAddress]
  private let rowsOfAdapter: [AdapterIdentity: [RememberedAddress]]
  /// By index of the network that a switch's prefix is kept at.
  private let rowsOfNetwork: [Int: [RememberedAddress]]

  init(
    _ memory: AddressMemory, of lab: Lab, identities: LabIdentities, at time: Int64, rest: Int64,
    isComplete: Bool = false
  ) {
    self.isComplete = isComplete
    self.lab = lab
    self.identities = identities
    self.time = time
    var memory = memory
    memory.forgetRested(at: time, rest: rest)
    self.memory = memory
    var rows: [AdapterIdentity: [RememberedAddress]] = [:]
    for row in memory.addresses {
      if case .adapter(let adapter) = row.holder { rows[adapter, default: []].append(row) }
    }
    rowsOfAdapter = rows
    hardwareAddresses = Dictionary(
      memory.hardwareAddresses.map { ($0.adapter, $0.address) }, uniquingKeysWith: { $1 })
    let networks = recognise(memory.prefixes, in: lab, identities: identities, rows: rows)
    self.networks = networks
    var rowsOfNetwork: [Int: [RememberedAddress]] = [:]
    for row in memory.addresses {
      guard let network = networks[row.network] else { continue }
      rowsOfNetwork[lab.switches[network], default: []].append(row)
    }
    self.rowsOfNetwork = rowsOfNetwork
  }

  /// Where a row's network is now, as the index at which its switch keeps its prefix.
  private func owner(of row: RememberedAddress) -> Int? {
    networks[row.network].map { lab.switches[$0] }
  }

  /// What an adapter has and what it had until lately, on the network it is attached to now.
  func addresses<Address: IPAddress>(
    of adapter: AdapterReference, on owner: Int
  ) -> (kept: Address?, former: Address?) {
    guard !rowsOfAdapter.isEmpty else { return (nil, nil) }
    let identity = identities.adapters[adapter.machine][adapter.adapter]
    var kept: Address?
    var former: (address: Address, freedAt: Int64)?
    for row in rowsOfAdapter[identity] ?? [] where self.owner(of: row) == owner {
      guard let address: Address = row.address.ofFamily() else { continue }
      if row.freedAt == nil, !row.isStatic {
        kept = address
        continue
      }
      let freedAt = row.freedAt ?? time
      if freedAt >= former?.freedAt ?? .min { former = (address, freedAt) }
    }
    return (kept, former?.address)
  }

  /// What is reserved on a network for something outside the lab.
  func reservations<Address: IPAddress>(on owner: Int) -> [Address] {
    (rowsOfNetwork[owner] ?? []).filter { $0.isReservation && $0.freedAt == nil }
      .compactMap { $0.address.ofFamily() }
  }

  /// The addresses of a network that rest, with the time since when, the longest rested first.
  ///
  /// Those that are in use rest from now on, as far as nobody goes on having them.
  func resting<Address: IPAddress>(on owner: Int) -> [(address: Address, since: Int64)] {
    var latest: [Address: Int64] = [:]
    for row in rowsOfNetwork[owner] ?? [] {
      guard let address: Address = row.address.ofFamily() else { continue }
      latest[address] = max(latest[address] ?? .min, row.freedAt ?? time)
    }
    return latest.map { (address: $0.key, since: $0.value) }
      .sorted { ($0.since, $0.address) < ($1.since, $1.address) }
  }

  // MARK: Prefixes

  /// By index of the network: the prefix that it has, or had until lately.
  func prefixes() -> [Int: RememberedPrefix] {
    var found: [Int: RememberedPrefix] = [:]
    for row in memory.prefixes {
      guard let index = networks[row.network], lab.networks[index].mode == row.mode else {
        continue
      }
      let owner = lab.switches[index]
      guard let other = found[owner] else {
        found[owner] = row
        continue
      }
      if row.isPreferred(to: other, own: index == owner) { found[owner] = row }
    }
    return found
  }

  /// The prefixes that rest, the longest rested first; those that are in use from now on, as far as
  /// nobody goes on having them.
  func restingPrefixes() -> [IPv4Prefix] {
    memory.prefixes.map { (since: $0.freedAt ?? time, prefix: $0.prefix) }
      .sorted { ($0.since, $0.prefix) < ($1.since, $1.prefix) }
      .map(\.prefix)
  }
}

extension RememberedPrefix {
  /// What is in use comes before what rests, and then what was given up last.
  fileprivate func isPreferred(to other: RememberedPrefix, own: Bool) -> Bool {
    switch (freedAt, other.freedAt) {
    case (nil, nil): own
    case (nil, _): true
    case (_, nil): false
    case (let mine?, let theirs?): mine > theirs || mine == theirs && own
    }
  }
}

extension RememberedAddress {
  var isReservation: Bool {
    if case .reservation = holder { true } else { false }
  }
}

extension AnyAddress {
  /// The address if it is of the family that is asked for.
  func ofFamily<Address: IPAddress>() -> Address? {
    guard family == Address.family else { return nil }
    return switch self {
    case .ipv4(let address): Address(bits: Address.Bits(truncatingIfNeeded: address.bits))
    case .ipv6(let address): Address(bits: Address.Bits(truncatingIfNeeded: address.bits))
    }
  }

  init<Address: IPAddress>(_ address: Address) {
    self =
      switch Address.family {
      case .ipv4: .ipv4(IPv4Address(bits: UInt32(truncatingIfNeeded: address.bits)))
      case .ipv6: .ipv6(IPv6Address(bits: UInt128(truncatingIfNeeded: address.bits)))
      }
  }
}

extension AddressMemory {
  fileprivate mutating func forgetRested(at time: Int64, rest: Int64) {
    func isRested(_ freedAt: Int64?) -> Bool {
      guard let freedAt else { return false }
      let (end, overflow) = freedAt.addingReportingOverflow(rest)
      return !overflow && end <= time
    }
    prefixes.removeAll { isRested($0.freedAt) }
    addresses.removeAll { isRested($0.freedAt) }
  }
}

// MARK: Knowing networks again

/// The index in the lab of each remembered network that it still has: by identity, or else a
/// network of another name that has the adapters of one that is gone.
private func recognise(
  _ prefixes: [RememberedPrefix], in lab: Lab, identities: LabIdentities,
  rows: [AdapterIdentity: [RememberedAddress]]
) -> [NetworkIdentity: Int] {
  var known: [NetworkIdentity: Int] = [:]
  guard !prefixes.isEmpty || !rows.isEmpty else { return known }
  for (index, identity) in identities.networks.enumerated() { known[identity] = index }
  let live = prefixes.filter { $0.freedAt == nil }
  var gone: [NetworkIdentity: NetworkMode] = [:]
  for row in live where known[row.network] == nil { gone[row.network] = row.mode }
  guard !gone.isEmpty else { return known }
  let remembered = Set(live.map(\.network))
  let new = Set(
    lab.networks.indices.filter {
      lab.networks[$0].profile.prefixes.isPlanned && !remembered.contains(identities.networks[$0])
    })
  for (index, identity) in renamed(gone, among: new, in: lab, identities, rows) {
    known[identity] = index
  }
  return known
}

/// Pairs of a new network and one that is gone, of one mode and with the most adapters in common.
private func renamed(
  _ gone: [NetworkIdentity: NetworkMode], among new: Set<Int>, in lab: Lab,
  _ identities: LabIdentities, _ rows: [AdapterIdentity: [RememberedAddress]]
) -> [(Int, NetworkIdentity)] {
  struct Pair: Hashable {
    let network: Int
    let identity: NetworkIdentity
  }
  var common: [Pair: Int] = [:]
  for (machine, adapters) in zip(lab.machines, identities.adapters) {
    for (adapter, identity) in zip(machine.adapters, adapters) {
      guard let network = adapter.network, new.contains(network) else { continue }
      for row in rows[identity] ?? []
      where row.freedAt == nil && gone[row.network] == lab.networks[network].mode {
        common[Pair(network: network, identity: row.network), default: 0] += 1
      }
    }
  }
  let best = common.sorted { left, right in
    if left.value != right.value { return left.value > right.value }
    if left.key.network != right.key.network {
      return lab.networks[left.key.network].name < lab.networks[right.key.network].name
    }
    return left.key.identity < right.key.identity
  }
  var pairs: [(Int, NetworkIdentity)] = []
  var networks: Set<Int> = []
  var found: Set<NetworkIdentity> = []
  for (pair, _) in best where !networks.contains(pair.network) && !found.contains(pair.identity) {
    networks.insert(pair.network)
    found.insert(pair.identity)
    pairs.append((pair.network, pair.identity))
  }
  return pairs
}
