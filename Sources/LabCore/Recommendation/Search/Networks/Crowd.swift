/// VMs that one has to meet on fewer networks than there are of them, though it costs exposure to
/// let any of them meet.
struct Crowd {
  let members: [Int]
  let networks: Int

  /// How many pairs of them meet at least: where they are spread evenly.
  var pairCount: Int {
    let (size, rest) = members.count.quotientAndRemainder(dividingBy: max(1, networks))
    return networks * size * (size - 1) / 2 + rest * size
  }
}

extension NetworkSearch {
  func crowd(_ needs: MeetingNeeds) -> Crowd? {
    guard !question.hasRouters else { return nil }
    for machine in roles.indices {
      let room = question.adapterLimits[machine] - (roles[machine].isBridged ? 1 : 0)
      let strangers = needs.strangers(metBy: machine, strictly: true)
      if strangers.count > room { return Crowd(members: strangers, networks: max(0, room)) }
      let internals = strangersMetInternally(by: machine, needs, strictly: true)
      let left = question.adapterLimits[machine] - roles[machine].adapterCount
      if internals.count > left { return Crowd(members: internals, networks: max(0, left)) }
    }
    return nil
  }

  func strangersMetInternally(
    by machine: Int, _ needs: MeetingNeeds, strictly: Bool
  ) -> [Int] {
    needs.strangers(metBy: machine, strictly: strictly) { [roles] other in
      !(roles[machine].isHostOnly && roles[other].isHostOnly)
        && !(roles[machine].mayUseNATNetwork && roles[other].mayUseNATNetwork)
    }
  }

  /// Lets each two of a crowd meet, which some have to.
  func separate(_ crowd: Crowd, _ needs: MeetingNeeds, _ permitted: Int) {
    guard crowd.networks > 0,
      Weight(exposure: needs.exposure + permitted + crowd.pairCount) < limit
    else { return }
    var needs = needs
    for (place, left) in crowd.members.enumerated() {
      for right in crowd.members[(place + 1)...] where !needs.never[left].contains(right) {
        var others = needs
        others.permit(left, right)
        search(others, permitted: permitted + needs.added(left, right))
        // From now on without them, so that no networks are looked at twice.
        needs.forbid(left, right)
      }
    }
  }
}
