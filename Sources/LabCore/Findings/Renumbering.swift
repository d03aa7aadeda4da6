extension LabSurvey {
  /// Edits that move a network to another prefix, and with it every address of the document that
  /// is one of the network's; nil where one of them has no place in the new prefix.
  func renumbering<Address: DocumentFamily>(
    _ network: Int, to prefix: Prefix<Address>
  ) -> [Edit]? {
    let siblings = lab.switches.filter { $0 == network }.count
    guard siblings == 1 else { return nil }
    var renumbering = Renumbering(survey: self, network: network, prefix: prefix)
    return renumbering.run()
  }

  /// Edits that move a network to a prefix of the same size that nothing uses.
  func renumbering<Address: DocumentFamily>(
    _ placed: PlacedPrefix<Address>, _ unused: inout UnusedNumbers
  ) -> [Edit] {
    let scope = lab.networks[placed.network].profile.segment
    if scope == .adapter, hasTwoAdaptersOfOneMachine(placed.network) { return [] }
    let length = placed.prefix.length
    guard let free = freePrefix(for: placed, length: length, &unused) else { return [] }
    return renumbering(placed.network, to: free) ?? []
  }

  /// A prefix that nothing uses, and that brings no DHCP server along which would have a static
  /// address of the network.
  func freePrefix<Address: DocumentFamily>(
    for placed: PlacedPrefix<Address>, length: Int, _ unused: inout UnusedNumbers
  ) -> Prefix<Address>? {
    guard let free = Address.free(in: &unused, for: placed.network, length: length),
      hasServerOnMember(of: placed, movedTo: free)
    else { return Address.free(in: &unused, for: placed.network, length: length) }
    unused.withdraw(Address.family, for: placed.network, length: length)
    return Address.free(in: &unused, for: placed.network, length: length)
  }

  /// Whether a DHCP server that comes with a prefix would have a static address of the network, or
  /// give it away, which the one of the old prefix does not.
  private func hasServerOnMember<Address: DocumentFamily>(
    of placed: PlacedPrefix<Address>, movedTo prefix: Prefix<Address>
  ) -> Bool {
    guard let pool = Address.servedRange(of: lab.networks[placed.network], in: prefix, lab) else {
      return false
    }
    let old = Address.servedRange(of: lab.networks[placed.network], in: placed.prefix, lab)
    let host = Address.hostAddress(lab.networks[placed.network]).map { [$0] } ?? []
    let fixed = host + members[placed.network].compactMap { Address.address(adapter($0)) }
    return fixed.contains { address in
      guard old?.contains(address) != true else { return false }
      return placed.prefix.offset(of: address).flatMap { prefix.address(at: $0) }
        .map(pool.contains) ?? false
    }
  }

  /// /24, or as much shorter as it takes for a quarter more than the hosts of a network to fit.
  func roomyLength(of network: Int) -> Int {
    let members = segments.first { $0.network == network }?.members.count ?? 0
    let hosts = max(members, lab.networks[network].size ?? 0)
    var length = 24
    while length > 16, (1 << (32 - length)) - 8 < hosts + hosts / 4 { length -= 1 }
    return length
  }

  private func hasTwoAdaptersOfOneMachine(_ network: Int) -> Bool {
    Set(members[network].map(\.machine)).count < members[network].count
  }
}

private struct Renumbering<Address: DocumentFamily> {
  let survey: LabSurvey
  let network: Int
  let prefix: Prefix<Address>
  private var edits: [Edit] = []
  private var fits = true
  /// Where the host, routers and servers would be in the new prefix but not in one of its size now.
  private let newServices: Set<Address>

  init(survey: LabSurvey, network: Int, prefix: Prefix<Address>) {
    self.survey = survey
    self.network = network
    self.prefix = prefix
    newServices = Self.services(of: network, in: prefix, survey)
  }

  /// A static address keeps its offset, and with it what it clashes with; but a prefix of another
  /// length has its services at other offsets.
  private static func services(
    of network: Int, in prefix: Prefix<Address>, _ survey: LabSurvey
  ) -> Set<Address> {
    guard let old = Address.addresses(survey.plan.networks[network])?.prefix,
      old.length != prefix.length
    else { return [] }
    return Address.services(of: survey.lab.networks[network], in: prefix, survey.lab)
  }

  private var description: Network { survey.lab.networks[network] }

  mutating func run() -> [Edit]? {
    let pointer = survey.pointer(network: network)
    set(pointer[Address.prefixKey], prefix.description, was: Address.prefix(description) != nil)
    if let old = oldPrefix(slot: 1) {
      if description.gatewayMachine == nil, let gateway = Address.gateway(description) {
        move(gateway, from: old, at: pointer[Address.gatewayKey])
      }
      if let host = Address.hostAddress(description) {
        move(host, from: old, at: pointer["host_address"])
      }
      moveServer(from: old, at: pointer["dhcp"])
      moveForwards(from: old)
    }
    for member in survey.members[network] { moveAddress(of: member) }
    for machine in survey.lab.machines.indices { moveRoutes(of: machine) }
    return fits ? edits : nil
  }

  /// The prefix that a network has now, as the adapter in a slot sees it.
  private func oldPrefix(slot: Int) -> Prefix<Address>? {
    guard description.profile.segment == .adapter else {
      return Address.addresses(survey.plan.networks[network])?.prefix
    }
    return Address.natLink(description, prefix: nil, slot: slot, in: survey.lab)?.prefix
  }

  private mutating func set(_ pointer: JSONPointer, _ text: String, was isWritten: Bool) {
    edits.append(isWritten ? .replace(pointer, .string(text)) : .add(pointer, .string(text)))
  }

  private mutating func moved(_ address: Address, from old: Prefix<Address>) -> Address? {
    guard let offset = old.offset(of: address), let moved = prefix.address(at: offset),
      prefix.hosts.contains(moved)
    else {
      fits = false
      return nil
    }
    return moved
  }

  private mutating func move(_ address: Address, from old: Prefix<Address>, at pointer: JSONPointer)
  {
    if let moved = moved(address, from: old) { set(pointer, moved.description, was: true) }
  }

  // MARK: The network's own

  private mutating func moveServer(from old: Prefix<Address>, at pointer: JSONPointer) {
    guard let (server, first, last) = Address.dhcp(description) else { return }
    if let first, let last, last < first { fits = false }
    var members: [EditMember] = []
    let name = survey.lab.draft.networks[network].dhcp?.machine
    if let name { members.append(EditMember("server", .string(name.text))) }
    for (key, address) in [
      ("server", name == nil ? server : nil), ("first", first), ("last", last),
    ] {
      guard let address, let moved = moved(address, from: old) else { continue }
      members.append(EditMember(key, .string(moved.description)))
    }
    if !members.isEmpty { edits.append(.replace(pointer, .object(members))) }
  }

  /// Port forwards that listen on the host's address in the network.
  private mutating func moveForwards(from old: Prefix<Address>) {
    guard description.profile.host.isOnSwitch,
      let host = Address.addresses(survey.plan.networks[network])?.host
    else { return }
    for (index, forward) in survey.lab.portForwards.enumerated()
    where Address.hostAddress(forward) == host {
      move(host, from: old, at: survey.pointer(forward: index)["host_address"])
    }
  }

  // MARK: Its VMs

  private mutating func moveAddress(of member: AdapterReference) {
    let adapter = survey.adapter(member)
    guard let old = oldPrefix(slot: adapter.slot) else { return }
    for (index, address) in Address.secondary(adapter).enumerated() {
      move(address, from: old, at: survey.pointer(member)["secondary"][index]["address"])
    }
    guard let address = Address.address(adapter) else { return }
    move(address, from: old, at: survey.pointer(member)[Address.addressKey])
    let isService =
      old.offset(of: address).flatMap { prefix.address(at: $0) }
      .map(newServices.contains) ?? false
    if isService { fits = false }
  }

  private mutating func moveRoutes(of machine: Int) {
    let virtualMachine = survey.lab.machines[machine]
    guard !virtualMachine.routes.isEmpty || Address.gateway(virtualMachine) != nil else { return }
    let pointer = survey.pointer(machine: machine)
    if let gateway = Address.gateway(virtualMachine), let old = link(to: gateway, of: machine) {
      move(gateway, from: old, at: pointer[Address.gatewayKey])
    }
    for (index, route) in virtualMachine.routes.enumerated() {
      guard let (destination, router) = Address.route(route) else { continue }
      if description.profile.segment != .adapter, oldPrefix(slot: 1) == destination,
        isAlone(on: destination)
      {
        set(pointer["routes"][index]["to"], prefix.description, was: true)
      }
      if let old = link(to: router, of: machine) {
        move(router, from: old, at: pointer["routes"][index]["via"])
      }
    }
  }

  /// The old prefix, where a VM finds a router through this network and through no other.
  private func link(to router: Address, of machine: Int) -> Prefix<Address>? {
    var link: Prefix<Address>?
    for (position, adapter) in survey.lab.machines[machine].adapters.enumerated() {
      let plan = survey.plan.adapters[machine][position]
      guard let attached = adapter.network else { continue }
      if attached == network {
        if let old = oldPrefix(slot: adapter.slot), old.contains(router) { link = old }
      } else if let address = Address.assignment(plan)?.address,
        let length = Address.assignment(plan)?.prefixLength,
        Prefix(containing: address, length: length).contains(router)
      {
        return nil
      }
    }
    return link
  }

  private func isAlone(on destination: Prefix<Address>) -> Bool {
    survey.plan.networks.filter { Address.addresses($0)?.prefix == destination }.count == 1
  }
}
