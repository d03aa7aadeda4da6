/// The search's memo: lower bounds on the exposure and the adapters that networks take, by who has to
/// meet whom.
///
/// Roles often differ in nothing that meeting is about: in their forwards, in what they expose by
/// themselves, or in VMs that have nobody to meet. Those can always be on networks of their own, so
/// that they add no exposure and no adapters but their roles', and spare the others neither.
///
/// **Invariant:** `RecommendationQuestion.roles(of:_:)` gives no role that a VM cannot have alone. A
/// search that failed because of such a VM would be taken for one that those who meet made fail.
struct NetworkMemo {
  /// Who has to meet whom, at what price.
  private struct Problem: Hashable {
    /// The VMs that have somebody to meet, and which networks each may be on.
    var machines: [Int32] = []
    /// By pair of them: what it exposes more to meet, whether they must and may.
    var pairs: [Int16] = []

    /// With what a dictionary takes for it.
    var bytes: Int { 4 * machines.count + 2 * pairs.count + 128 }
  }

  /// By problem: the least, beside what is `given`.
  private var least: [Problem: Int] = [:]
  /// Not where VMs route, or have to be on networks that are there already.
  private let isUsed: Bool

  /// How many bytes of problems are remembered.
  private var bytesLeft = 32 << 20

  init(_ question: RecommendationQuestion) {
    isUsed = !question.hasRouters && question.kept.isEmpty
  }

  /// - Returns: the limit after a search, lower where it found a candidate.
  mutating func limit(
    of search: NetworkSearch, below limit: Weight, _ progress: SearchProgress
  ) -> Weight {
    guard isUsed, let (problem, given) = Self.problem(of: search) else {
      return search.run(limit: limit)
    }
    if let known = least[problem], given.value + known >= limit.value { return limit }
    let leftOut = progress.leftOutCount
    let after = search.run(limit: limit)
    if !progress.isSpent, progress.leftOutCount == leftOut,
      bytesLeft >= problem.bytes || least[problem] != nil
    {
      if least[problem] == nil { bytesLeft -= problem.bytes }
      // Whatever exposes less, or takes fewer adapters to expose as much, would have been found.
      least[problem] = max(least[problem] ?? .min, after.withoutNetworks.value - given.value)
    }
    return after
  }

  /// - Returns: also what all candidates expose, and the adapters of whoever has nobody to meet;
  ///   nil where meeting somebody exposes less than not to.
  private static func problem(of search: NetworkSearch) -> (Problem, given: Weight)? {
    let (needs, roles) = (search.needs, search.roles)
    var problem = Problem()
    var adapters = 0
    for left in roles.indices {
      let meets = !needs.must[left].isEmpty
      if meets {
        problem.machines.append(Int32(left) << 8 | roles[left].sort)
      } else {
        adapters += roles[left].adapterCount
      }
      for right in (left + 1)..<max(roles.count, left + 1) {
        guard needs.added(left, right) >= 0 else { return nil }
        if meets, !needs.must[right].isEmpty { problem.pairs.append(needs[left, right].meeting) }
      }
    }
    return (problem, Weight(exposure: needs.exposure, adapters: adapters))
  }
}

extension PairOfRoles {
  /// All that counts for meeting: the price, whether they must, and whether they may.
  fileprivate var meeting: Int16 {
    guard let together else { return .max }
    return Int16(clamping: (together - apart) * 2 + (mustMeet ? 1 : 0))
  }
}

extension Role {
  /// Which networks it may and must be on.
  fileprivate var sort: Int32 {
    (isBridged ? 1 : 0) | (isHostOnly ? 2 : 0) | (isTranslated ? 4 : 0)
      | (isOnNATNetwork.map { $0 ? 2 : 1 } ?? 0) << 3
  }
}
