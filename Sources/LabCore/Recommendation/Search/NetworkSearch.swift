/// Finds the cheapest networks for VMs of known roles, by branch and bound: one VM after the other
/// joins networks that there are and begins new ones.
final class NetworkSearch {
  let question: RecommendationQuestion
  let rules: ReachRules
  let roles: [Role]
  let needs: MeetingNeeds
  private let order: [Int]
  private let budget: SearchBudget
  private let judge: (CandidateDesign, Weight) -> Weight
  private var limit = Weight.impossible
  /// Whether nobody may meet whom it costs exposure to meet.
  private var isStrict = true
  /// By depth: what the VMs from there on add at least.
  private var least: [Weight] = []
  /// How many networks there are at the end at least.
  private var leastNetworks = 0

  private var networks: [SharedNetwork]
  private var attachments: [Attachment?]

  init(
    _ question: RecommendationQuestion, rules: ReachRules, roles: [Role], order: [Int],
    budget: SearchBudget, judge: @escaping (CandidateDesign, Weight) -> Weight
  ) {
    self.question = question
    self.rules = rules
    self.roles = roles
    self.order = order
    self.budget = budget
    self.judge = judge
    needs = MeetingNeeds(question, rules, roles)
    networks = question.keptShared
    attachments = Array(repeating: nil, count: roles.count)
  }

  /// - Returns: the limit afterwards, lower where a candidate was found.
  func run(limit: Weight) -> Weight {
    let base = Weight(
      exposure: needs.exposure, networks: networks.count, handConfiguration: hand(networks))
    let nextExposure = Weight(exposure: needs.exposure + 1)
    self.limit = min(limit, nextExposure)
    isStrict = true
    prepareBound()
    if leastAfter(0, base, networks: networks.count) < self.limit { attach(0, spent: base) }
    let found = self.limit < min(limit, nextExposure)
    if found || budget.isSpent || limit < nextExposure || limit == nextExposure {
      return found ? self.limit : limit
    }
    self.limit = limit
    isStrict = false
    prepareBound()
    if nextExposure + least[0] < limit { attach(0, spent: base) }
    return self.limit
  }

  private func networksWeight(_ count: Int) -> Weight { Weight(networks: count) }

  // MARK: The bound

  private func prepareBound() {
    let hasRouters = question.hasRouters
    var internals = 0
    let adds: [Weight] = roles.indices.map { machine in
      let role = roles[machine]
      var meeting = needs.networksNeeded(by: machine, strictly: isStrict)
      var byInternal = needs.networksNeeded(by: machine, strictly: isStrict) { [roles] other in
        !(role.isHostOnly && roles[other].isHostOnly)
          && !(role.mayUseNATNetwork && roles[other].mayUseNATNetwork)
      }
      if hasRouters {
        meeting = min(1, meeting)
        byInternal = 0
      }
      internals = max(internals, byInternal)
      let bridged = role.isBridged ? 1 : 0
      let adapters = bridged + max(meeting, role.adapterCount - bridged + byInternal)
      let typed = rules.hostOnlyHasReservations || !role.isHostOnly ? 0 : 1
      return Weight(
        adapters: adapters, handConfiguration: role.forwardCount + byInternal + typed)
    }
    leastNetworks = internals
    if roles.contains(where: \.isBridged) { leastNetworks += 1 }
    if roles.contains(where: \.isHostOnly) { leastNetworks += 1 }
    if roles.contains(where: { $0.isTranslated && $0.isOnNATNetwork != true }) {
      leastNetworks += 1
    }
    if roles.contains(where: { $0.isOnNATNetwork == true }) { leastNetworks += 1 }
    least = Array(repeating: .zero, count: order.count + 1)
    for depth in order.indices.reversed() {
      least[depth] = least[depth + 1] + adds[order[depth]]
    }
  }

  private func leastAfter(_ depth: Int, _ spent: Weight, networks count: Int) -> Weight {
    spent + least[depth] + networksWeight(max(0, leastNetworks - count))
  }

  // MARK: One VM after the other

  private struct Step {
    let choice: NetworkChoice
    let spent: Weight
    let least: Weight
  }

  private func attach(_ depth: Int, spent: Weight) {
    guard depth < order.count else { return finish(spent) }
    let machine = order[depth]
    let attached = MachineSet(order[..<depth])
    for step in steps(for: machine, depth: depth, attached, spent: spent) {
      guard step.least < limit else { break }
      guard budget.take() else { return budget.leaveOut(step.least) }
      let before = networks
      networks = networksAfter(step.choice, machine)
      attachments[machine] = step.choice.attachment
      attach(depth + 1, spent: step.spent)
      attachments[machine] = nil
      networks = before
    }
  }

  private func finish(_ spent: Weight) {
    guard spent < limit else { return }
    let design = CandidateDesign(
      networks: networks, attachments: attachments.compactMap { $0 })
    limit = min(limit, judge(design, spent))
  }

  private func steps(
    for machine: Int, depth: Int, _ attached: MachineSet, spent: Weight
  ) -> [Step] {
    var steps: [Step] = []
    let twin = order[..<depth].last {
      question.kinds[$0] == question.kinds[machine] && roles[$0] == roles[machine]
    }.flatMap { attachments[$0] }
    let isFirstOnNAT = !attached.contains { attachments[$0]?.isOnNAT == true }
    let hasNAT = isFirstOnNAT ? 0 : 1
    var choices = NetworkChoices(
      question: question, machine: machine, role: roles[machine], networks: networks,
      blocked: isStrict
        ? needs.never[machine].union(needs.costly[machine]) : needs.never[machine],
      mustMeet: needs.must[machine], attached: attached,
      openGateways: order[depth...].filter { question.lab.machines[$0].forwards }, budget: budget)
    let order = AttachmentOrder(networks)
    let handBefore = hand(networks)
    choices.list { choice in
      let added = choice.newNetworks.count + (choice.attachment.isOnNAT && isFirstOnNAT ? 1 : 0)
      let plain = Weight(adapters: choice.attachment.adapterCount, networks: added)
      let count = networks.count + hasNAT + added
      guard leastAfter(depth + 1, spent + plain, networks: count) < limit,
        twin.map({ order.allows(choice, after: $0) }) ?? true,
        let exposure = addedExposure(choice, machine, attached)
      else { return }
      let hand = hand(networks, with: choice) - handBefore
      let total =
        spent + plain
        + Weight(exposure: exposure, handConfiguration: hand + roles[machine].forwardCount)
      let least = leastAfter(depth + 1, total, networks: count)
      if least < limit { steps.append(Step(choice: choice, spent: total, least: least)) }
    }
    if choices.isCutShort {
      budget.leaveOut(leastAfter(depth, spent, networks: networks.count + hasNAT))
    }
    steps.sort { ($0.least, $0.spent) < ($1.least, $1.spent) }
    return steps
  }

  private func networksAfter(_ choice: NetworkChoice, _ machine: Int) -> [SharedNetwork] {
    var result = networks + choice.newNetworks
    for place in result.indices {
      let isMember = choice.attachment.networks & SharedNetwork.bit(place) != 0
      if result[place].isLikePrevious, place < networks.count,
        let previous = result.place(before: place)
      {
        let joinsPrevious = choice.attachment.networks & SharedNetwork.bit(previous) != 0
        result[place].isLikePrevious = joinsPrevious == isMember
      }
      if isMember { result[place].members.insert(machine) }
    }
    return result
  }

  // MARK: Costs

  /// What meeting others on these networks exposes beyond what the roles do; nil where a
  /// requirement is not met.
  private func addedExposure(
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
  private func hand(_ networks: [SharedNetwork], with choice: NetworkChoice? = nil) -> Int {
    var count = 0
    var saved = 0
    func add(_ network: SharedNetwork, _ members: Int) {
      if network.gateway != nil { count += 1 }
      switch network.mode {
      case .bridged: count += 1
      case .internal: count += members
      case .hostOnly:
        count += 1 + members
        saved = max(saved, members - (network.gateway == nil ? 0 : 1))
      case .nat, .natNetwork: break
      }
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

extension Role {
  /// Whether it may be on a NAT network: its default route leaves there, or by the LAN.
  var mayUseNATNetwork: Bool { isOnNATNetwork ?? (isTranslated || isBridged) }
}
