import LabCore

/// Where a document names a VM as a router, a server, the target of a forward or a firewall's peer.
extension LabDraft {
  /// Each place that names a VM, and who does.
  func roles(ofMachine name: DNSLabel) -> [(place: JSONPointer, user: String)] {
    var roles: [(place: JSONPointer, user: String)] = []
    for (index, network) in networks.enumerated() {
      let place = JSONPointer.root["networks"][index]
      let user = "network \"\(network.name?.text ?? "")\""
      if network.gateway == .machine(name) { roles.append((place["gateway"], user)) }
      if case .served(name, _, _) = network.dhcp { roles.append((place["dhcp"]["server"], user)) }
    }
    let lanForwards = host?.uplink?.forwards ?? []
    for (index, forward) in lanForwards.enumerated() where forward.target == .machine(name) {
      let place = JSONPointer.root["host"]["uplink"]["forwards"][index]["to"]
      roles.append((place, "forward \(index + 1) of the LAN's router"))
    }
    for (index, machine) in vms.enumerated() where machine.name != name {
      let place = JSONPointer.root["vms"][index]
      let user = "VM \"\(machine.name?.text ?? "")\""
      for (position, forward) in machine.forwards.enumerated()
      where forward.target == .machine(name) {
        roles.append((place["forwards"][position]["vm"], user))
      }
      roles +=
        machine.firewall?.peers(at: place["firewall"]).filter { $0.peer == name }
        .map { ($0.place, user) } ?? []
    }
    return roles
  }

  /// Lets those places follow a VM to another name.
  mutating func renameRoles(ofMachine name: DNSLabel, to new: DNSLabel) {
    for index in networks.indices {
      if networks[index].gateway == .machine(name) { networks[index].gateway = .machine(new) }
      if case .served(name, let first, let last) = networks[index].dhcp {
        networks[index].dhcp = .served(by: new, first: first, last: last)
      }
    }
    host?.uplink?.forwards.rename(name, to: new)
    for index in vms.indices {
      vms[index].forwards.rename(name, to: new)
      vms[index].firewall?.rename(name, to: new)
    }
  }
}

extension [DestinationForwardDraft] {
  fileprivate mutating func rename(_ name: DNSLabel, to new: DNSLabel) {
    for index in indices where self[index].target == .machine(name) {
      self[index].target = .machine(new)
    }
  }
}

extension FirewallDraft {
  /// The VMs that the rules name.
  fileprivate func peers(at pointer: JSONPointer) -> [(peer: DNSLabel, place: JSONPointer)] {
    guard case .chains(let inbound, let forward) = self else { return [] }
    return [(inbound, "inbound"), (forward, "forward")].flatMap { chain, key in
      (chain?.except ?? []).enumerated().flatMap { index, rule in
        [(rule.from, "from"), (rule.to, "to")].compactMap { peer, side in
          guard case .endpoints(.vm(let name)) = peer else { return nil }
          return (name, pointer[key]["except"][index][side])
        }
      }
    }
  }

  fileprivate mutating func rename(_ name: DNSLabel, to new: DNSLabel) {
    guard case .chains(var inbound, var forward) = self else { return }
    inbound?.rename(name, to: new)
    forward?.rename(name, to: new)
    self = .chains(inbound: inbound, forward: forward)
  }
}

extension FirewallChainDraft {
  fileprivate mutating func rename(_ name: DNSLabel, to new: DNSLabel) {
    let (old, renamed) = (EndpointSelector.vm(name), EndpointSelector.vm(new))
    for index in except.indices {
      if except[index].from == .endpoints(old) { except[index].from = .endpoints(renamed) }
      if except[index].to == .endpoints(old) { except[index].to = .endpoints(renamed) }
    }
  }
}
