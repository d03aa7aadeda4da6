/// A network as it is drawn: a switch, or what looks like one.
struct DrawnNetwork {
  /// In `Lab.networks`; several where names of the hypervisor, or a VLAN of the LAN, make one
  /// switch of them.
  var networks: [Int]
  /// The one of them that says what the switch is.
  let owner: Int
  let kind: Scene.Bar.Kind
  /// The VLAN that it is, of the LAN or of another switch.
  let vlan: Int?
  /// Whether its router is a program beside the host, drawn by itself.
  let hasRouter: Bool
  /// The adapters that are attached to it, in document order.
  var members: [AdapterReference] = []

  /// Whether it joins VMs and nothing else.
  var isInside: Bool { kind == .inside }

  /// Whether it is a cable: exactly two adapters, of two VMs.
  var joinsTwo: Bool {
    isInside && members.count == 2 && members[0].machine != members[1].machine
  }
}

extension DrawnNetwork {
  fileprivate init(_ index: Int, of network: Network, _ owner: Int) {
    networks = [index]
    self.owner = owner
    kind = network.profile.barKind
    vlan = network.vlan
    hasRouter = network.profile.segment == .network && network.profile.router.engine != nil
  }
}

extension ModeProfile {
  /// What its networks look like.
  var barKind: Scene.Bar.Kind {
    switch segment {
    case .uplink: .lan
    case .adapter: .alone
    case .network: isSharedBehindNAT ? .shared : host.isOnSwitch ? .host : .inside
    }
  }
}

extension Lab {
  /// The lab's networks as they are drawn, in document order, and which of them each network is.
  func drawnNetworks() -> (drawn: [DrawnNetwork], ofNetwork: [Int]) {
    var drawn: [DrawnNetwork] = []
    var ofOwner: [Int: Int] = [:]
    var ownerOfVLAN: [Int: Int] = [:]
    var ofNetwork: [Int] = []
    for index in networks.indices {
      var owner = switches[index]
      // Bridged networks of a VLAN are one switch, whatever they are called.
      if networks[index].profile.segment == .uplink, let vlan = networks[index].vlan {
        owner = ownerOfVLAN[vlan] ?? index
        ownerOfVLAN[vlan] = owner
      }
      if let known = ofOwner[owner] {
        drawn[known].networks.append(index)
        ofNetwork.append(known)
      } else {
        ofOwner[owner] = drawn.count
        ofNetwork.append(drawn.count)
        drawn.append(DrawnNetwork(index, of: networks[owner], owner))
      }
    }
    for (machine, virtual) in machines.enumerated() {
      for (adapter, card) in virtual.adapters.enumerated() {
        guard let network = card.network else { continue }
        drawn[ofNetwork[network]].members.append(
          AdapterReference(machine: machine, adapter: adapter))
      }
    }
    return (drawn, ofNetwork)
  }
}
