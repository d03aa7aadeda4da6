/// Links of which a document need not say the addresses: other VLANs of the LAN, and networks whose
/// prefix the product chooses at each boot. IPv4 alone, as documents have them.
extension FabricCompiler {
  mutating func addHiddenLinks(beside standIns: StandIns<Address>) {
    guard Address.family == .ipv4 else { return }
    var taken =
      Self.prefixes(lab: lab, plan: plan) + [standIns.lan, standIns.internet]
    for number in vlanNumbers {
      let link = vlanLink(number, avoiding: taken)
      vlanLinks[number] = link
      taken.append(link.lan)
    }
    for index in lab.networks.indices where plan.networks[index].ipv4 == nil {
      guard lab.networks[index].profile.prefixes.isUnknown, lab.switches[index] == index
      else { continue }
      let link = hiddenLink(avoiding: taken)
      unknownLinks[index] = link
      taken.append(link.lan)
    }
  }

  /// Those that the document names, and those that its networks are in.
  private var vlanNumbers: [Int] {
    let used = lab.networks.filter { $0.profile.segment == .uplink }.compactMap(\.vlan)
    return Set(used + lab.host.uplink.vlans.compactMap(\.id)).sorted()
  }

  private func vlanLink(_ number: Int, avoiding taken: [Prefix<Address>]) -> StandIns<Address> {
    let uplink = lab.host.uplink.asSeen(fromVLAN: number)
    let members = lab.networks.indices.filter {
      lab.networks[$0].vlan == number && lab.networks[$0].profile.segment == .uplink
    }
    let planned = members.compactMap { Address.addresses(plan.networks[$0])?.prefix }
    let fixed = fixedAddresses(on: Set(members))
    let prefix =
      Address.uplink(uplink)?.prefix ?? planned.first
      ?? (Address.uplinkGateway(uplink) ?? fixed.first).map {
        Prefix(containing: $0, length: Address.usualLength)
      }
    return hiddenLink(
      prefix, host: lab.host.uplink.vlan(number)?.hostAddress.flatMap(Address.init(ofFamily:)),
      router: Address.uplinkGateway(uplink), pool: Address.uplinkPool(uplink), taken: fixed,
      avoiding: taken)
  }

  private func hiddenLink(
    _ prefix: Prefix<Address>? = nil, host: Address? = nil, router: Address? = nil,
    pool: AddressRange<Address>? = nil, taken: [Address] = [], avoiding: [Prefix<Address>]
  ) -> StandIns<Address> {
    StandIns(
      lan: prefix, host: host, router: router, pool: pool, taken: taken, avoiding: avoiding,
      candidates: (0..<64).map(Address.standInLink))
  }

  private func fixedAddresses(on networks: Set<Int>) -> [Address] {
    lab.machines.indices.flatMap { machine in
      lab.machines[machine].adapters.indices.compactMap { position in
        let adapter = lab.machines[machine].adapters[position]
        guard let network = adapter.network, networks.contains(network) else { return nil }
        return Address.assignment(plan.adapters[machine][position])?.address
      }
    }
  }

  /// The private link of a guest that has the host's own address (passt).
  var lentLink: NATLink<Address>? {
    guard Address.family == .ipv4, let standIns, let router = standIns.router else { return nil }
    return NATLink(prefix: standIns.lan, gateway: router, hostLoopback: router, servers: [])
  }

  /// The address and link of an adapter on such a link; nil on others, and where none is left.
  mutating func hiddenAddress(
    _ assignment: Assignment<Address>, network: Int
  ) -> InterfaceAddress<Address>? {
    let profile = lab.networks[network].profile
    if profile.router.lendsHostAddress {
      guard let standIns, let address = assignment.address ?? standIns.host else { return nil }
      return InterfaceAddress(address: address, prefixLength: standIns.lan.length)
    }
    let owner = lab.switches[network]
    let vlan = profile.segment == .uplink ? lab.networks[network].vlan : nil
    guard var link = vlan.map({ vlanLinks[$0] }) ?? unknownLinks[owner] else { return nil }
    guard let address = assignment.address ?? link.nextGuest() else { return nil }
    if let vlan { vlanLinks[vlan] = link } else { unknownLinks[owner] = link }
    return InterfaceAddress(address: address, prefixLength: link.lan.length)
  }

  /// The router that an adapter on such a link is given.
  func hiddenGateway(network: Int) -> Address? {
    let profile = lab.networks[network].profile
    if profile.router.lendsHostAddress { return standIns?.router }
    if profile.segment == .uplink, let vlan = lab.networks[network].vlan {
      return lab.host.uplink.vlan(vlan) == nil ? nil : vlanLinks[vlan]?.router
    }
    return unknownLinks[lab.switches[network]]?.host
  }

  /// Whether an adapter's link is such a one.
  func isHidden(network: Int) -> Bool {
    let profile = lab.networks[network].profile
    return Address.family == .ipv4
      && (profile.router.lendsHostAddress || unknownLinks[lab.switches[network]] != nil
        || profile.segment == .uplink && lab.networks[network].vlan != nil)
  }

  /// A node's feet in the VLANs that the document names: the host's, where it has an address there,
  /// or the LAN router's.
  func vlanFeet(of node: Int, isRouter: Bool) -> [FabricInterface] {
    lab.host.uplink.vlans.compactMap { vlan in
      guard let number = vlan.id, let link = vlanLinks[number], let segment = segmentOfVLAN[number],
        let address = isRouter ? link.router : vlan.hostAddress == nil ? nil : link.host
      else { return nil }
      return interface(
        node, segment, address, link.lan, isStandIn: isRouter && vlan.gateway == nil)
    }
  }
}
