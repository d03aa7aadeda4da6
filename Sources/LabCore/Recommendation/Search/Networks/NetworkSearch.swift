/// Finds the cheapest networks for VMs of known roles, by branch and bound: one VM after the other
/// joins networks that there are and begins new ones.
final class NetworkSearch {
  let question: RecommendationQuestion
  let rules: ReachRules
  let roles: [Role]
  private(set) var needs: MeetingNeeds
  let order: [Int]
  private let progress: SearchProgress
  private let judge: (CandidateDesign, Weight) -> Weight
  private(set) var limit = Weight.impossible
  /// Whether nobody may meet whom it costs exposure to meet.
  private(set) var isStrict = true
  /// By depth: a lower bound on what the VMs from there on add.
  private var bounds: [Weight] = []
  /// A lower bound on how many networks a whole candidate has.
  private var networkBound = 0

  private(set) var networks: [SharedNetwork]
  private(set) var attachments: [Attachment?]

  init(
    _ question: RecommendationQuestion, rules: ReachRules, roles: [Role], order: [Int],
    progress: SearchProgress, judge: @escaping (CandidateDesign, Weight) -> Weight
  ) {
    self.question = question
    self.rules = rules
    self.roles = roles
    self.order = order
    self.progress = progress
    self.judge = judge
    needs = MeetingNeeds(question, rules, roles)
    networks = question.kept.shared
    attachments = Array(repeating: nil, count: roles.count)
  }

  /// - Returns: the limit afterwards, lower where a candidate was found.
  func run(limit: Weight) -> Weight {
    self.limit = limit
    search(needs, permitted: 0)
    return self.limit
  }

  /// Searches first without letting anybody meet whom it costs exposure to meet.
  ///
  /// - Parameter permitted: what the pairs expose that were let meet though it costs.
  func search(_ needs: MeetingNeeds, permitted: Int) {
    self.needs = needs
    let least = needs.exposure + permitted
    guard Weight(exposure: least) < limit, progress.mayGoOn() else {
      if progress.isSpent { progress.leaveOut(Weight(exposure: least)) }
      return
    }
    if let crowd = crowd(needs) { return separate(crowd, needs, permitted) }
    let base = Weight(
      exposure: needs.exposure, networks: networks.count, handConfiguration: hand(networks))
    let (before, next) = (limit, Weight(exposure: least + 1))
    limit = min(before, next)
    attach(strictly: true, base)
    if limit < min(before, next) { return }
    limit = before
    if !progress.isSpent, next + bounds[0] < limit { attach(strictly: false, base) }
  }

  private func attach(strictly: Bool, _ base: Weight) {
    isStrict = strictly
    prepareBound()
    if bound(0, base, networks: networks.count) < limit { attach(0, spent: base) }
  }

  private func networksWeight(_ count: Int) -> Weight { Weight(networks: count) }

  // MARK: The bound

  private func prepareBound() {
    let hasRouters = question.hasRouters
    var internals = 0
    let adds: [Weight] = roles.indices.map { machine in
      let role = roles[machine]
      var meeting = needs.strangers(metBy: machine, strictly: isStrict).count
      var byInternal = strangersMetInternally(by: machine, needs, strictly: isStrict).count
      if hasRouters {
        meeting = min(1, meeting)
        byInternal = 0
      }
      internals = max(internals, byInternal)
      let bridged = role.isBridged ? 1 : 0
      let adapters = bridged + max(meeting, role.adapterCount - bridged + byInternal)
      let typed = rules.hostOnlyHasReservations || !role.isHostOnly ? 0 : 1
      return Weight(
        adapters: adapters,
        handConfiguration: question.forwardCount(of: role, machine) + byInternal + typed)
    }
    networkBound = internals
    if roles.contains(where: \.isBridged) { networkBound += 1 }
    if roles.contains(where: \.isHostOnly) { networkBound += 1 }
    if roles.contains(where: { $0.isTranslated && $0.isOnNATNetwork != true }) {
      networkBound += 1
    }
    if roles.contains(where: { $0.isOnNATNetwork == true }) { networkBound += 1 }
    bounds = Array(repeating: .zero, count: order.count + 1)
    for depth in order.indices.reversed() {
      bounds[depth] = bounds[depth + 1] + adds[order[depth]]
    }
  }

  /// No candidate that goes on from there costs less.
  private func bound(_ depth: Int, _ spent: Weight, networks count: Int) -> Weight {
    spent + bounds[depth] + networksWeight(max(0, networkBound - count))
  }

  // MARK: One VM after the other

  private struct Step {
    let choice: NetworkChoice
    let spent: Weight
    let bound: Weight
  }

  private func attach(_ depth: Int, spent: Weight) {
    guard depth < order.count else { return finish(spent) }
    let machine = order[depth]
    let attached = MachineSet(order[..<depth])
    for step in steps(for: machine, depth: depth, attached, spent: spent) {
      guard step.bound < limit else { break }
      guard progress.takesDecision() else { return progress.leaveOut(step.bound) }
      let before = networks
      networks = networksAfter(step.choice, machine)
      attachments[machine] = step.choice.attachment
      if let ahead = exposureBound(depth + 1), step.bound + Weight(exposure: ahead) < limit {
        attach(depth + 1, spent: step.spent)
      }
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
      question.symmetryClasses[$0] == question.symmetryClasses[machine]
        && roles[$0] == roles[machine]
    }.flatMap { attachments[$0] }
    let isFirstOnNAT = !attached.contains { attachments[$0]?.isOnNAT == true }
    let hasNAT = isFirstOnNAT ? 0 : 1
    var choices = NetworkChoices(
      question: question, machine: machine, role: roles[machine], networks: networks,
      blocked: isStrict
        ? needs.never[machine].union(needs.costly[machine]) : needs.never[machine],
      mustMeet: needs.must[machine], attached: attached,
      openGateways: order[depth...].filter { question.lab.machines[$0].forwards },
      progress: progress)
    let order = SymmetryBreakingOrder(networks)
    let handBefore = hand(networks)
    choices.list { choice in
      let added = choice.newNetworks.count + (choice.attachment.isOnNAT && isFirstOnNAT ? 1 : 0)
      let plain = Weight(adapters: choice.attachment.adapterCount, networks: added)
      let count = networks.count + hasNAT + added
      guard bound(depth + 1, spent + plain, networks: count) < limit,
        twin.map({ order.allows(choice, after: $0) }) ?? true,
        let exposure = addedExposure(choice, machine, attached)
      else { return }
      let hand = hand(networks, with: choice) - handBefore
      let forwards = question.forwardCount(of: roles[machine], machine)
      let total =
        spent + plain + Weight(exposure: exposure, handConfiguration: hand + forwards)
      let bound = bound(depth + 1, total, networks: count)
      if bound < limit { steps.append(Step(choice: choice, spent: total, bound: bound)) }
    }
    if choices.isCutShort {
      progress.leaveOut(bound(depth, spent, networks: networks.count + hasNAT))
    }
    steps.sort { ($0.bound, $0.spent) < ($1.bound, $1.spent) }
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
}

extension Role {
  /// Whether it may be on a NAT network: its default route leaves there, or by the LAN.
  var mayUseNATNetwork: Bool { isOnNATNetwork ?? (isTranslated || isBridged) }
}
