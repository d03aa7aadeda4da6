/// What stands on VMs and at their hangers.
struct MachineTexts {
  let lab: Lab
  let addresses: AddressPlan

  func name(of machine: Int) -> String { lab.machines[machine].name.text }

  /// Its system and what it does for others.
  func details(of machine: Int) -> [String] {
    let machine = lab.machines[machine]
    var roles: [String] = []
    if machine.forwards { roles.append("routes") }
    if machine.adapters.contains(where: \.masquerades) { roles.append("translates") }
    if !machine.portForwards.isEmpty { roles.append("forwards ports") }
    if machine.firewall != nil { roles.append("filters") }
    let system = machine.operatingSystem == .other ? [] : [machine.operatingSystem.rawValue]
    let text = (system + (roles.isEmpty ? [] : [roles.joined(separator: ", ")]))
      .joined(separator: " · ")
    return text.isEmpty ? [] : [text]
  }

  /// The same with its addresses, for one of many.
  func cellDetails(of index: Int) -> [String] {
    let machine = lab.machines[index]
    var lines = machine.adapters.indices.filter { machine.adapters[$0].network != nil }
      .flatMap { addresses(of: AdapterReference(machine: index, adapter: $0)) }
    guard let system = details(of: index).first else { return lines }
    guard let first = lines.first else { return [system] }
    lines[0] = "\(system) · \(first)"
    return lines
  }

  /// What an adapter is called on its network, and whether it is unplugged. IPv6 only where the
  /// document speaks of it: what every guest gives itself tells nothing.
  func addresses(of reference: AdapterReference) -> [String] {
    let plan = addresses.adapters[reference.machine][reference.adapter]
    let adapter = lab.machines[reference.machine].adapters[reference.adapter]
    var lines: [String] = []
    if let address = plan.ipv4.address {
      lines.append("\(address)")
    } else if plan.ipv4.source == .lan {
      lines.append("from the LAN")
    }
    if adapter.address6 != nil || lab.network(of: adapter)?.ipv6 != nil,
      let address = plan.ipv6?.address
    {
      lines.append("\(address)")
    }
    let further = adapter.secondary.map { "\($0.address)" }
    lines += further.count <= 2 ? further : ["\(further[0])", "and \(further.count - 1) more"]
    if !adapter.cableConnected { lines.append("unplugged") }
    return lines
  }

  /// What stands on a bar: its names, then what it is.
  func bar(_ network: DrawnNetwork, isFirst: Bool) -> (name: String, detail: String) {
    let names = network.networks.map { lab.networks[$0].name.text }.joined(separator: ", ")
    guard isFirst else { return (names, "") }
    let owner = lab.networks[network.owner]
    let vlan = network.vlan.map { ["VLAN \($0)"] } ?? []
    let apart = owner.profile.port.isIsolated ? ["keeps its VMs apart"] : []
    let routers = network.kind == .alone ? ["each VM behind a router of its own"] : []
    let foot = network.hasRouter ? hostAddress(on: network.owner).map { ["host \($0)"] } ?? [] : []
    let details =
      [owner.mode.displayName] + vlan + prefixes(of: network) + foot + apart + routers
    return (names, details.joined(separator: " · "))
  }

  /// The host's own address on a network that it has a foot on.
  func hostAddress(on network: Int) -> String? {
    guard lab.networks[network].profile.host.isOnSwitch else { return nil }
    let plan = addresses.networks[network]
    return plan.ipv4?.host.map { "\($0)" } ?? plan.ipv6?.host.map { "\($0)" }
  }

  func prefixes(of network: DrawnNetwork) -> [String] {
    let plan = addresses.networks[network.owner]
    return [plan.ipv4.map { "\($0.prefix)" }, plan.ipv6.map { "\($0.prefix)" }].compactMap { $0 }
  }
}
