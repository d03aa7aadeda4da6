/// The ways to forward ports to a VM of a role, the cheapest first.
///
/// One class of services after the other gets a choice: no forward, one from the host's loopback, or
/// one from all of its addresses. All choices together would be three to the power of the classes.
/// But what a choice adds to a role's cost is how many forwards it takes, and beyond that only
/// whether the host and whether the LAN reach something that they were not meant to. Of choices
/// that agree in these two, the cheapest so far stay the cheapest whatever follows (dominance), so
/// that a few of each are enough to have the cheapest of all.
struct ForwardChoices {
  private let question: RecommendationQuestion
  private let role: Role
  private let machine: Int
  private let rules: ReachRules
  /// By class: who has to reach its services, or may have to.
  private let wants: [Want]

  private struct Want {
    let bit: UInt64
    let size: Int
    let isForLAN: Bool
    let isForHost: Bool
    let isForPeer: Bool
    /// Whether a forward from the host's loopback breaks no requirement of the host.
    let mayListenOnLoopback: Bool
    /// Whether one from all of its addresses breaks none of the host and the LAN.
    let mayListen: Bool
  }

  /// A choice for the classes so far.
  private struct Choice {
    var role: Role
    var forwards = 0
    /// Whether the host and whether the LAN reach a service that they were not meant to, by bit.
    var exposed = 0
  }

  init(
    _ question: RecommendationQuestion, _ role: Role, _ machine: Int, _ rules: ReachRules
  ) {
    self.question = question
    self.role = role
    self.machine = machine
    self.rules = rules
    guard role.isTranslated, question.allowsForwards else {
      wants = []
      return
    }
    let sizes = question.services.classSizes[machine]
    let peers = (0..<question.machineCount).reduce(0) { $0 | question[$1, machine].services }
    let (host, lan) = (question[question.host, machine], question[question.lan, machine])
    wants = sizes.enumerated().map { place, size in
      let bit: UInt64 = 1 << UInt64(place)
      let isClosedToHost = !role.isOpenToHost && host.forbiddenServices & bit != 0
      let isClosedToLAN = !role.isBridged && lan.forbiddenServices & bit != 0
      return Want(
        bit: bit, size: size,
        isForLAN: !role.isBridged && lan.services & bit != 0,
        isForHost: !role.isOpenToHost && host.services & bit != 0,
        isForPeer: peers & bit != 0, mayListenOnLoopback: !isClosedToHost,
        mayListen: !isClosedToHost && !isClosedToLAN)
    }
  }

  /// So many of the cheapest, in no order that means anything.
  func cheapest(_ limit: Int) -> [(role: Role, weight: Weight)] {
    var choices = [Choice(role: role)]
    for want in wants {
      choices = choices.flatMap { extensions(of: $0, by: want) }
      if choices.count > limit { choices = cheapest(limit, of: choices) }
    }
    return choices.compactMap { choice in
      question.weight(of: choice.role, machine, rules).map { (choice.role, $0) }
    }
  }

  private func extensions(of choice: Choice, by want: Want) -> [Choice] {
    var found: [Choice] = []
    if !want.isForLAN, !want.isForHost { found.append(choice) }
    if !want.isForLAN, want.isForHost || want.isForPeer, want.mayListenOnLoopback {
      found.append(extended(choice, by: want) { $0.loopbackForwards |= want.bit })
    }
    if want.isForLAN || want.isForPeer, want.mayListen {
      found.append(extended(choice, by: want) { $0.openForwards |= want.bit })
    }
    return found
  }

  private func extended(
    _ choice: Choice, by want: Want, _ forward: (inout Role) -> Void
  ) -> Choice {
    var choice = choice
    forward(&choice.role)
    choice.forwards += want.size
    if !want.isForHost { choice.exposed |= 1 }
    if choice.role.openForwards & want.bit != 0, !want.isForLAN { choice.exposed |= 2 }
    return choice
  }

  /// Those with the fewest forwards of each sort of exposure, in the order in which they came.
  private func cheapest(_ limit: Int, of choices: [Choice]) -> [Choice] {
    let sorted = choices.indices.sorted {
      (choices[$0].forwards, $0) < (choices[$1].forwards, $1)
    }
    var counts = [0, 0, 0, 0]
    var isKept = [Bool](repeating: false, count: choices.count)
    for index in sorted where counts[choices[index].exposed] < limit {
      counts[choices[index].exposed] += 1
      isKept[index] = true
    }
    return choices.indices.filter { isKept[$0] }.map { choices[$0] }
  }
}
