/// A network as it is drawn: a switch, or what looks like one.
struct DrawnNetwork {
  /// In `Lab.networks`; several where names of the hypervisor make one switch of them.
  var networks: [Int]
  let kind: Scene.Bar.Kind
  /// The adapters that are attached to it, in document order.
  var members: [AdapterReference] = []

  /// Whether it joins VMs and nothing else.
  var isInside: Bool { kind == .inside }

  /// Whether it is a cable: exactly two adapters, of two VMs.
  var joinsTwo: Bool {
    isInside && members.count == 2 && members[0].machine != members[1].machine
  }
}

extension ModeProfile {
  /// What its networks look like.
  var barKind: Scene.Bar.Kind {
    switch segment {
    case .uplink: .lan
    case .adapter: .alone
    case .network: router.engine != nil ? .shared : host.isOnSwitch ? .host : .inside
    }
  }
}

extension Lab {
  /// The lab's networks as they are drawn, in document order, and which of them each network is.
  func drawnNetworks() -> (drawn: [DrawnNetwork], ofNetwork: [Int]) {
    var drawn: [DrawnNetwork] = []
    var ofOwner: [Int: Int] = [:]
    var ofNetwork: [Int] = []
    for index in networks.indices {
      let owner = switches[index]
      if let known = ofOwner[owner] {
        drawn[known].networks.append(index)
        ofNetwork.append(known)
      } else {
        ofOwner[owner] = drawn.count
        ofNetwork.append(drawn.count)
        drawn.append(DrawnNetwork(networks: [index], kind: networks[owner].profile.barKind))
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
