extension NetworkSearch {
  /// What meeting others on these networks exposes beyond what the roles do; nil where a
  /// requirement is not met.
  func addedExposure(
    _ choice: NetworkChoice, _ machine: Int, _ attached: MachineSet
  ) -> Int? {
    var added = 0
    var met = MachineSet()
    for (place, network) in networks.enumerated()
    where choice.attachment.networks & SharedNetwork.bit(place) != 0 {
      met = met.union(network.members)
    }
    for other in attached {
      let pair = needs[machine, other]
      if question.hasRouters {
        guard let exposure = exposure(choice, machine, other) else { return nil }
        added += exposure - pair.apart
      } else if met.contains(other) {
        guard let together = pair.together else { return nil }
        added += together - pair.apart
      } else if pair.mustMeet {
        return nil
      }
    }
    return added
  }

  /// What a pair exposes, with all that is known of its networks.
  private func exposure(_ choice: NetworkChoice, _ machine: Int, _ other: Int) -> Int? {
    guard let known = attachments[other] else { return nil }
    let all = networks + choice.newNetworks
    func isOn(_ router: Int, _ network: UInt64) -> Bool {
      let attachment = router == machine ? choice.attachment : attachments[router]
      return (attachment?.networks ?? 0) & network != 0
    }
    func routes(_ there: UInt64, _ back: UInt64) -> Bool {
      guard let forth = all[there.leadingZeroBitCount].gateway,
        let answering = all[back.leadingZeroBitCount].gateway
      else { return false }
      return forth == answering || isOn(forth, back) && isOn(answering, there)
    }
    let mine = choice.attachment
    guard
      let there = question[machine, other].exposure(
        open: rules.isOpen(mine, known, routes: routes), forwarded: rules.forwarded(mine, known)),
      let back = question[other, machine].exposure(
        open: rules.isOpen(known, mine, routes: routes), forwarded: rules.forwarded(known, mine))
    else { return nil }
    return there + back
  }

  /// What networks have to be set by hand, with one more VM attached to them and to new ones.
  /// Addresses of the widest host-only network can be reserved where the planner gives it a DHCP
  /// server.
  func hand(_ networks: [SharedNetwork], with choice: NetworkChoice? = nil) -> Int {
    var count = 0
    var saved = 0
    func add(_ network: SharedNetwork, _ members: Int) {
      if network.gateway != nil { count += 1 }
      if network.traits.needsAdministrator { count += 1 }
      guard network.traits.takesTyping else { return }
      count += members
      guard network.traits.hasHost else { return }
      saved = max(saved, members - (network.gateway == nil ? 0 : 1))
    }
    let joined = choice?.attachment.networks ?? 0
    for (place, network) in networks.enumerated() {
      let isJoined = joined & SharedNetwork.bit(place) != 0
      add(network, network.members.count + (isJoined ? 1 : 0))
    }
    for network in choice?.newNetworks ?? [] { add(network, 1) }
    return rules.hostOnlyHasReservations ? count - saved : count
  }
}
