extension Recollection {
  /// What is to be remembered once a version of the lab has its plan.
  ///
  /// What is no longer in use rests from now on. Rows come in an order that does not depend on
  /// places in the document.
  func memory(after plan: AddressPlan) -> AddressMemory {
    let prefixes = prefixesInUse(plan)
    let addresses = addressesInUse(plan)
    return AddressMemory(
      prefixes: prefixes + restingPrefixes(beside: prefixes),
      addresses: addresses + restingAddresses(beside: addresses),
      hardwareAddresses: hardwareAddresses(plan))
  }

  private var networksInNameOrder: [Int] {
    lab.networks.indices.sorted { lab.networks[$0].name < lab.networks[$1].name }
  }

  // MARK: In use

  private func prefixesInUse(_ plan: AddressPlan) -> [RememberedPrefix] {
    networksInNameOrder.compactMap { index in
      let network = lab.networks[index]
      guard network.profile.prefixes.isPlanned, let prefix = plan.networks[index].ipv4?.prefix
      else { return nil }
      return RememberedPrefix(
        network: identities.networks[index], mode: network.mode, prefix: prefix)
    }
  }

  private func addressesInUse(_ plan: AddressPlan) -> [RememberedAddress] {
    var rows: [RememberedAddress] = []
    rows.reserveCapacity(memory.addresses.count)
    // What copies of one disk share is remembered once.
    var shared: Set<SharedAddress> = []
    for machine in lab.machinesInNameOrder {
      for (position, adapter) in lab.machines[machine].adapters.enumerated() {
        guard let network = adapter.network, lab.networks[network].profile.prefixes.isPlanned else {
          continue
        }
        let holder = RememberedAddress.Holder.adapter(identities.adapters[machine][position])
        for (address, source) in rememberedAddresses(
          plan.adapters[machine][position], of: adapter)
        {
          if lab.machines[machine].copyOf != nil, source == .reserved,
            !shared.insert(SharedAddress(owner: lab.switches[network], address: address)).inserted
          {
            continue
          }
          rows.append(
            RememberedAddress(
              network: identities.networks[network], address: address, holder: holder,
              isStatic: source == .static))
        }
      }
    }
    return rows + reservationsInUse()
  }

  /// One for each address: those that a network had under its own name come before those of a
  /// network that goes on under that name.
  private func reservationsInUse() -> [RememberedAddress] {
    var own: [RememberedAddress] = []
    var moved: [RememberedAddress] = []
    for row in memory.addresses where row.isReservation && row.freedAt == nil {
      guard let index = networks[row.network] else { continue }
      let identity = identities.networks[index]
      guard row.network != identity else {
        own.append(row)
        continue
      }
      var row = row
      row.network = identity
      moved.append(row)
    }
    guard !moved.isEmpty else { return own }
    return latest(of: own + moved) {
      (AddressRowKey(network: $0.network, address: $0.address, adapter: nil), $0.freedAt)
    }
  }

  /// An IPv6 address that is made from the hardware address stays with that.
  private func rememberedAddresses(
    _ plan: AdapterPlan, of adapter: Adapter
  ) -> [(AnyAddress, AddressSource)] {
    var addresses: [(AnyAddress, AddressSource)] = []
    if let address = plan.ipv4.address { addresses.append((.ipv4(address), plan.ipv4.source)) }
    if let ipv6 = plan.ipv6, let address = ipv6.address, let length = ipv6.prefixLength,
      length > IPv6Link.longestWithInterfaceIdentifiers
    {
      addresses.append((.ipv6(address), ipv6.source))
    }
    var known = Set([plan.ipv4.address].compactMap { $0 })
    for secondary in adapter.secondary where known.insert(secondary.address).inserted {
      addresses.append((.ipv4(secondary.address), .static))
    }
    return addresses
  }

  private func hardwareAddresses(_ plan: AddressPlan) -> [RememberedHardwareAddress] {
    lab.machinesInNameOrder.flatMap { machine in
      zip(identities.adapters[machine], plan.adapters[machine]).map {
        RememberedHardwareAddress(adapter: $0, address: $1.mac)
      }
    }
  }

  // MARK: Resting

  private func restingPrefixes(beside inUse: [RememberedPrefix]) -> [RememberedPrefix] {
    let used = AddressSet(inUse.map(\.prefix))
    let rows = memory.prefixes.compactMap { row -> RememberedPrefix? in
      guard !used.overlaps(row.prefix) else { return nil }
      var row = row
      if let index = networks[row.network] { row.network = identities.networks[index] }
      row.freedAt = row.freedAt ?? time
      return row
    }
    let resting = latest(of: rows) { row in
      var key = row
      key.freedAt = nil
      return (key, row.freedAt)
    }
    return lastFreed(of: resting, \.freedAt)
  }

  private func restingAddresses(beside inUse: [RememberedAddress]) -> [RememberedAddress] {
    struct Place: Hashable {
      let network: NetworkIdentity
      let address: AnyAddress
    }
    guard !memory.addresses.isEmpty else { return [] }
    let used = Set(inUse.map { Place(network: $0.network, address: $0.address) })
    let rows = memory.addresses.compactMap { row -> RememberedAddress? in
      var row = row
      if let index = networks[row.network] { row.network = identities.networks[index] }
      guard !used.contains(Place(network: row.network, address: row.address)) else { return nil }
      row.freedAt = row.freedAt ?? time
      return row
    }
    let resting = latest(of: rows) { row in
      let adapter: AdapterIdentity? =
        if case .adapter(let adapter) = row.holder { adapter } else { nil }
      return (
        AddressRowKey(network: row.network, address: row.address, adapter: adapter), row.freedAt
      )
    }
    return lastFreed(of: resting, \.freedAt)
  }
}

/// An address of a switch.
private struct SharedAddress: Hashable {
  let owner: Int
  let address: AnyAddress
}

/// What tells rows of addresses apart: of an address, each adapter has one row and all reservations
/// together have one.
private struct AddressRowKey: Hashable {
  let network: NetworkIdentity
  let address: AnyAddress
  let adapter: AdapterIdentity?
}

/// Rows in their order, of those with the same key the one that was given up last. There are several
/// where a network goes on under the name of another one that rests.
private func latest<Row, Key: Hashable>(
  of rows: [Row], by key: (Row) -> (key: Key, freedAt: Int64?)
) -> [Row] {
  var kept: [Row] = []
  kept.reserveCapacity(rows.count)
  var places: [Key: (index: Int, freedAt: Int64)] = [:]
  for row in rows {
    let (key, time) = key(row)
    let freedAt = time ?? .max
    if let place = places[key] {
      guard freedAt > place.freedAt else { continue }
      kept[place.index] = row
      places[key] = (place.index, freedAt)
    } else {
      places[key] = (kept.count, freedAt)
      kept.append(row)
    }
  }
  return kept
}

/// As many rows as may rest, in their order: those that were given up last.
private func lastFreed<Row>(of rows: [Row], _ freedAt: (Row) -> Int64?) -> [Row] {
  guard rows.count > AddressMemory.mostResting else { return rows }
  let times = rows.map { freedAt($0) ?? .max }
  let kept = rows.indices.sorted { (times[$1], $0) < (times[$0], $1) }
    .prefix(AddressMemory.mostResting)
  return kept.sorted().map { rows[$0] }
}
