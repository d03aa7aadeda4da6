/// Which VMs of known roles have to meet on a network, and which must not.
struct MeetingNeeds {
  /// By VM: those it has to share a network with, or to be routed to.
  private(set) var must: [MachineSet]
  /// By VM: those it may never share one with.
  private(set) var never: [MachineSet]
  /// By VM: those with whom it costs exposure to share one.
  private(set) var costly: [MachineSet]
  /// By VM: those with whom it exposes more to share one than not to.
  private(set) var exposing: [MachineSet]
  /// What all VMs expose if none meet but those that must.
  private(set) var exposure = 0
  private var pairs: [PairOfRoles]
  private let count: Int

  /// - Parameter roles: such that no pair is impossible.
  init(_ question: RecommendationQuestion, _ rules: ReachRules, _ roles: [Role]) {
    count = roles.count
    must = Array(repeating: MachineSet(), count: count)
    never = must
    costly = must
    exposing = must
    let none = PairOfRoles(apart: 0, together: 0, mustMeet: false)
    pairs = Array(repeating: none, count: count * count)
    for left in 0..<count {
      exposure += rules.exposureOutside(of: left, roles[left], question) ?? 0
      for right in (left + 1)..<max(count, left + 1) {
        guard let pair = question.pair(left, roles[left], right, roles[right]) else { continue }
        add(pair, left, right)
      }
    }
  }

  private mutating func add(_ pair: PairOfRoles, _ left: Int, _ right: Int) {
    pairs[left * count + right] = pair
    pairs[right * count + left] = pair
    exposure += pair.apart
    for (one, other) in [(left, right), (right, left)] {
      if pair.mustMeet { must[one].insert(other) }
      guard let together = pair.together else {
        never[one].insert(other)
        continue
      }
      if together > pair.apart {
        costly[one].insert(other)
        exposing[one].insert(other)
      }
    }
  }

  /// What two VMs are to each other.
  subscript(left: Int, right: Int) -> PairOfRoles { pairs[left * count + right] }

  /// What two VMs expose more where they share a network.
  func added(_ left: Int, _ right: Int) -> Int {
    let pair = self[left, right]
    return (pair.together ?? pair.apart) - pair.apart
  }

  /// Lets two VMs meet though that exposes.
  mutating func permit(_ left: Int, _ right: Int) {
    costly[left].remove(right)
    costly[right].remove(left)
  }

  /// Lets two VMs never meet.
  mutating func forbid(_ left: Int, _ right: Int) {
    never[left].insert(right)
    never[right].insert(left)
  }

  /// Of those that a VM must meet and that a filter lets pass, some that may not meet one another:
  /// it takes a network for each of them.
  ///
  /// - Parameter strictly: whether nobody may meet whom it costs exposure to meet.
  func strangers(
    metBy machine: Int, strictly: Bool, where isCounted: (Int) -> Bool = { _ in true }
  ) -> [Int] {
    var found: [Int] = []
    for other in must[machine] where isCounted(other) {
      let isApart = found.allSatisfy { known in
        never[known].contains(other) || strictly && costly[known].contains(other)
      }
      if isApart { found.append(other) }
    }
    return found
  }
}
