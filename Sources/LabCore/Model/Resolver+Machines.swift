extension Resolver {
  mutating func resolveMachine(_ index: Int) -> VirtualMachine? {
    let machine = draft.vms[index]
    let pointer = JSONPointer.root["vms"][index]
    let adapters = resolveAdapters(machine, at: pointer["adapters"])
    let routes = machine.routes.indices.map {
      resolveRoute(machine.routes[$0], at: pointer["routes"][$0])
    }
    guard let name = machine.name else { return nil }
    return VirtualMachine(
      name: name, operatingSystem: machine.os ?? .other, tags: machine.tags,
      forwards: machine.forwarding ?? false, gateway: machine.gateway,
      gateway6: machine.gateway6, routes: routes.compactMap { $0 }, adapters: adapters)
  }

  private mutating func resolveRoute(_ route: RouteDraft, at pointer: JSONPointer) -> Route? {
    if route.to == nil { report(.missing, pointer["to"], "the route needs a prefix to lead to") }
    if route.via == nil { report(.missing, pointer["via"], "the route needs a router's address") }
    switch (route.to, route.via) {
    case (.ipv4(let prefix), .ipv4(let router)): return .ipv4(to: prefix, via: router)
    case (.ipv6(let prefix), .ipv6(let router)): return .ipv6(to: prefix, via: router)
    case (let prefix?, let router?):
      report(
        .familyMismatch, pointer["via"],
        "\(prefix) and \(router) are of different families; a route stays within IPv4 or IPv6")
      return nil
    default: return nil
    }
  }

  private mutating func resolveAdapters(
    _ machine: VirtualMachineDraft, at pointer: JSONPointer
  ) -> [Adapter] {
    var adapters: [Adapter] = []
    var taken: [Int: Int] = [:]
    var previous = 0
    for (index, adapter) in machine.adapters.enumerated() {
      let slot = adapter.slot ?? previous + 1
      previous = slot
      if let first = taken[slot] {
        report(
          .duplicateSlot, pointer[index]["slot"],
          "slot \(slot) is already taken by the VM's adapter \(first)")
      } else {
        taken[slot] = index
      }
      adapters.append(resolveAdapter(adapter, slot: slot, at: pointer[index]))
    }
    return adapters.sorted { $0.slot < $1.slot }
  }

  private mutating func resolveAdapter(
    _ adapter: AdapterDraft, slot: Int, at pointer: JSONPointer
  ) -> Adapter {
    let network = adapter.network.flatMap { name in
      networkIndex[name].map { (index: $0, draft: draft.networks[$0]) }
    }
    if let name = adapter.network, network == nil {
      reportUnknown(name, .network, pointer["network"])
    }
    if let mac = adapter.mac, !mac.isUnicast {
      report(
        .notUnicast, pointer["mac"],
        "\(mac) is a group address; an adapter's second hexadecimal digit is even")
    }
    if let network {
      checkAddresses(adapter, in: network.draft, slot: slot, at: pointer)
    }
    return Adapter(
      slot: slot, network: network?.index, address: adapter.address, address6: adapter.address6,
      mac: adapter.mac, model: adapter.model ?? .intel82540EM,
      promiscuous: adapter.promiscuous ?? .deny, cableConnected: adapter.cableConnected ?? true)
  }

  private mutating func checkAddresses(
    _ adapter: AdapterDraft, in network: NetworkDraft, slot: Int, at pointer: JSONPointer
  ) {
    if let address = adapter.address {
      let prefix = prefixForStatic(network, slot: slot)
      if let prefix {
        checkUsable(address, in: prefix, at: pointer["address"], of: title(network))
      }
    }
    if let address = adapter.address6, let prefix = network.ipv6 {
      checkUsable(address, in: prefix, at: pointer["address6"], of: title(network))
    }
  }

  /// The prefix that a static address must be in, where it is known before planning.
  private func prefixForStatic(_ network: NetworkDraft, slot: Int) -> IPv4Prefix? {
    if let prefix = network.ipv4 { return prefix }
    guard let profile = network.mode.flatMap({ product[$0] }) else { return nil }
    return switch profile.segment {
    case .adapter: profile.prefixes.prefix(ofAdapterIn: slot)
    case .uplink: draft.host?.uplink?.ipv4?.prefix
    case .network: nil
    }
  }
}
