import LabCore
import LabFormats

extension VBoxManageScript {
  /// A VM: its adapters, what is forwarded to it, and notes that VirtualBox has no setting for.
  func machineCommands(_ seats: [AdapterSeat], _ machine: VirtualMachine) -> [BashCommand] {
    var commands = [
      BashCommand("vm", [machine.name.text, machine.operatingSystem.virtualBoxType])
    ]
    for seat in seats {
      commands.append(adapter(seat))
      if case .nat? = seat.adapter.network.flatMap(source.attachment) {
        commands += natForwards(seat)
        if let isReachable = seat.network?.localhostReachable {
          commands.append(
            BashCommand("localhost", ["\(seat.adapter.slot)", isReachable ? "on" : "off"]))
        }
      }
      commands += addressNotes(seat)
    }
    return commands + machineNotes(machine) + [BashCommand("vm_end")]
  }

  private func adapter(_ seat: AdapterSeat) -> BashCommand {
    let attachment = seat.adapter.network.flatMap(source.attachment) ?? .unattached
    let mac = "\(seat.plan.mac)".uppercased().filter { $0 != ":" }
    return BashCommand(
      "adapter",
      [
        "\(seat.adapter.slot)", attachment.keyword, attachment.target, mac,
        seat.adapter.model.rawValue, seat.adapter.promiscuous.rawValue,
        seat.adapter.cableConnected ? "on" : "off",
      ])
  }

  private func natForwards(_ seat: AdapterSeat) -> [BashCommand] {
    let forwards = source.portForwards.of(machine: seat.machineIndex)
    return named(forwards.map(\.forward).filter { $0.adapter == seat.index })
      .map { name, forward in
        // Without an address VirtualBox takes the one that its own server gave.
        let guest = seat.plan.ipv4.source == .static ? seat.plan.ipv4.address : nil
        let rule = [
          name, forward.transport.rawValue, forward.hostAddress.map { "\($0)" } ?? "",
          "\(forward.hostPort)", guest.map { "\($0)" } ?? "", "\(forward.guestPort)",
        ]
        return BashCommand(
          "forward", ["\(seat.adapter.slot)", name, rule.joined(separator: ",")])
      }
  }

  /// Addresses that somebody types in the guest.
  private func addressNotes(_ seat: AdapterSeat) -> [BashCommand] {
    let key = "adapter\(seat.adapter.slot)"
    var notes: [BashCommand] = []
    if let address = typedAddress(seat.plan.ipv4) {
      notes.append(BashCommand("keep", ["\(key)/ipv4", address]))
    }
    if let address = seat.plan.ipv6.flatMap(typedAddress) {
      notes.append(BashCommand("keep", ["\(key)/ipv6", address]))
    }
    return notes
  }

  private func machineNotes(_ machine: VirtualMachine) -> [BashCommand] {
    var notes: [(String, String)] = []
    if !machine.operatingSystem.isSaidByType {
      notes.append(("os", machine.operatingSystem.rawValue))
    }
    if !machine.tags.isEmpty {
      notes.append(("tags", machine.tags.map(\.text).joined(separator: ",")))
    }
    if machine.forwards { notes.append(("forwarding", "on")) }
    if let gateway = machine.gateway { notes.append(("gateway", "\(gateway)")) }
    if let gateway6 = machine.gateway6 { notes.append(("gateway6", "\(gateway6)")) }
    if !machine.routes.isEmpty {
      let routes = machine.routes.map { route in
        switch route {
        case .ipv4(let to, let via): "\(to),\(via)"
        case .ipv6(let to, let via): "\(to),\(via)"
        }
      }
      notes.append(("routes", routes.joined(separator: " ")))
    }
    return notes.map { BashCommand("keep", [$0.0, $0.1]) }
  }

  // MARK: Reservations

  /// Addresses that DHCP servers of VirtualBox pin to adapters.
  var reservationCommands: [BashCommand] {
    source.machines.flatMap { $0.adapters }.compactMap { seat in
      guard seat.plan.ipv4.source == .reserved, let address = seat.plan.ipv4.address,
        let index = seat.adapter.network
      else { return nil }
      let mac = "\(seat.plan.mac)".uppercased().filter { $0 != ":" }
      let key = source.lab.networks[source.lab.switches[index]].name.text
      let words = [seat.machine.name.text, "\(seat.adapter.slot)", mac]
      switch source.attachment(to: index) {
      case .natNetwork(let name), .internal(let name):
        return BashCommand("reserve", words + [name, "\(address)", key])
      case .hostOnlyInterface:
        return BashCommand("reserve_host_only", words + [key, "\(address)"])
      case .nat, .hostOnlyNetwork, .bridged, .unattached, nil: return nil
      }
    }
  }

  // MARK: Forwards

  /// Forwards of NAT networks, which name an address and no VM.
  var networkForwardCommands: [BashCommand] {
    source.networks.flatMap { index, network, _ -> [BashCommand] in
      guard case .natNetwork(let name)? = source.attachment(to: index) else { return [] }
      let forwards = source.portForwards.through(network: index).map(\.forward)
        .filter { source.address(of: $0) != nil }
      let rules = named(forwards).map { rule, forward in
        let host = forward.hostAddress.map { "\($0)" } ?? ""
        let guest = source.address(of: forward).map { "\($0)" } ?? ""
        let id = "\(forward.transport)_\(forward.hostPort)_\(host.isEmpty ? "any" : host)"
        let text =
          "\(rule):\(forward.transport):[\(host)]:\(forward.hostPort):[\(guest)]:\(forward.guestPort)"
        return BashCommand("network_forward", [network.name.text, name, id, text])
      }
      return rules + [BashCommand("network_forwards_end", [network.name.text, name])]
    }
  }

  /// Forwards with the names that VirtualBox gets: their own, or the one that it would make up.
  private func named(_ forwards: [PortForward]) -> [(name: String, forward: PortForward)] {
    var taken = Set(forwards.compactMap(\.sayableName))
    var counts: [String: Int] = [:]
    return forwards.map { forward in
      if let name = forward.sayableName { return (name, forward) }
      let name = "\(forward.transport)_\(forward.hostPort)_\(forward.guestPort)"
      var unique = name
      var count = counts[name, default: 1]
      while !taken.insert(unique).inserted {
        count += 1
        unique = "\(name)_\(count)"
      }
      counts[name] = count
      return (unique, forward)
    }
  }
}

/// An address with its prefix length that no server gives: somebody types it in the guest.
func typedAddress<Address: IPAddress>(_ assignment: Assignment<Address>) -> String? {
  guard assignment.source == .static || assignment.source == .planned,
    let address = assignment.address
  else { return nil }
  let length = assignment.prefixLength ?? Address.Bits.bitWidth
  return "\(address)/\(length)"
}

extension PortForward {
  /// Its name, where VirtualBox takes it: at most 63 bytes (NATNetworkImpl.cpp).
  var sayableName: String? {
    name.flatMap { !$0.isEmpty && $0.utf8.count <= 63 ? $0 : nil }
  }
}

extension ExportSource {
  /// The address that a forward leads to, where it is known.
  func address(of forward: PortForward) -> IPv4Address? {
    forward.adapter.flatMap { addresses.adapters[forward.machine][$0].ipv4.address }
  }
}
