/// The networks and adapters of a lab that every candidate has as they are.
struct KeptParts {
  /// By index in `Lab.networks`.
  let networks: [Int]
  /// By VM: which of its adapters, by index.
  let adapters: [[Int]]
  let isEmpty: Bool

  init(_ lab: Lab) {
    let constraints = lab.draft.constraints
    var networks = Set(
      lab.networks.indices.filter { constraints.keptNetworks.contains(lab.networks[$0].name) })
    let named = networks
    adapters = lab.machines.map { machine in
      machine.adapters.indices.filter { index in
        let adapter = machine.adapters[index]
        let isNamed = constraints.keptAdapters.contains {
          $0.vm == machine.name && $0.slot == adapter.slot
        }
        return isNamed || adapter.network.map(named.contains) ?? false
      }
    }
    for (machine, kept) in zip(lab.machines, adapters) {
      for index in kept {
        if let network = machine.adapters[index].network { networks.insert(network) }
      }
    }
    self.networks = networks.sorted()
    isEmpty = networks.isEmpty && adapters.allSatisfy(\.isEmpty)
  }
}

extension RecommendationQuestion {
  /// The kept networks that VMs share, without members; NAT is none.
  var keptShared: [SharedNetwork] {
    kept.networks.compactMap { index in
      let network = lab.networks[index]
      guard let traits = NetworkTraits(network.profile) else { return nil }
      let router = lab.machines.indices.first { machine in
        network.gateway != nil
          && lab.machines[machine].adapters.contains {
            $0.network == index && $0.address == network.gateway
          }
      }
      return SharedNetwork(traits: traits, gateway: router, kept: index)
    }
  }

  /// The kept networks that a VM is on, by bit of `keptShared`, and whether it keeps a NAT.
  func keptAttachment(of machine: Int) -> (networks: UInt64, isOnNAT: Bool) {
    var networks: UInt64 = 0
    var isOnNAT = false
    for adapter in kept.adapters[machine] {
      guard let network = lab.machines[machine].adapters[adapter].network else { continue }
      if lab.networks[network].profile.segment == .adapter { isOnNAT = true }
      if let place = keptShared.firstIndex(where: { $0.kept == network }) {
        networks |= SharedNetwork.bit(place)
      }
    }
    return (networks, isOnNAT)
  }

  /// By what a VM's default route leaves whatever is added: by the first of the kept adapters that
  /// offers one, if no slot before it is free.
  func keptEgress(of machine: Int) -> Attachment.Egress? {
    let adapters = lab.machines[machine].adapters
    let kept = kept.adapters[machine].sorted { adapters[$0].slot < adapters[$1].slot }
    for (place, index) in kept.enumerated() where adapters[index].slot == place + 1 {
      guard let profile = lab.profile(of: adapters[index]) else { continue }
      if profile.segment == .uplink { return .lan }
      if profile.router.engine != nil { return .translated }
    }
    return nil
  }
}
