/// What a VM is to the world outside of its own networks, whatever networks those are, and which of
/// its services are forwarded.
struct Role: Hashable {
  var isBridged = false
  var isHostOnly = false
  /// Its default route leaves by NAT or a NAT network.
  var isTranslated = false
  /// The services that are forwarded from all of the host's addresses, by bit.
  var openForwards: UInt64 = 0
  /// The services that are forwarded from the host's loopback alone, by bit.
  var loopbackForwards: UInt64 = 0

  /// Whether the host, and whoever is behind a NAT, can dial it.
  var isOpenToHost: Bool { isBridged || isHostOnly }
  /// Whether it can dial the host's addresses.
  var reachesHost: Bool { isOpenToHost || isTranslated }
  var forwardCount: Int { openForwards.nonzeroBitCount + loopbackForwards.nonzeroBitCount }

  /// How many adapters it takes at least.
  var adapterCount: Int {
    (isBridged ? 1 : 0) + (isHostOnly ? 1 : 0) + (isTranslated ? 1 : 0)
  }
}

extension RecommendationQuestion {
  /// The roles that a VM may have, each with what it costs by itself.
  func roles(of machine: Int, _ rules: ReachRules) -> [(role: Role, weight: Weight)] {
    (0..<8).flatMap { sort -> [(role: Role, weight: Weight)] in
      let role = Role(
        isBridged: sort & 1 != 0, isHostOnly: sort & 2 != 0, isTranslated: sort & 4 != 0)
      guard isAllowed(role, machine) else { return [] }
      return withForwards(role, machine).compactMap { role in
        rules.exposureOutside(of: machine, role, self).map { exposure in
          let adapters = max(role.adapterCount, needsPeer(machine) ? 1 : 0)
          return (
            role,
            Weight(
              exposure: exposure, adapters: adapters, handConfiguration: role.forwardCount)
          )
        }
      }
    }
  }

  private func isAllowed(_ role: Role, _ machine: Int) -> Bool {
    if role.isBridged, !modes.contains(.bridged) { return false }
    if role.isHostOnly, !modes.contains(.hostOnly) { return false }
    if role.isTranslated, !modes.contains(.nat), !modes.contains(.natNetwork) { return false }
    return role.adapterCount <= adapterLimits[machine]
  }

  /// The role with each choice of forwards that may do: those that the host or the LAN has to
  /// have, and those that another VM may have to.
  private func withForwards(_ role: Role, _ machine: Int) -> [Role] {
    guard role.isTranslated, allowsForwards else { return [role] }
    var roles = [role]
    for place in services.ofMachine[machine].indices.prefix(64) {
      let bit: UInt64 = 1 << UInt64(place)
      let isForLAN = !role.isBridged && self[lan, machine].services & bit != 0
      let isForHost = !role.isOpenToHost && self[host, machine].services & bit != 0
      let isForPeer = (0..<machineCount).contains { self[$0, machine].services & bit != 0 }
      roles = roles.flatMap { role -> [Role] in
        var choices: [Role] = []
        if !isForLAN, !isForHost { choices.append(role) }
        if !isForLAN, isForHost || isForPeer { choices.append(role.forwarding(loopback: bit)) }
        if isForLAN || isForPeer { choices.append(role.forwarding(open: bit)) }
        return choices
      }
    }
    return roles
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

extension Role {
  fileprivate func forwarding(open: UInt64 = 0, loopback: UInt64 = 0) -> Role {
    var role = self
    role.openForwards |= open
    role.loopbackForwards |= loopback
    return role
  }
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

  /// Whoever is on a NAT network, which roles do not say, reaches what is forwarded from the
  /// host's loopback; where that is needed it is taken to be so, and where it exposes it is not.
  private func apart(_ demand: PairDemand, _ source: Role, _ target: Role) -> Int? {
    let isOpen = source.isTranslated && target.isOpenToHost
    guard !isOpen else { return demand.exposure(open: true, forwarded: 0) }
    let forwarded = source.reachesHost ? target.openForwards : 0
    let wished =
      source.isTranslated || source.isBridged ? target.loopbackForwards & demand.services : 0
    return demand.exposure(open: false, forwarded: forwarded | wished)
  }
}
