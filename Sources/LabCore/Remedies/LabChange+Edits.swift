extension LabDraft {
  /// The change as operations of a JSON Patch of the document.
  func edits(for change: LabChange) -> [Edit] {
    switch change {
    case .attach(let machine, let network):
      return [
        append(adapter(network, slot: nextSlot(of: machine)), to: "adapters", of: machine)
      ]
    case .addNetwork(let name, let mode, let ipv6):
      return [.add(JSONPointer.root["networks"]["-"], network(name, mode, ipv6))]
    case .setMode(let network, let mode):
      return [.replace(place(network: network)["mode"], .string(mode.rawValue))]
    case .setIPv6Prefix(let network, let prefix):
      return [.add(place(network: network)["ipv6"], .string(prefix.description))]
    case .setIPv4Prefix(let network, let prefix):
      return [.add(place(network: network)["ipv4"], .string(prefix.description))]
    case .attachAdapter(let machine, let adapter, let network):
      return [.add(place(machine, adapter)["network"], .string(network.text))]
    case .plugCable(let machine, let adapter):
      return [.add(place(machine, adapter)["cable_connected"], .bool(true))]
    case .addPortForward(let forward): return [append(forward)]
    case .unbindPortForward(let forward):
      return [.remove(JSONPointer.root["port_forwards"][forward]["host_address"])]
    case .setGateway(let machine, let gateway):
      return [
        .add(place(machine)[gatewayKey(gateway.family)], .string(gateway.description))
      ]
    case .removeGateway(let machine, let family):
      return [.remove(place(machine)[gatewayKey(family)])]
    case .addRoute(let machine, let prefix, let router):
      return [append(route(to: prefix, via: router), to: "routes", of: machine)]
    case .removeRoute(let machine, let route): return [.remove(place(machine)["routes"][route])]
    case .forwardOn(let machine): return [.add(place(machine)["forwarding"], .bool(true))]
    case .hostForwarding: return [setHost("forwarding")]
    case .internetOn: return [setHost("internet")]
    case .freeAddress(let machine, let adapter, .ipv4):
      return [.remove(place(machine, adapter)["address"])]
    case .freeAddress(let machine, let adapter, .ipv6):
      return [.remove(place(machine, adapter)["address6"])]
    case .freeHardwareAddress(let machine, let adapter):
      return [.remove(place(machine, adapter)["mac"])]
    case .masquerade(let machine, let adapter):
      return [.add(place(machine, adapter)["masquerade"], .bool(true))]
    case .hostMasquerade: return [setHost("masquerade")]
    case .letThrough(let machine, let chain, let rule): return edits(machine, chain, adding: rule)
    case .dropException(let machine, let chain, let index):
      return [.remove(place(machine)["firewall"][chain.key]["except"][index])]
    case .addEntrance(let machine, let forward): return [add(forward, to: machine)]
    case .renumber(let network, let prefix):
      return moves(of: network, to: prefix).map { .replace($0.pointer, .string($0.value)) }
    case .removeAdapter(let machine, let adapter): return [.remove(place(machine, adapter))]
    case .moveAdapter(let machine, let adapter, let network):
      let written = vms[machine].adapters[adapter]
      let place = place(machine, adapter)
      return [.replace(place["network"], .string(network.text))]
        + (written.address == nil ? [] : [.remove(place["address"])])
        + (written.address6 == nil ? [] : [.remove(place["address6"])])
    case .addHostRoute(let prefix, let router):
      return [addToHost(route: route(to: prefix, via: router))]
    }
  }

  // MARK: Places

  func place(_ machine: Int) -> JSONPointer { JSONPointer.root["vms"][machine] }

  private func place(_ machine: Int, _ adapter: Int) -> JSONPointer {
    place(machine)["adapters"][adapter]
  }

  private func place(network: Int) -> JSONPointer { JSONPointer.root["networks"][network] }

  private func gatewayKey(_ family: AddressFamily) -> String {
    switch family {
    case .ipv4: "gateway"
    case .ipv6: "gateway6"
    }
  }

  /// Appends to a list of a VM, which the document may leave out while it is empty.
  private func append(_ value: EditValue, to list: String, of machine: Int) -> Edit {
    let isEmpty =
      list == "routes" ? vms[machine].routes.isEmpty : vms[machine].adapters.isEmpty
    let place = place(machine)[list]
    return isEmpty ? .add(place, .array([value])) : .add(place["-"], value)
  }

  private func append(_ forward: PortForwardDraft) -> Edit {
    let place = JSONPointer.root["port_forwards"]
    return portForwards.isEmpty
      ? .add(place, .array([value(of: forward)])) : .add(place["-"], value(of: forward))
  }

  private func addToHost(route: EditValue) -> Edit {
    let place = JSONPointer.root["host"]
    guard let host else { return .add(place, .object([EditMember("routes", .array([route]))])) }
    return host.routes.isEmpty
      ? .add(place["routes"], .array([route])) : .add(place["routes"]["-"], route)
  }

  private func route(to prefix: AnyPrefix, via router: AnyAddress) -> EditValue {
    .object([
      EditMember("to", .string(prefix.description)),
      EditMember("via", .string(router.description)),
    ])
  }

  private func setHost(_ key: String) -> Edit {
    host == nil
      ? .add(JSONPointer.root["host"], .object([EditMember(key, .bool(true))]))
      : .add(JSONPointer.root["host"][key], .bool(true))
  }

  // MARK: Values

  private func adapter(_ network: DNSLabel, slot: Int) -> EditValue {
    .object([EditMember("slot", .integer(slot)), EditMember("network", .string(network.text))])
  }

  private func network(_ name: DNSLabel, _ mode: NetworkMode, _ ipv6: IPv6Prefix?) -> EditValue {
    .object(
      [EditMember("name", .string(name.text)), EditMember("mode", .string(mode.rawValue))]
        + (ipv6.map { [EditMember("ipv6", .string($0.description))] } ?? []))
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
}
