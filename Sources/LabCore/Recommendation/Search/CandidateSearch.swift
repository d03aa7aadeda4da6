/// The networks of a candidate and how every VM is attached to them.
struct CandidateDesign: Hashable {
  var networks: [SharedNetwork]
  /// By index in `Lab.machines`.
  var attachments: [Attachment]
}

/// Attaches one VM after the other, the most promising way first, and turns back where what is
/// attached and the least that the others cost (`LowerBound`) is no better than the best candidate.
struct CandidateSearch {
  let question: RecommendationQuestion
  let rules: ReachRules
  /// The VMs in the order in which they are attached: routers first.
  private let order: [Int]
  private let bound: LowerBound
  private let judge: (CandidateDesign, Weight) -> Verdict
  private let mayContinue: () -> Bool
  private var effort: Int

  /// Whether every candidate was tried or ruled out.
  private(set) var isComplete = true
  /// No candidate that was not tried costs less.
  private(set) var leastOpen = Weight.impossible
  private var limit: Weight

  private var networks: [SharedNetwork] = []
  private var attachments: [Attachment?]
  /// By VM and sort: what it costs with the attached ones at least.
  private var withAttached: [[Weight]]

  /// What becomes of a candidate.
  enum Verdict {
    /// The search goes on with what costs less than this.
    case limit(Weight)
    /// It is enough.
    case stop
  }

  /// - Parameters:
  ///   - effort: how many VMs may be attached in all.
  ///   - limit: candidates that cost this or more do not count.
  ///   - judge: takes the candidates, each better than the limit.
  init(
    _ question: RecommendationQuestion, rules: ReachRules, effort: Int, limit: Weight,
    mayContinue: @escaping () -> Bool,
    judge: @escaping (CandidateDesign, Weight) -> Verdict
  ) {
    self.question = question
    self.rules = rules
    self.effort = effort
    self.limit = limit
    self.mayContinue = mayContinue
    self.judge = judge
    order = question.searchOrder()
    bound = LowerBound(question, rules, order: order)
    attachments = Array(repeating: nil, count: question.machineCount)
    withAttached = bound.alone
  }

  /// No candidate costs less than this.
  var rootBound: Weight { leastCost(of: order[...], depth: 0) }

  mutating func run() {
    guard !question.isContradictory else { return }
    attach(0, spent: .zero)
  }

  // MARK: One VM after the other

  private struct Step {
    let choice: AttachmentChoice
    /// What is attached costs with it.
    let spent: Weight
    /// That, and what the open VMs cost at least.
    let least: Weight
  }

  /// - Returns: whether to go on.
  @discardableResult
  private mutating func attach(_ depth: Int, spent: Weight) -> Bool {
    guard depth < order.count else { return finish(spent) }
    let machine = order[depth]
    let steps = steps(for: machine, depth: depth, spent: spent)
    for (index, step) in steps.enumerated() {
      guard step.least < limit else { break }
      effort -= 1
      if effort < 0 || effort % 64 == 0 && !mayContinue() {
        isComplete = false
        leastOpen = min(leastOpen, step.least)
        return false
      }
      let saved = (networks, withAttached)
      apply(step.choice, to: machine, depth: depth)
      let goesOn = attach(depth + 1, spent: step.spent)
      (networks, withAttached) = saved
      attachments[machine] = nil
      if !goesOn {
        let rest = steps[(index + 1)...].map(\.least).min() ?? .impossible
        leastOpen = min(leastOpen, rest)
        return false
      }
    }
    return true
  }

  private mutating func finish(_ spent: Weight) -> Bool {
    guard spent < limit else { return true }
    let design = CandidateDesign(
      networks: networks, attachments: attachments.compactMap { $0 })
    switch judge(design, spent) {
    case .limit(let weight):
      limit = min(limit, weight)
      return true
    case .stop:
      isComplete = false
      return false
    }
  }

  private mutating func apply(_ choice: AttachmentChoice, to machine: Int, depth: Int) {
    attachments[machine] = choice.attachment
    networks = networks(after: choice)
    for other in order[(depth + 1)...] {
      for sort in 0..<8 where withAttached[other][sort].isPossible {
        withAttached[other][sort] =
          withAttached[other][sort]
          + bound.pair(other, LowerBound.sorts[sort], machine, choice.attachment)
      }
    }
  }

  private func networks(after choice: AttachmentChoice) -> [SharedNetwork] {
    var result = networks + choice.newNetworks
    var lastOfSort: [(place: Int, isMember: Bool)] = []
    for place in result.indices {
      let isMember = choice.attachment.networks & SharedNetwork.bit(place) != 0
      if isMember { result[place].memberCount += 1 }
      let sort = lastOfSort.firstIndex { result[$0.place].isOfSort(result[place]) }
      if result[place].isLikePrevious, place < networks.count, let sort {
        result[place].isLikePrevious = lastOfSort[sort].isMember == isMember
      }
      if let sort {
        lastOfSort[sort] = (place, isMember)
      } else {
        lastOfSort.append((place, isMember))
      }
    }
    return result
  }

  // MARK: The ways to attach a VM

  private func steps(for machine: Int, depth: Int, spent: Weight) -> [Step] {
    let rest = order[(depth + 1)...]
    let twin = order[..<depth].last { question.kinds[$0] == question.kinds[machine] }
    let attached = Array(order[..<depth])
    var steps: [Step] = []
    let others = leastCost(of: rest, depth: depth + 1)
    var choices = AttachmentChoices(
      question: question, machine: machine, networks: networks, closed: closed(to: machine),
      openPeers: rest.count { question.needs(machine, $0) },
      gateways: ([machine] + rest).filter { question.lab.machines[$0].forwards }
    ) { choice in
      if let twin, let before = attachments[twin], !choice.mayFollow(before, networks) { return }
      guard let cost = cost(of: choice, machine, attached) else { return }
      let total = spent + cost
      let least = total + others
      guard least < limit else { return }
      steps.append(Step(choice: choice, spent: total, least: least))
    }
    choices.list()
    return steps.map { step in
      Step(
        choice: step.choice, spent: step.spent,
        least: step.spent + leastCost(of: rest, with: step.choice.attachment, machine, depth + 1))
    }
    .filter { $0.least < limit }
    .sorted { ($0.least, $0.spent) < ($1.least, $1.spent) }
  }

  private func closed(to machine: Int) -> UInt64 {
    var closed: UInt64 = 0
    for case (let other, let attachment?) in attachments.enumerated().map({ ($0, $1) })
    where question[machine, other].forbidsEveryPort || question[other, machine].forbidsEveryPort {
      closed |= attachment.networks
    }
    return closed
  }

  // MARK: Costs

  /// What a VM adds; nil where a requirement between it and the attached ones is not met.
  private func cost(of choice: AttachmentChoice, _ machine: Int, _ attached: [Int]) -> Weight? {
    let attachment = choice.attachment
    guard var exposure = rules.exposureOutside(of: machine, attachment, question) else {
      return nil
    }
    let networks = networks + choice.newNetworks
    func routes(_ there: UInt64, _ back: UInt64) -> Bool {
      guard let forth = networks[there.leadingZeroBitCount].gateway,
        let answering = networks[back.leadingZeroBitCount].gateway
      else { return false }
      func isOn(_ router: Int, _ network: UInt64) -> Bool {
        let attachment = router == machine ? choice.attachment : attachments[router]
        return (attachment?.networks ?? 0) & network != 0
      }
      return forth == answering || isOn(forth, back) && isOn(answering, there)
    }
    for other in attached {
      guard let known = attachments[other],
        let there = question[machine, other].exposure(
          open: rules.isOpen(attachment, known, routes: routes),
          forwarded: rules.forwarded(attachment, known)),
        let back = question[other, machine].exposure(
          open: rules.isOpen(known, attachment, routes: routes),
          forwarded: rules.forwarded(known, attachment))
      else { return nil }
      exposure += there + back
    }
    let firstOnNAT =
      attachment.isOnNAT && !attached.contains { attachments[$0]?.isOnNAT == true }
    return Weight(
      exposure: exposure, adapters: attachment.adapterCount,
      networks: choice.newNetworks.count + (firstOnNAT ? 1 : 0),
      handConfiguration: handConfiguration(of: choice))
  }

  /// What is to be set by hand for a VM's part. Host-only networks count from their second on: the
  /// first one's addresses can be reserved, if its members are the most.
  private func handConfiguration(of choice: AttachmentChoice) -> Int {
    let after = networks(after: choice)
    return hand(after) - hand(networks) + choice.attachment.forwardCount
  }

  private func hand(_ networks: [SharedNetwork]) -> Int {
    var count = 0
    var saved = 0
    for network in networks {
      if network.gateway != nil { count += 1 }
      switch network.mode {
      case .bridged: count += 1
      case .internal: count += network.memberCount
      case .hostOnly:
        count += 1 + network.memberCount
        saved = max(saved, network.memberCount - (network.gateway == nil ? 0 : 1))
      case .nat, .natNetwork: break
      }
    }
    return rules.hostOnlyHasReservations ? count - saved : count
  }

  private func leastCost(of rest: ArraySlice<Int>, depth: Int) -> Weight {
    var total = Weight.zero
    for machine in rest {
      let among = bound.amongOpen(depth, machine)
      var least = Weight.impossible
      for sort in 0..<8 { least = min(least, withAttached[machine][sort] + among[sort]) }
      total = total + least
    }
    return total
  }

  private func leastCost(
    of rest: ArraySlice<Int>, with attachment: Attachment, _ attached: Int, _ depth: Int
  ) -> Weight {
    var total = Weight.zero
    for machine in rest {
      let among = bound.amongOpen(depth, machine)
      var least = Weight.impossible
      for sort in 0..<8 {
        let known = withAttached[machine][sort] + among[sort]
        guard known < least else { continue }
        let pair = bound.pair(machine, LowerBound.sorts[sort], attached, attachment)
        least = min(least, known + pair)
      }
      total = total + least
    }
    return total
  }
}

extension AttachmentChoice {
  /// Whether it comes after another VM of the same kind in the order of what they are on: of two
  /// candidates in which such VMs only change places, one will do.
  func mayFollow(_ other: Attachment, _ networks: [SharedNetwork]) -> Bool {
    if attachment.isOnNAT != other.isOnNAT { return other.isOnNAT }
    let all = networks + newNetworks
    for mode in NetworkMode.allCases {
      var gateways: [Int?] = [nil]
      for network in all where network.gateway != nil && !gateways.contains(network.gateway) {
        gateways.append(network.gateway)
      }
      for gateway in gateways.sorted(by: { ($0 ?? -1) < ($1 ?? -1) }) {
        var mask: UInt64 = 0
        for (place, network) in all.enumerated()
        where network.mode == mode && network.gateway == gateway {
          mask |= SharedNetwork.bit(place)
        }
        let (mine, others) = (attachment.networks & mask, other.networks & mask)
        if mine != others { return mine < others }
      }
    }
    return true
  }
}

extension RecommendationQuestion {
  /// Routers first, so that who is routed to whom is known when others are attached; then each
  /// time the VM that has most to do with those before it.
  func searchOrder() -> [Int] {
    var order: [Int] = []
    var open = Array(0..<machineCount)
    var links = [Int](repeating: 0, count: machineCount)
    let degrees = (0..<machineCount).map { machine in
      (0..<machineCount).count { needs(machine, $0) }
    }
    func isBefore(_ left: Int, _ right: Int) -> Bool {
      let (a, b) = (lab.machines[left].forwards, lab.machines[right].forwards)
      if a != b { return a }
      if links[left] != links[right] { return links[left] > links[right] }
      return (degrees[right], kinds[left], left) < (degrees[left], kinds[right], right)
    }
    while let next = open.min(by: isBefore) {
      order.append(next)
      open.removeAll { $0 == next }
      for other in open where needs(next, other) { links[other] += 1 }
    }
    return order
  }
}
