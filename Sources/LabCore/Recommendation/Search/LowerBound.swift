/// What the VMs that are not attached yet cost at least, whatever networks there will be.
///
/// A VM is of one of eight sorts: bridged or not, host-only or not, translated or not. Its sort
/// says what it lets through to and from outside of the lab and, with another VM's, whether they
/// reach each other without sharing a network; if they do not, they share one or not, whichever is
/// cheaper. What a pair of open VMs costs is split between both.
struct LowerBound {
  static let sorts = (0..<8).map(Attachment.init(sort:))

  /// By VM and sort: what it costs by itself.
  private(set) var alone: [[Weight]]
  /// By depth, VM and sort: half of what its pairs with VMs after that depth cost.
  private var amongOpen: [[[Weight]]] = []
  private let question: RecommendationQuestion
  private let rules: ReachRules

  init(_ question: RecommendationQuestion, _ rules: ReachRules, order: [Int]) {
    self.question = question
    self.rules = rules
    alone = (0..<question.machineCount).map { machine in
      Self.sorts.map { Self.costAlone(machine, $0, question, rules) }
    }
    var rest = alone.map { $0.map { _ in Weight.zero } }
    amongOpen = Array(repeating: [], count: order.count + 1)
    amongOpen[order.count] = rest
    for depth in order.indices.reversed() {
      let machine = order[depth]
      for other in order[(depth + 1)...] {
        let halves = pairHalves(machine, other)
        for sort in 0..<8 {
          rest[machine][sort] = rest[machine][sort] + halves.mine[sort]
          rest[other][sort] = rest[other][sort] + halves.others[sort]
        }
      }
      amongOpen[depth] = rest
    }
  }

  /// What the open VM costs at least, by sort, with the open ones from a depth on.
  func amongOpen(_ depth: Int, _ machine: Int) -> [Weight] { amongOpen[depth][machine] }

  private static func costAlone(
    _ machine: Int, _ sort: Attachment, _ question: RecommendationQuestion, _ rules: ReachRules
  ) -> Weight {
    let modes = question.modes
    guard !sort.isBridged || modes.contains(.bridged),
      !sort.isHostOnly || modes.contains(.hostOnly),
      !sort.isTranslated || modes.contains(.nat) || modes.contains(.natNetwork)
    else { return .impossible }
    var attachment = sort
    var adapters =
      (sort.isBridged ? 1 : 0) + (sort.isHostOnly ? 1 : 0) + (sort.isTranslated ? 1 : 0)
    guard adapters <= question.adapterLimits[machine] else { return .impossible }
    if adapters == 0, question.needsPeer(machine) { adapters = 1 }
    let services = question.servicesByForward(machine, attachment)
    attachment.openForwards = services.open
    attachment.loopbackForwards = services.loopback
    guard sort.isTranslated || services.open == 0,
      let exposure = rules.exposureOutside(of: machine, attachment, question)
    else { return .impossible }
    return Weight(
      exposure: exposure, adapters: adapters, handConfiguration: attachment.forwardCount)
  }

  private func pairHalves(_ left: Int, _ right: Int) -> (mine: [Weight], others: [Weight]) {
    var mine = [Weight](repeating: .impossible, count: 8)
    var others = mine
    for (i, a) in Self.sorts.enumerated() where alone[left][i].isPossible {
      for (j, b) in Self.sorts.enumerated() where alone[right][j].isPossible {
        let half = pair(left, a, right, b).half
        mine[i] = min(mine[i], half)
        others[j] = min(others[j], half)
      }
    }
    return (mine, others)
  }

  /// What a pair costs at least; each attachment stands for its sort.
  func pair(_ left: Int, _ a: Attachment, _ right: Int, _ b: Attachment) -> Weight {
    let there = question[left, right]
    let back = question[right, left]
    let shared = exposure(there, true, back, true)
    if a.isBridged && b.isBridged { return shared }
    return min(
      shared,
      exposure(
        there, a.isTranslated && b.isOpenToHost, back, b.isTranslated && a.isOpenToHost))
  }

  /// A service that may yet be forwarded costs nothing.
  private func exposure(
    _ there: PairDemand, _ isOpenThere: Bool, _ back: PairDemand, _ isOpenBack: Bool
  ) -> Weight {
    guard
      let first = there.exposure(open: isOpenThere, forwarded: isOpenThere ? 0 : there.services),
      let second = back.exposure(open: isOpenBack, forwarded: isOpenBack ? 0 : back.services)
    else { return .impossible }
    return Weight(exposure: first + second)
  }
}

extension Attachment {
  /// Three bits: bridged, host-only, translated.
  fileprivate init(sort: Int) {
    isBridged = sort & 1 != 0
    isHostOnly = sort & 2 != 0
    if sort & 4 != 0 { egress = .translated } else if isBridged { egress = .bridged }
  }
}

extension RecommendationQuestion {
  /// Whether a VM has to reach or be reached by another.
  func needsPeer(_ machine: Int) -> Bool {
    (0..<machineCount).contains { needs(machine, $0) }
  }

  /// Whether something must be reached between two VMs.
  func needs(_ left: Int, _ right: Int) -> Bool {
    left != right && (self[left, right].isNeed || self[right, left].isNeed)
  }

  /// The services that the host and the LAN reach by forwards alone.
  func servicesByForward(
    _ machine: Int, _ attachment: Attachment
  ) -> (open: UInt64, loopback: UInt64) {
    let open = attachment.isBridged ? 0 : self[lan, machine].services
    let loopback = attachment.isOpenToHost ? 0 : self[host, machine].services & ~open
    return (open, loopback)
  }
}
