extension Resolver {
  mutating func resolveMachine(_ index: Int) -> VirtualMachine? {
    let machine = draft.vms[index]
    let pointer = JSONPointer.root["vms"][index]
    let adapters = resolveAdapters(machine, at: pointer["adapters"])
    let routes = machine.routes.indices.map {
      resolveRoute(machine.routes[$0], at: pointer["routes"][$0])
    }
    let firewall = machine.firewall.flatMap {
      resolveFirewall($0, adapters: adapters, at: pointer["firewall"])
    }
    let forwards = machine.forwards.indices.map {
      resolveForward(machine.forwards[$0], of: adapters, at: pointer["forwards"][$0])
    }
    let inside = machine.inside.indices.map {
      resolveInside(machine.inside[$0], at: pointer["inside"][$0])
    }
    guard let name = machine.name else { return nil }
    return VirtualMachine(
      name: name, operatingSystem: machine.os ?? .other, tags: machine.tags,
      forwards: machine.forwarding ?? false, gateway: machine.gateway,
      gateway6: machine.gateway6, routes: routes.compactMap { $0 }, adapters: adapters,
      firewall: firewall, portForwards: forwards.compactMap { $0 }, copyOf: machine.copyOf,
      inside: inside.compactMap { $0 })
  }

  mutating func resolveRoute(_ route: RouteDraft, at pointer: JSONPointer) -> Route? {
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
    checkUnicast(adapter.mac, at: pointer["mac"])
    let secondary = adapter.secondary.indices.map {
      resolveSecondary(adapter.secondary[$0], at: pointer["secondary"][$0])
    }
    if let network {
      checkAddresses(adapter, in: network.draft, slot: slot, at: pointer)
    }
    return Adapter(
      slot: slot, network: network?.index, address: adapter.address, address6: adapter.address6,
      mac: adapter.mac, model: adapter.model ?? .intel82540EM,
      promiscuous: adapter.promiscuous ?? .deny, cableConnected: adapter.cableConnected ?? true,
      masquerades: adapter.masquerade ?? false, secondary: secondary.compactMap { $0 })
  }

  private mutating func checkUnicast(_ mac: MACAddress?, at pointer: JSONPointer) {
    guard let mac, !mac.isUnicast else { return }
    report(
      .notUnicast, pointer,
      "\(mac) is a group address; an adapter's second hexadecimal digit is even")
  }

  private mutating func resolveSecondary(
    _ secondary: SecondaryAddressDraft, at pointer: JSONPointer
  ) -> SecondaryAddress? {
    checkUnicast(secondary.mac, at: pointer["mac"])
    guard let address = secondary.address else {
      report(.missing, pointer["address"], "the further address is missing")
      return nil
    }
    return SecondaryAddress(address: address, mac: secondary.mac)
  }

  private mutating func resolveInside(
    _ inside: InnerNetworkDraft, at pointer: JSONPointer
  ) -> InnerNetwork? {
    guard let prefix = inside.prefix else {
      report(.missing, pointer["prefix"], "the network within the VM needs a prefix")
      return nil
    }
    return InnerNetwork(prefix: prefix, masquerades: inside.masquerade ?? false)
  }

  private mutating func checkAddresses(
    _ adapter: AdapterDraft, in network: NetworkDraft, slot: Int, at pointer: JSONPointer
  ) {
    if let prefix = prefixForStatic(network, slot: slot) {
      if let address = adapter.address, !prefix.contains(address), isOnHostSwitch(network) {
        report(
          .outsidePrefix, pointer["address"], outside(address, prefix, of: network))
      } else {
        checkInside(adapter.address, prefix, pointer["address"], of: title(network))
      }
      for (index, secondary) in adapter.secondary.enumerated() {
        let place = pointer["secondary"][index]["address"]
        checkInside(secondary.address, prefix, place, of: title(network))
      }
    }
    if let address = adapter.address6, let prefix = network.ipv6 {
      checkUsable(address, in: prefix, at: pointer["address6"], of: title(network))
    }
  }

  private func isOnHostSwitch(_ network: NetworkDraft) -> Bool {
    product.profile(of: network)?.host.isOnSwitch ?? false
  }

  /// An appliance may come with an address of its own, and then the network has to follow it.
  private func outside(
    _ address: IPv4Address, _ prefix: IPv4Prefix, of network: NetworkDraft
  ) -> String {
    let wanted = IPv4Prefix(containing: address, length: prefix.length)
    let usual = wanted.hosts.first
    let host =
      address == usual && wanted.hosts.count > 1
      ? " and host_address: \(IPv4Address(bits: usual.bits + 1))" : ""
    return
      "\(address) is outside \(prefix) of \(title(network)); where the VM cannot have another, "
      + "give the network ipv4: \(wanted)\(host)"
  }

  /// The prefix that a static address must be in, where it is known before planning.
  private func prefixForStatic(_ network: NetworkDraft, slot: Int) -> IPv4Prefix? {
    if let prefix = network.ipv4 { return prefix }
    guard let profile = product.profile(of: network) else { return nil }
    return switch profile.segment {
    case .adapter: profile.prefixes.prefix(ofAdapterIn: slot)
    case .uplink: lanPrefix(ofVLAN: network.vlan)
    case .network: nil
    }
  }
}
