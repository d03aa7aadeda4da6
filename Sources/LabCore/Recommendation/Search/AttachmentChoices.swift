/// One way to attach the next VM.
struct AttachmentChoice {
  var attachment: Attachment
  /// Networks that it is the first member of.
  var newNetworks: [SharedNetwork]
}

/// Lists the ways to attach a VM to the networks that there are and to new ones, leaving out those
/// that only differ from another in the names of networks.
struct AttachmentChoices {
  let question: RecommendationQuestion
  let machine: Int
  let networks: [SharedNetwork]
  /// Networks that it may not be on, because it must not reach a member.
  let closed: UInt64
  /// How many VMs to come it has to do with.
  let openPeers: Int
  /// VMs to come that can be a network's gateway, with itself.
  let gateways: [Int]
  private var attachment = Attachment()
  private var newNetworks: [SharedNetwork] = []
  private var left: Int
  private let visit: (AttachmentChoice) -> Void

  init(
    question: RecommendationQuestion, machine: Int, networks: [SharedNetwork], closed: UInt64,
    openPeers: Int, gateways: [Int], visit: @escaping (AttachmentChoice) -> Void
  ) {
    self.question = question
    self.machine = machine
    self.networks = networks
    self.closed = closed
    self.openPeers = openPeers
    self.gateways = gateways
    left = question.adapterLimits[machine]
    self.visit = visit
  }

  mutating func list() {
    join(0)
  }

  // MARK: Networks that there are

  private mutating func join(_ place: Int) {
    guard place < networks.count else { return addNAT() }
    let network = networks[place]
    let bit = SharedNetwork.bit(place)
    let isGateway = network.gateway == machine
    if !isGateway { join(place + 1) }
    guard left > 0, closed & bit == 0, isGateway || mayJoin(place) else { return }
    let before = attachment
    attachment.join(network.mode, bit)
    left -= 1
    join(place + 1)
    left += 1
    attachment = before
  }

  /// Of networks that are alike, the first comes first.
  private func mayJoin(_ place: Int) -> Bool {
    guard networks[place].isLikePrevious,
      let previous = networks[..<place].lastIndex(where: { $0.isOfSort(networks[place]) })
    else { return true }
    return attachment.networks & SharedNetwork.bit(previous) != 0
  }

  private mutating func addNAT() {
    add(0)
    guard left > 0, question.modes.contains(.nat) else { return }
    attachment.isOnNAT = true
    left -= 1
    add(0)
    left += 1
    attachment.isOnNAT = false
  }

  // MARK: New networks

  /// The sorts of networks that it may begin, each with how many of it at most.
  private var sorts: [(network: SharedNetwork, limit: Int)] {
    var sorts: [(SharedNetwork, Int)] = []
    let modes = question.modes
    if modes.contains(.bridged), !networks.contains(where: { $0.mode == .bridged }) {
      sorts.append((SharedNetwork(mode: .bridged, gateway: nil), 1))
    }
    for mode in [NetworkMode.natNetwork, .hostOnly] where modes.contains(mode) {
      sorts.append((SharedNetwork(mode: mode, gateway: nil), max(1, openPeers)))
    }
    if modes.contains(.internal), openPeers > 0 {
      sorts.append((SharedNetwork(mode: .internal, gateway: nil), openPeers))
    }
    for gateway in gateways {
      for mode in [NetworkMode.hostOnly, .internal] where modes.contains(mode) {
        sorts.append((SharedNetwork(mode: mode, gateway: gateway), Int.max))
      }
    }
    return sorts
  }

  private mutating func add(_ sort: Int) {
    let sorts = self.sorts
    guard sort < sorts.count else { return chooseEgress() }
    let before = attachment
    let count = newNetworks.count
    let room = SharedNetwork.maximumCount - networks.count - count
    var added = 0
    add(sort + 1)
    while added < min(sorts[sort].limit, room), left > 0 {
      var network = sorts[sort].network
      network.isLikePrevious = added > 0
      attachment.join(network.mode, SharedNetwork.bit(networks.count + newNetworks.count))
      newNetworks.append(network)
      added += 1
      left -= 1
      add(sort + 1)
    }
    left += added
    newNetworks.removeLast(newNetworks.count - count)
    attachment = before
  }

  // MARK: The default route and the forwards

  private mutating func chooseEgress() {
    var offers: [Attachment.Egress] = []
    if attachment.isOnNAT || attachment.isOnNATNetwork { offers.append(.translated) }
    if attachment.isBridged { offers.append(.bridged) }
    for (place, network) in (networks + newNetworks).enumerated() {
      guard let gateway = network.gateway, gateway != machine,
        attachment.networks & SharedNetwork.bit(place) != 0
      else { continue }
      offers.append(.router(SharedNetwork.bit(place)))
    }
    for egress in offers.isEmpty ? [.none] : offers {
      attachment.egress = egress
      chooseForwards(0)
    }
    attachment.egress = .none
  }

  private mutating func chooseForwards(_ place: Int) {
    let services = question.services.ofMachine[machine]
    guard place < services.count, attachment.isOnNAT || attachment.isOnNATNetwork else {
      return visit(AttachmentChoice(attachment: attachment, newNetworks: newNetworks))
    }
    let bit: UInt64 = 1 << UInt64(place)
    let needed = question.servicesByForward(machine, attachment)
    let isAskedByPeer = (0..<question.machineCount).contains {
      question[$0, machine].services & bit != 0
    }
    let before = attachment
    if needed.open & bit == 0 {
      if needed.loopback & bit == 0 { chooseForwards(place + 1) }
      if needed.loopback & bit != 0 || isAskedByPeer {
        attachment.loopbackForwards |= bit
        chooseForwards(place + 1)
        attachment = before
      }
    }
    if attachment.isTranslated, needed.open & bit != 0 || isAskedByPeer {
      attachment.openForwards |= bit
      chooseForwards(place + 1)
      attachment = before
    }
  }
}

extension Attachment {
  /// Puts it on a shared network.
  mutating func join(_ mode: NetworkMode, _ bit: UInt64) {
    networks |= bit
    switch mode {
    case .bridged: isBridged = true
    case .hostOnly: isHostOnly = true
    case .natNetwork: isOnNATNetwork = true
    case .nat, .internal: break
    }
  }
}
