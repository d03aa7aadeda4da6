/// What a VM is to the world outside of its own networks, whatever networks those are, and which of
/// its services are forwarded.
struct Role: Hashable {
  var isBridged = false
  var isHostOnly = false
  /// Its default route leaves by NAT or a NAT network.
  var isTranslated = false
  /// Whether it is on a NAT network; nil where that is open, because no forward listens on the
  /// host's loopback.
  var isOnNATNetwork: Bool?
  /// Whether it can dial the host's loopback.
  var reachesLoopback = false
  /// The classes of services that are forwarded from all of the host's addresses, by bit.
  var openForwards: UInt64 = 0
  /// The classes of services that are forwarded from the host's loopback alone, by bit.
  var loopbackForwards: UInt64 = 0

  /// Whether the host, and whoever is behind a NAT, can dial it.
  var isOpenToHost: Bool { isBridged || isHostOnly }
  /// Whether it can dial the host's addresses.
  var reachesHost: Bool { isOpenToHost || isTranslated }

  /// How many adapters it takes at least.
  var adapterCount: Int {
    (isBridged ? 1 : 0) + (isHostOnly ? 1 : 0)
      + (isTranslated || isOnNATNetwork == true ? 1 : 0)
  }
}

extension RecommendationQuestion {
  /// The cheapest roles that a VM may have, each with what it costs by itself.
  ///
  /// - Parameter limit: no more roles of one sort than this are listed, the cheapest of them.
  func roles(
    of machine: Int, _ rules: ReachRules, atMost limit: Int
  ) -> [(role: Role, weight: Weight)] {
    (0..<8).flatMap { sort -> [(role: Role, weight: Weight)] in
      let role = Role(
        isBridged: sort & 1 != 0, isHostOnly: sort & 2 != 0, isTranslated: sort & 4 != 0)
      let roles = withLoopback(role, machine, rules).filter { isAllowed($0, machine) }
      return roles.flatMap { role in
        ForwardChoices(self, role, machine, rules).cheapest(limit)
      }
    }
  }

  /// What a role costs a VM by itself; nil where it breaks a requirement of the VM with the host,
  /// the LAN or the internet.
  func weight(of role: Role, _ machine: Int, _ rules: ReachRules) -> Weight? {
    rules.exposureOutside(of: machine, role, self).map { exposure in
      Weight(
        exposure: exposure, adapters: max(role.adapterCount, needsPeer(machine) ? 1 : 0),
        handConfiguration: forwardCount(of: role, machine))
    }
  }

  /// How many port forwards a VM of a role has.
  func forwardCount(of role: Role, _ machine: Int) -> Int {
    services.forwardCount(role.openForwards, to: machine)
      + services.forwardCount(role.loopbackForwards, to: machine)
  }

  /// The role on a NAT network and on none, where that makes a difference.
  private func withLoopback(_ role: Role, _ machine: Int, _ rules: ReachRules) -> [Role] {
    guard mayListenOnLoopback else { return [role] }
    let isKeptOnNAT = kept.attachments[machine].isOnNAT
    return [false, true].map { isOnNATNetwork in
      var role = role
      role.isOnNATNetwork = isOnNATNetwork
      let isOnNAT = isKeptOnNAT || role.isTranslated && !isOnNATNetwork
      role.reachesLoopback = isOnNATNetwork || isOnNAT && rules.natReachesLoopback
      return role
    }
  }

  private func isAllowed(_ role: Role, _ machine: Int) -> Bool {
    if role.isBridged, !offer.hasLAN { return false }
    if role.isHostOnly, !offer.hasHostNetworks { return false }
    if role.isTranslated, !offer.hasNAT { return false }
    if role.isTranslated, role.isOnNATNetwork == false {
      guard offer.privateNAT != nil || kept.attachments[machine].isOnNAT else { return false }
    }
    if role.isOnNATNetwork == true {
      guard role.isTranslated || role.isBridged, offer.hasSharedNAT else { return false }
    }
    return role.adapterCount <= adapterLimits[machine]
  }

  /// Whether a VM may have a service that is forwarded from the host's loopback alone.
  func findWhetherLoopbackMatters() -> Bool {
    allowsForwards && offer.hasNAT
      && (0..<machineCount).contains { machine in
        self[host, machine].services != 0
          || (0..<machineCount).contains { self[$0, machine].services != 0 }
      }
  }

  /// Whether a VM has to reach or be reached by another.
  private func needsPeer(_ machine: Int) -> Bool {
    (0..<machineCount).contains { needs(machine, $0) }
  }

  /// Whether something must be reached between two VMs.
  func needs(_ left: Int, _ right: Int) -> Bool {
    left != right && (self[left, right].isNeed || self[right, left].isNeed)
  }

  /// Whether a VM of the lab forwards packets.
  var hasRouters: Bool { lab.machines.contains(where: \.forwards) }
}

// MARK: Two VMs

/// What two VMs of known roles are to each other.
struct PairOfRoles {
  /// What they expose unless they share a network.
  var apart: Int
  /// What they expose where they share one; nil where they must not.
  var together: Int?
  /// Whether they have to share a network, or to be routed to each other.
  var mustMeet: Bool
}

extension RecommendationQuestion {
  /// What two VMs are to each other; nil where no networks meet the requirements between them.
  func pair(_ left: Int, _ a: Role, _ right: Int, _ b: Role) -> PairOfRoles? {
    let there = self[left, right]
    let back = self[right, left]
    var together: Int?
    if let first = there.exposure(open: true, forwarded: 0),
      let second = back.exposure(open: true, forwarded: 0)
    {
      together = first + second
    }
    if a.isBridged && b.isBridged {
      guard let together else { return nil }
      return PairOfRoles(apart: together, together: together, mustMeet: false)
    }
    if let first = apart(there, a, b), let second = apart(back, b, a) {
      return PairOfRoles(apart: first + second, together: together, mustMeet: false)
    }
    guard let together else { return nil }
    return PairOfRoles(apart: together, together: together, mustMeet: true)
  }

  /// What a pair exposes without a common network; nil where a requirement is not met.
  private func apart(_ demand: PairDemand, _ source: Role, _ target: Role) -> Int? {
    let isOpen = source.isTranslated && target.isOpenToHost
    var forwarded = source.reachesHost || source.reachesLoopback ? target.openForwards : 0
    if source.reachesLoopback { forwarded |= target.loopbackForwards }
    return demand.exposure(open: isOpen, forwarded: forwarded)
  }
}
