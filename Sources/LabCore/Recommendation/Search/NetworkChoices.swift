/// One way to attach a VM.
struct NetworkChoice {
  var attachment: Attachment
  /// Networks that it is the first member of.
  var newNetworks: [SharedNetwork]
}

/// Lists the ways to attach a VM of a role to the networks that there are and to new ones, leaving
/// out those that differ from another in the names of networks alone.
struct NetworkChoices {
  private let question: RecommendationQuestion
  private let machine: Int
  private let role: Role
  private let networks: [SharedNetwork]
  /// By network: whether it may be joined.
  private let mayJoin: [Bool]
  /// By network: whom it and those after it lead to.
  private let reachable: [MachineSet]
  /// The attached VMs that have to be met.
  private let wanted: MachineSet
  /// How many VMs to come have to be met.
  private let openPeers: Int
  private let openGateways: [Int]
  private let kept: (networks: UInt64, isOnNAT: Bool)

  private var attachment = Attachment()
  private var newNetworks: [SharedNetwork] = []
  private var left: Int
  private var met = MachineSet()
  private var count = 0
  /// What is left out costs at least this; nil where nothing is.
  private(set) var leftOut: Weight?

  private static let maximumCount = 3000

  /// - Parameters:
  ///   - blocked: whom the VM may not meet.
  ///   - openGateways: VMs that can be the router of a new network, the VM itself among them.
  init(
    question: RecommendationQuestion, machine: Int, role: Role, networks: [SharedNetwork],
    blocked: MachineSet, mustMeet: MachineSet, attached: MachineSet, openGateways: [Int]
  ) {
    self.question = question
    self.machine = machine
    self.role = role
    self.networks = networks
    self.openGateways = openGateways
    kept = question.keptAttachment(of: machine)
    let kept = self.kept
    let mayJoin = networks.enumerated().map { place, network in
      kept.networks & SharedNetwork.bit(place) != 0
        || network.members.isDisjoint(with: blocked) && role.mayJoin(network.mode)
    }
    self.mayJoin = mayJoin
    wanted = question.hasRouters ? MachineSet() : mustMeet.intersection(attached)
    openPeers = mustMeet.subtracting(attached).count
    var reachable = [MachineSet()]
    for place in networks.indices.reversed() {
      let rest = reachable[reachable.count - 1]
      reachable.append(mayJoin[place] ? rest.union(networks[place].members) : rest)
    }
    self.reachable = reachable.reversed()
    left = question.adapterLimits[machine]
    attachment.openForwards = role.openForwards
    attachment.loopbackForwards = role.loopbackForwards
  }

  mutating func list(_ visit: (NetworkChoice) -> Void) {
    join(0, visit)
  }

  // MARK: Networks that there are

  private mutating func join(_ place: Int, _ visit: (NetworkChoice) -> Void) {
    guard count < Self.maximumCount else {
      leftOut = .zero
      return
    }
    guard wanted.subtracting(met).subtracting(reachable[place]).isEmpty else { return }
    guard place < networks.count else { return addNAT(visit) }
    let network = networks[place]
    let isOwn =
      network.gateway == machine || kept.networks & SharedNetwork.bit(place) != 0
    let isLAN = network.mode == .bridged
    if left > 0, mayJoin[place], isOwn || isLAN || isFirstOfItsLike(place) {
      let before = (attachment, met)
      attachment.join(network.mode, SharedNetwork.bit(place))
      met = met.union(network.members)
      left -= 1
      join(place + 1, visit)
      left += 1
      (attachment, met) = before
    }
    if !isOwn, !(isLAN && role.isBridged) { join(place + 1, visit) }
  }

  /// Of networks that are alike, the first comes first.
  private func isFirstOfItsLike(_ place: Int) -> Bool {
    guard networks[place].isLikePrevious, let previous = networks.place(before: place) else {
      return true
    }
    return attachment.networks & SharedNetwork.bit(previous) != 0
  }

  /// A private NAT for whom a NAT network does not serve as one.
  private mutating func addNAT(_ visit: (NetworkChoice) -> Void) {
    let mayHaveNAT =
      kept.isOnNAT
      || role.isTranslated && !attachment.isOnNATNetwork && question.modes.contains(.nat)
    if left > 0, mayHaveNAT {
      attachment.isOnNAT = true
      left -= 1
      add(0, visit)
      left += 1
      attachment.isOnNAT = false
    }
    if !kept.isOnNAT { add(0, visit) }
  }

  // MARK: New networks

  /// The sorts of networks that it may begin, each with how many of it at most.
  private func sorts() -> [(network: SharedNetwork, limit: Int)] {
    var sorts: [(SharedNetwork, Int)] = []
    for mode in [NetworkMode.bridged, .natNetwork, .hostOnly, .internal]
    where question.modes.contains(mode) && role.mayJoin(mode) {
      let limit: Int =
        switch mode {
        case .bridged: networks.contains { $0.mode == .bridged } ? 0 : 1
        case .natNetwork where attachment.isOnNAT: 0
        case .natNetwork, .hostOnly: max(1, openPeers)
        case .internal, .nat: openPeers
        }
      if limit > 0 { sorts.append((SharedNetwork(mode: mode, gateway: nil), limit)) }
    }
    for gateway in openGateways {
      for mode in [NetworkMode.hostOnly, .internal]
      where question.modes.contains(mode) && role.mayJoin(mode) {
        sorts.append((SharedNetwork(mode: mode, gateway: gateway), Int.max))
      }
    }
    return sorts
  }

  private mutating func add(_ sort: Int, _ visit: (NetworkChoice) -> Void) {
    let sorts = self.sorts()
    guard sort < sorts.count else { return chooseEgress(visit) }
    let before = attachment
    let count = newNetworks.count
    let room = SharedNetwork.maximumCount - networks.count - count
    var added = 0
    add(sort + 1, visit)
    while added < min(sorts[sort].limit, room), left > 0 {
      var network = sorts[sort].network
      network.isLikePrevious = added > 0
      attachment.join(network.mode, SharedNetwork.bit(networks.count + newNetworks.count))
      newNetworks.append(network)
      added += 1
      left -= 1
      add(sort + 1, visit)
    }
    left += added
    newNetworks.removeLast(newNetworks.count - count)
    attachment = before
  }

  // MARK: The default route

  private mutating func chooseEgress(_ visit: (NetworkChoice) -> Void) {
    let isBehindNAT = attachment.isOnNAT || attachment.isOnNATNetwork
    guard attachment.isBridged == role.isBridged, attachment.isHostOnly == role.isHostOnly,
      isBehindNAT || !role.isTranslated
    else { return }
    let routers = routers()
    if routers.isEmpty {
      attachment.egress = role.isTranslated ? .translated : role.isBridged ? .bridged : .none
      if attachment.egress == .none, isBehindNAT { return }
    } else {
      // A default route by a router that does not lead where another would is no use to anybody.
      guard routers.count == 1, !isBehindNAT, !role.isBridged else { return }
      attachment.egress = routers[0]
    }
    count += 1
    visit(NetworkChoice(attachment: attachment, newNetworks: newNetworks))
    attachment.egress = .none
  }

  private func routers() -> [Attachment.Egress] {
    (networks + newNetworks).enumerated().compactMap { place, network in
      guard let gateway = network.gateway, gateway != machine,
        attachment.networks & SharedNetwork.bit(place) != 0
      else { return nil }
      return .router(SharedNetwork.bit(place))
    }
  }
}

extension Role {
  /// Whether a VM of the role may be on networks of a mode.
  fileprivate func mayJoin(_ mode: NetworkMode) -> Bool {
    switch mode {
    case .nat: isTranslated
    case .natNetwork: mayUseNATNetwork
    case .bridged: isBridged
    case .hostOnly: isHostOnly
    case .internal: true
    }
  }
}

extension NetworkChoice {
  /// Whether it comes after another VM of the same kind in the order of what they are on: of two
  /// candidates in which such VMs only change places, one will do.
  func mayFollow(_ other: Attachment, _ networks: [SharedNetwork]) -> Bool {
    if attachment.isOnNAT != other.isOnNAT { return other.isOnNAT }
    let all = networks + newNetworks
    var sorts: [(mode: NetworkMode, gateway: Int?)] = []
    for network in all
    where !sorts.contains(where: { $0.mode == network.mode && $0.gateway == network.gateway }) {
      sorts.append((network.mode, network.gateway))
    }
    sorts.sort { ($0.mode.rawValue, $0.gateway ?? -1) < ($1.mode.rawValue, $1.gateway ?? -1) }
    for sort in sorts {
      var mask: UInt64 = 0
      for (place, network) in all.enumerated()
      where network.mode == sort.mode && network.gateway == sort.gateway {
        mask |= SharedNetwork.bit(place)
      }
      let (mine, others) = (attachment.networks & mask, other.networks & mask)
      if mine != others { return mine < others }
    }
    return true
  }
}
