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
    guard isFirst, let owner = network.networks.first else { return (names, "") }
    let routers = network.kind == .alone ? ["each VM behind a router of its own"] : []
    let details = [lab.networks[owner].mode.displayName] + prefixes(of: network) + routers
    return (names, details.joined(separator: " · "))
  }

  func prefixes(of network: DrawnNetwork) -> [String] {
    guard let owner = network.networks.first else { return [] }
    let plan = addresses.networks[owner]
    return [plan.ipv4.map { "\($0.prefix)" }, plan.ipv6.map { "\($0.prefix)" }].compactMap { $0 }
  }
}
