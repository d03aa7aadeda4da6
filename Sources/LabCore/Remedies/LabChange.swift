/// A small change of a lab: what a person would do to open a pair.
enum LabChange: Hashable {
  /// A further adapter of a VM, in the next free slot.
  case attach(machine: Int, network: DNSLabel)
  /// A new network at the end of the list.
  case addNetwork(DNSLabel, NetworkMode)
  case setMode(network: Int, NetworkMode)
  /// By index in the document's list of the VM's adapters.
  case attachAdapter(machine: Int, adapter: Int, network: DNSLabel)
  case plugCable(machine: Int, adapter: Int)
  case addPortForward(PortForwardDraft)
  case setGateway(machine: Int, IPv4Address)
  case addRoute(machine: Int, to: IPv4Prefix, via: IPv4Address)
  case forwardOn(machine: Int)
  case hostForwarding
  /// Lets the planner choose the adapter's address.
  case freeAddress(machine: Int, adapter: Int)
}

extension LabDraft {
  /// The document after a change.
  func applying(_ change: LabChange) -> LabDraft {
    var draft = self
    switch change {
    case .attach(let machine, let network):
      draft.vms[machine].adapters.append(
        AdapterDraft(slot: nextSlot(of: machine), network: network))
    case .addNetwork(let name, let mode):
      draft.networks.append(NetworkDraft(name: name, mode: mode))
    case .setMode(let network, let mode):
      draft.networks[network].mode = mode
    case .attachAdapter(let machine, let adapter, let network):
      draft.vms[machine].adapters[adapter].network = network
    case .plugCable(let machine, let adapter):
      draft.vms[machine].adapters[adapter].cableConnected = true
    case .addPortForward(let forward):
      draft.portForwards.append(forward)
    case .setGateway(let machine, let gateway):
      draft.vms[machine].gateway = gateway
    case .addRoute(let machine, let prefix, let router):
      draft.vms[machine].routes.append(RouteDraft(to: .ipv4(prefix), via: .ipv4(router)))
    case .forwardOn(let machine):
      draft.vms[machine].forwarding = true
    case .hostForwarding:
      draft.host = draft.host ?? HostDraft()
      draft.host?.forwarding = true
    case .freeAddress(let machine, let adapter):
      draft.vms[machine].adapters[adapter].address = nil
    }
    return draft
  }

  /// The change as operations of a JSON Patch of the document.
  func edits(for change: LabChange) -> [Edit] {
    let vms = JSONPointer.root["vms"]
    switch change {
    case .attach(let machine, let network):
      let slot = nextSlot(of: machine)
      let adapter = EditValue.object([
        EditMember("slot", .integer(slot)), EditMember("network", .string(network.text)),
      ])
      let adapters = vms[machine]["adapters"]
      return [
        self.vms[machine].adapters.isEmpty
          ? .add(adapters, .array([adapter])) : .add(adapters["-"], adapter)
      ]
    case .addNetwork(let name, let mode):
      let network = EditValue.object([
        EditMember("name", .string(name.text)), EditMember("mode", .string(mode.rawValue)),
      ])
      return [.add(JSONPointer.root["networks"]["-"], network)]
    case .setMode(let network, let mode):
      return [.replace(JSONPointer.root["networks"][network]["mode"], .string(mode.rawValue))]
    case .attachAdapter(let machine, let adapter, let network):
      return [.add(vms[machine]["adapters"][adapter]["network"], .string(network.text))]
    case .plugCable(let machine, let adapter):
      return [.add(vms[machine]["adapters"][adapter]["cable_connected"], .bool(true))]
    case .addPortForward(let forward):
      return [portForwards.isEmpty ? firstForward(forward) : furtherForward(forward)]
    case .setGateway(let machine, let gateway):
      return [.add(vms[machine]["gateway"], .string(gateway.description))]
    case .addRoute(let machine, let prefix, let router):
      let route = EditValue.object([
        EditMember("to", .string(prefix.description)),
        EditMember("via", .string(router.description)),
      ])
      let routes = vms[machine]["routes"]
      return [
        self.vms[machine].routes.isEmpty
          ? .add(routes, .array([route])) : .add(routes["-"], route)
      ]
    case .forwardOn(let machine):
      return [.add(vms[machine]["forwarding"], .bool(true))]
    case .hostForwarding:
      guard host != nil else {
        return [
          .add(JSONPointer.root["host"], .object([EditMember("forwarding", .bool(true))]))
        ]
      }
      return [.add(JSONPointer.root["host"]["forwarding"], .bool(true))]
    case .freeAddress(let machine, let adapter):
      return [.remove(vms[machine]["adapters"][adapter]["address"])]
    }
  }

  private func firstForward(_ forward: PortForwardDraft) -> Edit {
    .add(JSONPointer.root["port_forwards"], .array([value(of: forward)]))
  }

  private func furtherForward(_ forward: PortForwardDraft) -> Edit {
    .add(JSONPointer.root["port_forwards"]["-"], value(of: forward))
  }

  private func value(of forward: PortForwardDraft) -> EditValue {
    var members = [EditMember("protocol", .string((forward.transport ?? .tcp).rawValue))]
    if let address = forward.hostAddress {
      members.append(EditMember("host_address", .string(address.description)))
    }
    if let port = forward.hostPort { members.append(EditMember("host_port", .integer(port))) }
    if let vm = forward.vm { members.append(EditMember("vm", .string(vm.text))) }
    if let slot = forward.slot { members.append(EditMember("slot", .integer(slot))) }
    if let port = forward.guestPort { members.append(EditMember("guest_port", .integer(port))) }
    return .object(members)
  }

  /// One more than the highest slot in use.
  private func nextSlot(of machine: Int) -> Int {
    var previous = 0
    var highest = 0
    for adapter in vms[machine].adapters {
      previous = adapter.slot ?? previous + 1
      highest = max(highest, previous)
    }
    return highest + 1
  }
}
