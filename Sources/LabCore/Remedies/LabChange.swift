/// A small change of a lab: what a person would do to open a pair.
enum LabChange: Hashable {
  /// A further adapter of a VM, in the next free slot.
  case attach(machine: Int, network: DNSLabel)
  /// A new network at the end of the list, with a prefix where IPv6 is asked for.
  case addNetwork(DNSLabel, NetworkMode, ipv6: IPv6Prefix?)
  case setMode(network: Int, NetworkMode)
  case setIPv6Prefix(network: Int, IPv6Prefix)
  /// For a network of which the document writes no prefix.
  case setIPv4Prefix(network: Int, IPv4Prefix)
  /// By index in the document's list of the VM's adapters.
  case attachAdapter(machine: Int, adapter: Int, network: DNSLabel)
  case plugCable(machine: Int, adapter: Int)
  case addPortForward(PortForwardDraft)
  /// Lets a port forward listen on all of the host's addresses.
  case unbindPortForward(Int)
  case setGateway(machine: Int, AnyAddress)
  case removeGateway(machine: Int, AddressFamily)
  case addRoute(machine: Int, to: AnyPrefix, via: AnyAddress)
  case removeRoute(machine: Int, route: Int)
  case forwardOn(machine: Int)
  case hostForwarding
  case internetOn
  /// Lets the planner choose the adapter's address.
  case freeAddress(machine: Int, adapter: Int, AddressFamily)
  /// Lets the planner choose the adapter's hardware address.
  case freeHardwareAddress(machine: Int, adapter: Int)
  /// Lets what a VM forwards out of an adapter leave with its address.
  case masquerade(machine: Int, adapter: Int)
  /// Lets what the host forwards out of its uplink leave with its address.
  case hostMasquerade
  /// Adds an exception to a VM's firewall that has a policy of deny.
  case letThrough(machine: Int, Stop.Filter.Chain, FirewallRuleDraft)
  /// Takes away an exception of a VM's firewall that has a policy of accept.
  case dropException(machine: Int, Stop.Filter.Chain, Int)
  /// Adds a port of a gateway VM that leads to another.
  case addEntrance(machine: Int, DestinationForwardDraft)
  /// Moves a network, and every address that the document gives there, to another prefix.
  case renumber(network: Int, IPv4Prefix)
  case removeAdapter(machine: Int, adapter: Int)
  /// Moves an adapter to another network, where the planner chooses its addresses.
  case moveAdapter(machine: Int, adapter: Int, network: DNSLabel)
  /// A route of the host.
  case addHostRoute(to: AnyPrefix, via: AnyAddress)
}

extension LabDraft {
  /// The document after a change.
  func applying(_ change: LabChange) -> LabDraft {
    var draft = self
    draft.apply(change)
    return draft
  }

  private mutating func apply(_ change: LabChange) {
    switch change {
    case .attach(let machine, let network):
      let slot = nextSlot(of: machine)
      vms[machine].adapters.append(AdapterDraft(slot: slot, network: network))
    case .addNetwork(let name, let mode, let ipv6):
      networks.append(NetworkDraft(name: name, mode: mode, ipv6: ipv6))
    case .setMode(let network, let mode): networks[network].mode = mode
    case .setIPv6Prefix(let network, let prefix): networks[network].ipv6 = prefix
    case .setIPv4Prefix(let network, let prefix): networks[network].ipv4 = prefix
    case .attachAdapter(let machine, let adapter, let network):
      vms[machine].adapters[adapter].network = network
    case .plugCable(let machine, let adapter):
      vms[machine].adapters[adapter].cableConnected = true
    case .addPortForward(let forward): portForwards.append(forward)
    case .unbindPortForward(let forward): portForwards[forward].hostAddress = nil
    case .setGateway(let machine, .ipv4(let gateway)): vms[machine].gateway = gateway
    case .setGateway(let machine, .ipv6(let gateway)): vms[machine].gateway6 = gateway
    case .removeGateway(let machine, .ipv4): vms[machine].gateway = nil
    case .removeGateway(let machine, .ipv6): vms[machine].gateway6 = nil
    case .addRoute(let machine, let prefix, let router):
      vms[machine].routes.append(RouteDraft(to: prefix, via: router))
    case .removeRoute(let machine, let route): vms[machine].routes.remove(at: route)
    case .forwardOn(let machine): vms[machine].forwarding = true
    case .hostForwarding: changeHost { $0.forwarding = true }
    case .internetOn: changeHost { $0.internet = true }
    case .freeAddress(let machine, let adapter, .ipv4):
      vms[machine].adapters[adapter].address = nil
    case .freeAddress(let machine, let adapter, .ipv6):
      vms[machine].adapters[adapter].address6 = nil
    case .freeHardwareAddress(let machine, let adapter):
      vms[machine].adapters[adapter].mac = nil
    case .masquerade(let machine, let adapter):
      vms[machine].adapters[adapter].masquerade = true
    case .hostMasquerade: changeHost { $0.masquerade = true }
    case .letThrough(let machine, let chain, let rule):
      changeChain(chain, of: machine) { $0.except.append(rule) }
    case .dropException(let machine, let chain, let index):
      changeChain(chain, of: machine) { $0.except.remove(at: index) }
    case .addEntrance(let machine, let forward): vms[machine].forwards.append(forward)
    case .renumber(let network, let prefix):
      for move in moves(of: network, to: prefix) { move.apply(&self) }
    case .removeAdapter(let machine, let adapter): vms[machine].adapters.remove(at: adapter)
    case .moveAdapter(let machine, let adapter, let network):
      vms[machine].adapters[adapter].network = network
      vms[machine].adapters[adapter].address = nil
      vms[machine].adapters[adapter].address6 = nil
    case .addHostRoute(let prefix, let router):
      changeHost { $0.routes.append(RouteDraft(to: prefix, via: router)) }
    }
  }

  private mutating func changeHost(_ change: (inout HostDraft) -> Void) {
    var changed = host ?? HostDraft()
    change(&changed)
    host = changed
  }

  /// One more than the highest slot in use.
  func nextSlot(of machine: Int) -> Int {
    var previous = 0
    var highest = 0
    for adapter in vms[machine].adapters {
      previous = adapter.slot ?? previous + 1
      highest = max(highest, previous)
    }
    return highest + 1
  }
}
