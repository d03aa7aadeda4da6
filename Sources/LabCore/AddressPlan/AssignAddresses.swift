/// Gives every adapter of a lab its address, as if for the first time.
///
/// Static addresses stand. Every other adapter gets one of the lowest addresses that are free;
/// which of them depends on the VM's name and on who else is there, never on places in the
/// document: reordering it moves nothing, and adding a VM moves few (`shareOut` says how many). The
/// same lab always gets the same plan.
///
/// - Parameter neighbours: what other labs of the same host use.
public func assignAddresses(
  in lab: Lab, beside neighbours: NeighbouringLabs = NeighbouringLabs()
) -> AddressPlan {
  var planner = AddressPlanner(
    lab: lab, neighbours: neighbours,
    recollection: Recollection(
      AddressMemory(), of: lab, identities: LabIdentities.none, at: 0, rest: 0))
  return planner.plan()
}

/// Gives every adapter of a stored lab its address.
///
/// An adapter keeps the address that it has, whatever is added, removed, renamed or reordered
/// around it, until it is attached elsewhere, the document gives it another, or its own network
/// changes: its prefix, its mode, its DHCP server, its router. What an adapter or a network gives
/// up rests; it gets it back if it returns by then, and others get it only when nothing else is
/// free, the longest rested first. New adapters get addresses as in a lab that is not stored.
///
/// To plan the same lab again with the memory that comes back changes nothing.
///
/// - Parameters:
///   - memory: what came back when the lab was planned last; empty for a new one.
///   - identities: by what networks and adapters are known again; their names by default.
///   - time: now, in milliseconds since 1970-01-01 UTC.
///   - rest: how long what is given up rests, in milliseconds.
///   - neighbours: what other labs of the same host use. They count for what is chosen anew.
public func assignAddresses(
  in lab: Lab, remembering memory: AddressMemory, knownBy identities: LabIdentities? = nil,
  at time: Int64, rest: Int64 = AddressMemory.usualRest,
  beside neighbours: NeighbouringLabs = NeighbouringLabs()
) -> (plan: AddressPlan, memory: AddressMemory) {
  let recollection = Recollection(
    memory, of: lab, identities: identities ?? LabIdentities(naming: lab), at: time, rest: rest)
  var planner = AddressPlanner(lab: lab, neighbours: neighbours, recollection: recollection)
  let plan = planner.plan()
  return (plan, recollection.memory(after: plan))
}

/// The addresses that a stored lab has.
///
/// They are those that the memory holds and those that follow from the document; nothing is chosen
/// anew. Where the memory came back from planning this very lab, the plan is the one that came with
/// it, whatever the time is now and whatever other labs do.
///
/// - Parameters:
///   - memory: what came back when the lab was planned last.
///   - identities: by what networks and adapters are known again; their names by default.
public func assignedAddresses(
  in lab: Lab, rememberedAs memory: AddressMemory, knownBy identities: LabIdentities? = nil
) -> AddressPlan {
  let recollection = Recollection(
    memory, of: lab, identities: identities ?? LabIdentities(naming: lab), at: 0, rest: .max,
    isComplete: true)
  var planner = AddressPlanner(
    lab: lab, neighbours: NeighbouringLabs(), recollection: recollection)
  return planner.plan()
}

struct AddressPlanner {
  let lab: Lab
  let recollection: Recollection
  var services: [NetworkServices?]
  let ipv6Prefixes: [IPv6Prefix?]
  /// VMs by name: nothing may depend on their places.
  let machines: [Int]
  var macs: [[MACAddress]] = []
  /// What the planner gives away, by index of the network that a switch's prefix is kept at.
  var ipv4: [NetworkAllocation<IPv4Address>?]
  var ipv6: [NetworkAllocation<IPv6Address>?]
  var leftInLAN: Int?
  /// Clients that a DHCP server cannot tell from another, and that one.
  var twins: [AdapterReference: AdapterReference] = [:]

  init(lab: Lab, neighbours: NeighbouringLabs, recollection: Recollection) {
    self.lab = lab
    self.recollection = recollection
    machines = lab.machinesInNameOrder
    let prefixes = planPrefixes(
      of: lab, beside: neighbours, remembered: recollection.prefixes(),
      resting: recollection.restingPrefixes(), onlyRemembered: recollection.isComplete)
    services = lab.switches.map {
      LabCore.services(of: lab.networks[$0], prefix: prefixes[$0], in: lab)
    }
    ipv6Prefixes = LabCore.ipv6Prefixes(of: lab)
    ipv4 = []
    ipv6 = []
    leftInLAN = leasesLeft(in: lab)
    macs = planHardwareAddresses(of: lab, machines, recollection, neighbours)
    ipv4 = services.indices.map { index in
      services[index]?.allotment.map { NetworkAllocation($0, on: index, recollection) }
    }
    ipv6 = lab.networks.indices.map { index in
      guard lab.networks[index].profile.prefixes.isPlanned, let link = link(on: index, slot: 1),
        !link.hasInterfaceIdentifiers
      else { return nil }
      return NetworkAllocation(link.allotment, on: index, recollection)
    }
    twins = identicalClients()
  }

  mutating func plan() -> AddressPlan {
    allocate()
    let networks = networkPlans()
    var adapters: [[AdapterPlan]] = Array(repeating: [], count: lab.machines.count)
    for index in machines {
      let machine = lab.machines[index]
      adapters[index] = machine.adapters.indices.map { position in
        let reference = AdapterReference(machine: index, adapter: position)
        return AdapterPlan(
          mac: macs[index][position],
          ipv4: assignIPv4(machine.adapters[position], reference),
          ipv6: assignIPv6(machine.adapters[position], reference))
      }
    }
    return AddressPlan(networks: networks, adapters: adapters)
  }

  /// Collects who wants an address of which network, and gives all of them theirs.
  private mutating func allocate() {
    for index in machines {
      let machine = lab.machines[index]
      for (position, adapter) in machine.adapters.enumerated() {
        guard let network = adapter.network else { continue }
        let reference = AdapterReference(machine: index, adapter: position)
        let owner = lab.switches[network]
        if twins[reference] == nil {
          ipv4[owner]?.add(
            reference, of: machine, static: adapter.address,
            secondary: adapter.secondary.map(\.address))
        }
        ipv6[owner]?.add(reference, of: machine, static: adapter.address6)
      }
    }
    for index in lab.networks.indices where lab.switches[index] == index {
      ipv4[index]?.allocate()
      ipv6[index]?.allocate()
      nameGateway(of: index)
    }
  }

  func link(on owner: Int, slot: Int) -> IPv6Link? {
    ipv6Link(of: lab.networks[owner], prefix: ipv6Prefixes[owner], slot: slot, in: lab)
  }

  // MARK: Networks

  private func networkPlans() -> [NetworkPlan] {
    lab.switches.map { index in
      let network = lab.networks[index]
      return NetworkPlan(
        ipv4: services[index].map { addresses(of: $0, on: index) },
        ipv6: network.profile.segment == .adapter && network.ipv6 == nil
          ? nil : ipv6Addresses(on: index))
    }
  }

  private func addresses(
    of services: NetworkServices, on index: Int
  ) -> NetworkAddresses<IPv4Address> {
    NetworkAddresses(
      prefix: services.prefix, gateway: services.gateway, host: services.host,
      dhcp: services.dhcp, free: ipv4[index]?.free ?? 0)
  }

  private func ipv6Addresses(on index: Int) -> NetworkAddresses<IPv6Address>? {
    guard let link = link(on: index, slot: 1) else { return nil }
    return NetworkAddresses(
      prefix: link.prefix, gateway: link.gateway, host: link.host, dhcp: nil,
      free: ipv6[index]?.free ?? link.allotment.capacity)
  }
}

/// How many adapters the LAN's DHCP server has addresses for; nil where that is not known.
private func leasesLeft(in lab: Lab) -> Int? {
  let uplink = lab.host.uplink
  guard let pool = uplink.dhcp else { return nil }
  var fixed = [uplink.gateway, uplink.ipv4?.address].compactMap { $0 }
  for adapter in lab.machines.lazy.flatMap(\.adapters)
  where lab.profile(of: adapter)?.segment == .uplink {
    if let address = adapter.address { fixed.append(address) }
  }
  let taken = AddressSet(fixed.map { AddressRange(from: $0, through: $0) })
  return Int(clamping: taken.freeCount(in: pool))
}

/// The hardware addresses of all adapters, by index of the VM, then of the adapter.
private func planHardwareAddresses(
  of lab: Lab, _ machines: [Int], _ recollection: Recollection, _ neighbours: NeighbouringLabs
) -> [[MACAddress]] {
  var planner = HardwareAddressPlanner(lab: lab, neighbours: neighbours.hardwareAddresses)
  var macs: [[MACAddress?]] = lab.machines.map { $0.adapters.map(\.mac) }
  let remembered = recollection.hardwareAddresses
  if !remembered.isEmpty {
    for index in machines {
      for position in macs[index].indices where macs[index][position] == nil {
        let identity = recollection.identities.adapters[index][position]
        guard let mac = remembered[identity], planner.keep(mac) else { continue }
        macs[index][position] = mac
      }
    }
  }
  var planned: [[MACAddress]] = Array(repeating: [], count: macs.count)
  for index in machines {
    let machine = lab.machines[index]
    planned[index] = zip(machine.adapters, macs[index]).map { adapter, mac in
      mac ?? planner.address(of: adapter, in: machine)
    }
  }
  return planned
}
