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
      let mode = lab.networks[index].mode
      guard mode.choosesPrefix, let prefix = plan.networks[index].ipv4?.prefix else { return nil }
      return RememberedPrefix(network: identities.networks[index], mode: mode, prefix: prefix)
    }
  }

  private func addressesInUse(_ plan: AddressPlan) -> [RememberedAddress] {
    var rows: [RememberedAddress] = []
    rows.reserveCapacity(memory.addresses.count)
    for machine in lab.machinesInNameOrder {
      for (position, adapter) in lab.machines[machine].adapters.enumerated() {
        guard let network = adapter.network, lab.networks[network].mode.choosesPrefix else {
          continue
        }
        let holder = RememberedAddress.Holder.adapter(identities.adapters[machine][position])
        for (address, source) in rememberedAddresses(plan.adapters[machine][position]) {
          rows.append(
            RememberedAddress(
              network: identities.networks[network], address: address, holder: holder,
              isStatic: source == .static))
        }
      }
    }
    for row in memory.addresses where row.isReservation && row.freedAt == nil {
      guard let index = networks[row.network] else { continue }
      var row = row
      row.network = identities.networks[index]
      rows.append(row)
    }
    return rows
  }

  /// An IPv6 address that is made from the hardware address stays with that.
  private func rememberedAddresses(_ plan: AdapterPlan) -> [(AnyAddress, AddressSource)] {
    var addresses: [(AnyAddress, AddressSource)] = []
    if let address = plan.ipv4.address { addresses.append((.ipv4(address), plan.ipv4.source)) }
    if let ipv6 = plan.ipv6, let address = ipv6.address, let length = ipv6.prefixLength,
      length > IPv6Link.longestWithInterfaceIdentifiers
    {
      addresses.append((.ipv6(address), ipv6.source))
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
    return memory.prefixes.compactMap { row in
      guard !used.overlaps(row.prefix) else { return nil }
      var row = row
      if let index = networks[row.network] { row.network = identities.networks[index] }
      row.freedAt = row.freedAt ?? time
      return row
    }
  }

  private func restingAddresses(beside inUse: [RememberedAddress]) -> [RememberedAddress] {
    struct Place: Hashable {
      let network: NetworkIdentity
      let address: AnyAddress
    }
    guard !memory.addresses.isEmpty else { return [] }
    let used = Set(inUse.map { Place(network: $0.network, address: $0.address) })
    return memory.addresses.compactMap { row in
      var row = row
      if let index = networks[row.network] { row.network = identities.networks[index] }
      guard !used.contains(Place(network: row.network, address: row.address)) else { return nil }
      row.freedAt = row.freedAt ?? time
      return row
    }
  }
}
