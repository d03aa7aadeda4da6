/// The networks and adapters of a lab that every candidate has as they are: those that constraints
/// name, and those of gateways, firewalls and servers.
struct KeptParts {
  /// By index in `Lab.networks`.
  let networks: [Int]
  /// By VM: which of its adapters, by index.
  let adapters: [[Int]]
  /// The kept networks that VMs share, without members; NAT is none.
  let shared: [SharedNetwork]
  /// By VM: the kept networks that it is on.
  let attachments: [KeptAttachment]

  var isEmpty: Bool { networks.isEmpty && adapters.allSatisfy(\.isEmpty) }

  /// Whether the networks are more than a candidate has bits for.
  var isTooMany: Bool { shared.count > SharedNetwork.maximumCount }

  /// What a VM keeps of its networks.
  struct KeptAttachment {
    /// By bit of `shared`.
    var networks: UInt64 = 0
    var isOnNAT = false
  }

  /// An adapter as constraints name it.
  private struct AdapterName: Hashable {
    let vm: DNSLabel
    let slot: Int
  }

  init(_ lab: Lab) {
    let constraints = lab.draft.constraints
    let names = Set(constraints.keptNetworks)
    let adapterNames = Set(
      constraints.keptAdapters.compactMap { adapter -> AdapterName? in
        guard let vm = adapter.vm, let slot = adapter.slot else { return nil }
        return AdapterName(vm: vm, slot: slot)
      })
    var networks = Set(lab.networks.indices.filter { names.contains(lab.networks[$0].name) })
    let named = networks
    let standing = Set(lab.standingMachines)
    adapters = lab.machines.enumerated().map { place, machine in
      machine.adapters.indices.filter { index in
        let adapter = machine.adapters[index]
        return standing.contains(place)
          || adapterNames.contains(AdapterName(vm: machine.name, slot: adapter.slot))
          || adapter.network.map(named.contains) ?? false
      }
    }
    for (machine, kept) in zip(lab.machines, adapters) {
      for index in kept {
        if let network = machine.adapters[index].network { networks.insert(network) }
      }
    }
    self.networks = networks.sorted()
    shared = Self.shared(self.networks, of: lab)
    attachments = Self.attachments(lab, adapters, shared)
  }

  private static func shared(_ networks: [Int], of lab: Lab) -> [SharedNetwork] {
    guard !networks.isEmpty else { return [] }
    var routers: [Int: Int] = [:]
    for (machine, virtualMachine) in lab.machines.enumerated() {
      for adapter in virtualMachine.adapters {
        guard let network = adapter.network, routers[network] == nil,
          let gateway = lab.networks[network].gateway, adapter.address == gateway
        else { continue }
        routers[network] = machine
      }
    }
    return networks.compactMap { index in
      NetworkTraits(lab.networks[index].profile).map {
        SharedNetwork(traits: $0, gateway: routers[index], kept: index)
      }
    }
  }

  private static func attachments(
    _ lab: Lab, _ adapters: [[Int]], _ shared: [SharedNetwork]
  ) -> [KeptAttachment] {
    var bits: [Int: UInt64] = [:]
    for (place, network) in shared.prefix(SharedNetwork.maximumCount).enumerated() {
      if let kept = network.kept { bits[kept] = SharedNetwork.bit(place) }
    }
    return zip(lab.machines, adapters).map { machine, kept in
      var attachment = KeptAttachment()
      for network in kept.compactMap({ machine.adapters[$0].network }) {
        if lab.networks[network].profile.segment == .adapter { attachment.isOnNAT = true }
        attachment.networks |= bits[network] ?? 0
      }
      return attachment
    }
  }
}

extension RecommendationQuestion {
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
