/// A choice of roles that is not complete: the VMs that have none yet, the roles that they may
/// have, and what all of it costs at least.
///
/// What two VMs without roles expose beside each other is shared out between the roles of the one
/// and those of the other, so that the cheapest role of every VM tells as much as possible. A share
/// may be negative: a role then pays for others. Whatever the shares are, roles cost together what
/// they bear, and what is left of their pairs, which is never negative. The shares come of message
/// passing: each pair in turn takes what its two VMs bear otherwise, and gives either half of the
/// least that goes with each of its roles (Globerson and Jaakkola, "Fixing Max-Product", NIPS 2007).
struct OpenRoles {
  private let pairs: RolePairs
  /// The VMs that have no role.
  private(set) var machines: [Int]
  /// By VM: the options that may do.
  private var options: [[Int]]
  /// By VM: the option that it has; -1 for none.
  private(set) var chosen: [Int]

  /// By option of every VM: how much it exposes, its shares included.
  private var borne: [Exposure]
  /// By VM, then by option of every other: its share of what the two expose.
  private var shares: [Exposure]
  /// By option of every VM: what it costs beside exposure.
  private var lower: [Weight]
  /// By option of every VM: whether it has to be on an internal network for a VM that has a role.
  private var isInternal: [Bool]
  private var chosenExposure: Exposure = 0
  private var chosenLower = Weight.zero

  /// In fractions of `unit`.
  private typealias Exposure = Int
  private static let unit: Exposure = 1 << 20

  init(_ pairs: RolePairs) {
    self.pairs = pairs
    machines = Array(pairs.options.indices)
    options = pairs.options.map { Array($0.indices) }
    chosen = Array(repeating: -1, count: machines.count)
    let all = pairs.options.joined()
    borne = all.map { $0.weight.exposure * Self.unit }
    lower = all.map(\.weight.withoutExposure)
    isInternal = all.map { _ in false }
    shares = Array(repeating: 0, count: machines.count * borne.count)
  }

  /// How many bytes its shares take.
  var shareBytes: Int { shares.count * MemoryLayout<Exposure>.stride }

  /// The lower bound: no way to complete this costs less.
  var bound: Weight {
    var (exposure, rest) = (chosenExposure, chosenLower)
    for machine in machines {
      if options[machine].isEmpty { return .impossible }
      let least = leastOptions(of: machine)
      exposure += least.exposure
      rest = rest + least.lower
    }
    return Weight(exposure: Self.whole(exposure)) + rest
  }

  /// The VM with the fewest options.
  var next: Int? { machines.min { options[$0].count < options[$1].count } }

  /// A VM's options, the most promising first.
  func choices(of machine: Int) -> [Int] {
    let first = pairs.first[machine]
    return options[machine].sorted {
      (borne[first + $0], lower[first + $0], $0) < (borne[first + $1], lower[first + $1], $1)
    }
  }

  private static func whole(_ exposure: Exposure) -> Int { (exposure + unit - 1) >> 20 }

  private func leastOptions(of machine: Int) -> (exposure: Exposure, lower: Weight) {
    let first = pairs.first[machine]
    var least = (exposure: Exposure.max >> 1, lower: Weight.impossible)
    for option in options[machine] {
      least.exposure = min(least.exposure, borne[first + option])
      least.lower = min(least.lower, lower[first + option])
    }
    return least
  }

  // MARK: Choosing

  /// The same after a VM got a role; nil where that does not go with those of others.
  func choosing(_ option: Int, of machine: Int, _ question: RecommendationQuestion) -> OpenRoles? {
    var result = self
    result.choose(option, of: machine, question)
    return result.machines.contains { result.options[$0].isEmpty } ? nil : result
  }

  private mutating func choose(
    _ option: Int, of machine: Int, _ question: RecommendationQuestion
  ) {
    machines.removeAll { $0 == machine }
    chosen[machine] = option
    let own = pairs.first[machine] + option
    chosenExposure += borne[own]
    chosenLower = chosenLower + lower[own]
    for other in pairs.options.indices where other != machine {
      let row = pairs.row(machine, option, other)
      if chosen[other] >= 0 {
        takeInternally(row[row.startIndex + chosen[other]], other)
      } else {
        pass(row, share(of: other, own), machine, to: other)
        if question.symmetryClasses[other] == question.symmetryClasses[machine] {
          // Of a symmetry class, the first VM has the first option.
          options[other].removeAll {
            question.treatsAlike ? $0 != option : other > machine ? $0 < option : $0 > option
          }
        }
      }
    }
  }

  /// A VM that has a role may now have to be on an internal network as well.
  private mutating func takeInternally(_ pair: RolePairs.Entry, _ other: Int) {
    let place = pairs.first[other] + chosen[other]
    guard pair.takesInternal, !isInternal[place] else { return }
    isInternal[place] = true
    chosenLower = chosenLower + pairs.options[other][chosen[other]].internalWeight
  }

  /// Adds what the options of a VM cost with one that has got its role.
  private mutating func pass(
    _ row: ArraySlice<RolePairs.Entry>, _ share: Exposure, _ machine: Int, to other: Int
  ) {
    let first = pairs.first[other]
    let before = options[other]
    options[other] = before.filter { option in
      let pair = row[row.startIndex + option]
      guard pair.isPossible else { return false }
      let place = first + option
      borne[place] += pair.exposure * Self.unit - share - self.share(of: machine, place)
      if pair.takesInternal, !isInternal[place] {
        isInternal[place] = true
        lower[place] = lower[place] + pairs.options[other][option].internalWeight
      }
      return lower[place].isPossible
    }
  }

  private func share(of machine: Int, _ place: Int) -> Exposure {
    shares[machine * borne.count + place]
  }

  // MARK: Bounds

  /// Drops options that lead to no candidate below a limit.
  ///
  /// - Parameters:
  ///   - rounds: how often to share costs out at most.
  ///   - work: how many pairs of options to look at for that at most.
  /// - Returns: whether every VM has one left.
  mutating func tighten(
    to limit: Weight, rounds: Int, work: Int, _ progress: SearchProgress
  ) -> Bool {
    guard dropUseless(limit) else { return false }
    for _ in 0..<min(rounds, work / max(1, pairCount)) {
      let before = leastExposure
      for (place, left) in machines.enumerated() {
        for right in machines[(place + 1)...] {
          guard progress.mayGoOn(options[left].count * options[right].count) else { return true }
          shareOut(left, right)
        }
      }
      guard dropUseless(limit) else { return false }
      if leastExposure - before < Self.unit / 16 { break }
    }
    return true
  }

  /// How many pairs of options there are.
  private var pairCount: Int {
    let count = machines.reduce(0) { $0 + options[$1].count }
    return count * count / 2
  }

  private var leastExposure: Exposure {
    machines.reduce(0) { $0 + leastOptions(of: $1).exposure }
  }

  private mutating func dropUseless(_ limit: Weight) -> Bool {
    if machines.contains(where: { options[$0].isEmpty }) { return false }
    let least = machines.map { leastOptions(of: $0) }
    let exposure = least.reduce(chosenExposure) { $0 + $1.exposure }
    let rest = least.reduce(chosenLower) { $0 + $1.lower }
    for (machine, least) in zip(machines, least) {
      let first = pairs.first[machine]
      let before = options[machine]
      options[machine] = before.filter { option in
        let place = first + option
        let exposure = Self.whole(exposure - least.exposure + borne[place])
        let rest = rest.value - least.lower.value + lower[place].value
        return Weight(exposure: exposure).value + rest < limit.value
      }
      if options[machine].isEmpty { return false }
    }
    return true
  }

  private mutating func shareOut(_ left: Int, _ right: Int) {
    let (mine, others) = (pairs.first[left], pairs.first[right])
    let (there, back) = (left * borne.count + others, right * borne.count + mine)
    for i in options[left] { borne[mine + i] -= shares[back + i] }
    for j in options[right] {
      borne[others + j] -= shares[there + j]
      shares[there + j] = Exposure.max
    }
    let table = pairs.table(left, right)
    let width = pairs.options[right].count
    for i in options[left] {
      var least = Exposure.max
      let own = borne[mine + i]
      for j in options[right] {
        let pair = table[i * width + j]
        guard pair.isPossible else { continue }
        let cost = pair.exposure * Self.unit
        least = min(least, cost + borne[others + j])
        shares[there + j] = min(shares[there + j], cost + own)
      }
      shares[back + i] = least
    }
    settle(left, back)
    settle(right, there)
  }

  /// Gives the options of a VM their shares; drops those that went with none of the other's.
  private mutating func settle(_ machine: Int, _ shares: Int) {
    let first = pairs.first[machine]
    let before = options[machine]
    options[machine] = before.filter { option in
      guard self.shares[shares + option] < Exposure.max else { return false }
      self.shares[shares + option] = (self.shares[shares + option] - borne[first + option]) >> 1
      borne[first + option] += self.shares[shares + option]
      return true
    }
  }
}
