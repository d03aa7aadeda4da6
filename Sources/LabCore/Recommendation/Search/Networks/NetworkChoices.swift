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
  private let kept: KeptParts.KeptAttachment
  private let keptEgress: Attachment.Egress?
  private let progress: SearchProgress

  private var attachment = Attachment()
  private var newNetworks: [SharedNetwork] = []
  private var left: Int
  private var met = MachineSet()
  private var count = 0
  /// Whether there are ways that are not listed, because they are too many.
  private(set) var isCutShort = false

  /// Every level of the search has its list.
  private let maximumCount: Int

  /// - Parameters:
  ///   - blocked: whom the VM may not meet.
  ///   - openGateways: VMs that can be the router of a new network, the VM itself among them.
  init(
    question: RecommendationQuestion, machine: Int, role: Role, networks: [SharedNetwork],
    blocked: MachineSet, mustMeet: MachineSet, attached: MachineSet, openGateways: [Int],
    progress: SearchProgress
  ) {
    self.progress = progress
    maximumCount = question.machineCount <= 48 ? 3000 : 144_000 / question.machineCount
    keptEgress = question.keptEgress(of: machine)
    self.question = question
    self.machine = machine
    self.role = role
    self.networks = networks
    self.openGateways = openGateways
    kept = question.kept.attachments[machine]
    let kept = self.kept
    let mayJoin = networks.enumerated().map { place, network in
      kept.networks & SharedNetwork.bit(place) != 0
        || network.members.isDisjoint(with: blocked) && role.mayJoin(network.traits)
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

  private mutating func mayGoOn() -> Bool {
    if count >= maximumCount || !progress.mayGoOn() { isCutShort = true }
    return !isCutShort
  }

  // MARK: Networks that there are

  private mutating func join(_ place: Int, _ visit: (NetworkChoice) -> Void) {
    guard mayGoOn() else { return }
    guard wanted.subtracting(met).subtracting(reachable[place]).isEmpty else { return }
    guard place < networks.count else { return addNAT(visit) }
    let network = networks[place]
    let isOwn =
      network.gateway == machine || kept.networks & SharedNetwork.bit(place) != 0
    let isLAN = network.traits.isLAN
    if left > 0, mayJoin[place], isOwn || isLAN || isFirstOfItsLike(place) {
      let before = (attachment, met)
      attachment.join(network.traits, SharedNetwork.bit(place))
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
      || role.isTranslated && !attachment.isOnNATNetwork && question.offer.privateNAT != nil
    if left > 0, mayHaveNAT {
      attachment.isOnNAT = true
      left -= 1
      add(sorts()[...], visit)
      left += 1
      attachment.isOnNAT = false
    }
    if !kept.isOnNAT { add(sorts()[...], visit) }
  }

  // MARK: New networks

  /// A sort of networks that it may begin, and how many of it at most.
  private struct Sort {
    let network: SharedNetwork
    let limit: Int

    init(_ network: SharedNetwork, _ limit: Int) {
      self.network = network
      self.limit = limit
    }
  }

  private func sorts() -> [Sort] {
    guard left > 0 else { return [] }
    var sorts: [Sort] = []
    for traits in question.offer.shared where role.mayJoin(traits) {
      let limit = mostNew(traits)
      if limit > 0 { sorts.append(Sort(SharedNetwork(traits: traits, gateway: nil), limit)) }
    }
    for gateway in openGateways {
      for traits in question.offer.shared where traits.takesTyping && role.mayJoin(traits) {
        sorts.append(Sort(SharedNetwork(traits: traits, gateway: gateway), Int.max))
      }
    }
    return sorts
  }

  /// How many new networks of one sort are worth trying.
  private func mostNew(_ traits: NetworkTraits) -> Int {
    if traits.isLAN { return networks.contains { $0.traits.isLAN } ? 0 : 1 }
    // A NAT network serves as a NAT, so that nobody has both unless a NAT is to stay.
    if traits.isTranslated, attachment.isOnNAT, !kept.isOnNAT { return 0 }
    return traits.isCutOff ? openPeers : max(1, openPeers)
  }

  private mutating func add(_ sorts: ArraySlice<Sort>, _ visit: (NetworkChoice) -> Void) {
    guard mayGoOn() else { return }
    guard let sort = sorts.first else { return chooseEgress(visit) }
    let before = attachment
    let count = newNetworks.count
    let room = SharedNetwork.maximumCount - networks.count - count
    var added = 0
    add(sorts.dropFirst(), visit)
    while added < min(sort.limit, room), left > 0 {
      var network = sort.network
      network.isLikePrevious = added > 0
      attachment.join(network.traits, SharedNetwork.bit(networks.count + newNetworks.count))
      newNetworks.append(network)
      added += 1
      left -= 1
      add(sorts.dropFirst(), visit)
    }
    left += added
    newNetworks.removeLast(newNetworks.count - count)
    attachment = before
  }

  // MARK: The default route

  private mutating func chooseEgress(_ visit: (NetworkChoice) -> Void) {
    let isBehindNAT = attachment.isOnNAT || attachment.isOnNATNetwork
    guard attachment.isBridged == role.isBridged, attachment.isHostOnly == role.isHostOnly,
      isBehindNAT || !role.isTranslated,
      role.isOnNATNetwork.map({ $0 == attachment.isOnNATNetwork }) ?? true
    else { return }
    let routers = routers()
    if routers.isEmpty {
      attachment.egress = role.isTranslated ? .translated : role.isBridged ? .lan : .none
      if attachment.egress == .none, isBehindNAT { return }
    } else {
      // A default route by a router that does not lead where another would is no use to anybody.
      guard routers.count == 1, !isBehindNAT, !role.isBridged else { return }
      attachment.egress = routers[0]
    }
    if keptEgress.map({ $0 == attachment.egress }) ?? true {
      count += 1
      visit(NetworkChoice(attachment: attachment, newNetworks: newNetworks))
    }
    attachment.egress = .none
  }

  private func routers() -> [Attachment.Egress] {
    guard question.hasRouters else { return [] }
    return (networks + newNetworks).enumerated().compactMap { place, network in
      guard let gateway = network.gateway, gateway != machine,
        attachment.networks & SharedNetwork.bit(place) != 0
      else { return nil }
      return .router(SharedNetwork.bit(place))
    }
  }
}

extension Role {
  /// Whether a VM of the role may be on networks of a mode.
  func mayJoin(_ traits: NetworkTraits) -> Bool {
    (!traits.isLAN || isBridged) && (!traits.hasHost || isHostOnly)
      && (!traits.isTranslated || mayUseNATNetwork)
  }
}
