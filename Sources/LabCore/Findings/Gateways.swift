/// Who answers for an address that is to be a router's.
enum GatewayOwner: Hashable {
  case machine(Int)
  case host
  /// The router of a NAT or of a NAT network.
  case natRouter
  /// A server of the hypervisor, which routes nothing.
  case server
  /// A machine of the LAN, about which the document says nothing.
  case lan
  case nobody
}

/// A default router that the document gives, to all VMs of a network or to one VM.
struct ConfiguredGateway<Address: DocumentFamily> {
  let address: Address
  let pointer: JSONPointer
  /// Whose gateway it is, in quotes.
  let title: String
  /// The network on which it is looked for.
  let network: Int
  let owner: GatewayOwner
}

/// Who has which address on the lab's segments.
struct SegmentOwners<Address: DocumentFamily> {
  private let survey: LabSurvey
  /// By index in `LabSurvey.segments`.
  private let owners: [[Address: Int]]
  /// By network.
  private let segmentOfNetwork: [Int: Int]

  init(_ survey: LabSurvey) {
    self.survey = survey
    owners = survey.segments.map { segment in
      var owners: [Address: Int] = [:]
      for member in survey.plugged(segment) {
        let address = Address.assignment(survey.adapterPlan(member))?.address
        if let address, owners[address] == nil { owners[address] = member.machine }
      }
      return owners
    }
    var segmentOfNetwork: [Int: Int] = [:]
    for (index, segment) in survey.segments.enumerated() {
      segmentOfNetwork[segment.network] = index
    }
    self.segmentOfNetwork = segmentOfNetwork
  }

  func owner(of address: Address, on network: Int, slot: Int) -> GatewayOwner {
    let lab = survey.lab
    let scope = lab.networks[network].profile.segment
    guard scope != .adapter else {
      let link = Address.natLink(lab.networks[network], prefix: nil, slot: slot, in: lab)
      return owner(of: address, behind: link)
    }
    let isLAN = lab.networks[network].isOnUntaggedLAN
    let index =
      isLAN ? lanNetwork : scope == .uplink ? vlanNetwork(of: network) : lab.switches[network]
    guard let index, let segment = segmentOfNetwork[index] else { return .nobody }
    if let machine = owners[segment][address] { return .machine(machine) }
    let addresses = Address.addresses(survey.plan.networks[index])
    let profile = lab.networks[index].profile
    if profile.segment == .uplink { return .lan }
    if profile.host.isOnSwitch, addresses?.host == address { return .host }
    guard profile.router.engine != nil else {
      return addresses?.dhcp?.server == address ? .server : .nobody
    }
    return owner(
      of: address,
      behind: Address.natLink(
        lab.networks[index], prefix: addresses?.prefix, slot: 1, in: lab))
  }

  private func vlanNetwork(of network: Int) -> Int? {
    survey.segments.first { segment in
      survey.lab.networks[segment.network].profile.segment == .uplink
        && survey.lab.networks[segment.network].vlan == survey.lab.networks[network].vlan
    }?.network
  }

  private var lanNetwork: Int? { survey.segments.first(where: \.isLAN)?.network }

  private func owner(of address: Address, behind link: NATLink<Address>?) -> GatewayOwner {
    guard let link else { return .nobody }
    if address == link.gateway { return .natRouter }
    return address == link.hostLoopback || link.servers.contains(address) ? .server : .nobody
  }

  /// The default routers that the document gives, where somebody could be told to use them.
  func gateways() -> [ConfiguredGateway<Address>] {
    networkGateways() + survey.lab.machines.indices.compactMap(gateway)
  }

  private func networkGateways() -> [ConfiguredGateway<Address>] {
    survey.segments.compactMap { segment in
      let network = survey.lab.networks[segment.network]
      let named =
        network.gatewayMachine == nil
        ? nil : Address.addresses(survey.plan.networks[segment.network])?.gateway
      guard !segment.isLAN, !segment.members.isEmpty,
        let address = Address.gateway(network) ?? (Address.family == .ipv4 ? named : nil),
        !address.isLinkLocal
      else { return nil }
      return ConfiguredGateway(
        address: address, pointer: survey.pointer(network: segment.network)[Address.gatewayKey],
        title: survey.title(network: segment.network), network: segment.network,
        owner: owner(of: address, on: segment.network, slot: 1))
    }
  }

  private func gateway(of machine: Int) -> ConfiguredGateway<Address>? {
    guard let address = Address.gateway(survey.lab.machines[machine]), !address.isLinkLocal,
      case .on(let link) = survey.link(to: address, of: machine)
    else { return nil }
    let adapter = survey.adapter(link)
    guard let network = adapter.network else { return nil }
    return ConfiguredGateway(
      address: address, pointer: survey.pointer(machine: machine)[Address.gatewayKey],
      title: survey.title(machine: machine), network: network,
      owner: owner(of: address, on: network, slot: adapter.slot))
  }
}

/// By which of its adapters a VM finds an address.
enum LinkSearch: Hashable {
  case on(AdapterReference)
  /// It is the VM's own.
  case own
  /// It is on none of the VM's links.
  case off
  /// One of the VM's links is not known.
  case unknown
}

extension LabSurvey {
  /// The adapter on whose link an address is; of several, the one with the longest prefix.
  func link<Address: DocumentFamily>(to address: Address, of machine: Int) -> LinkSearch {
    var best: (adapter: AdapterReference, length: Int)?
    var knowsAll = true
    for (position, adapter) in lab.machines[machine].adapters.enumerated()
    where adapter.cableConnected {
      guard let network = adapter.network else { continue }
      let assignment = Address.assignment(plan.adapters[machine][position])
      if let own = assignment?.address, own == address { return .own }
      let isBridged = lab.networks[network].profile.segment == .uplink
      let prefix = isBridged ? lanPrefix(Address.self) : assignment.flatMap(linkPrefix)
      if let prefix, prefix.contains(address), prefix.length > best?.length ?? -1 {
        best = (AdapterReference(machine: machine, adapter: position), prefix.length)
      } else if isBridged, Address.uplink(lab.host.uplink) == nil {
        // What the document implies of the LAN's prefix is no reason to deny.
        knowsAll = false
      }
    }
    if let best { return .on(best.adapter) }
    return knowsAll ? .off : .unknown
  }

  /// An edit that lets a VM route.
  func forwardingEdits(_ machine: Int) -> [Edit] {
    let pointer = pointer(machine: machine)["forwarding"]
    let isWritten = lab.draft.vms[machine].forwarding != nil
    return [isWritten ? .replace(pointer, .bool(true)) : .add(pointer, .bool(true))]
  }

  private func linkPrefix<Address: IPAddress>(
    _ assignment: Assignment<Address>
  ) -> Prefix<Address>? {
    guard let address = assignment.address, let length = assignment.prefixLength else {
      return nil
    }
    return Prefix(containing: address, length: length)
  }
}
