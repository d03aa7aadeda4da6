/// A change that opens a blocked pair, tried before it is offered.
public struct Remedy: Hashable, Sendable {
  /// The change, as a JSON Patch of the lab document.
  public let edits: [Edit]
  /// What to do, in a few words.
  public let summary: String
  /// Which other cells of the matrix change, each in a sentence; at most `maximumSideEffects` and
  /// one more that counts the rest.
  public let sideEffects: [String]

  /// How many side effects are spelled out.
  public static let maximumSideEffects = 8
}

/// What was found to open a pair.
public struct RemedySearchResult: Hashable, Sendable {
  /// Those with the fewest other consequences first.
  public let remedies: [Remedy]
  /// Whether every change that might open the pair was tried; otherwise there may be better ones.
  public let isComplete: Bool
}

/// Finds the smallest changes that open a blocked pair, those with the fewest other consequences
/// first; none for a pair that is open.
///
/// Each is applied to the document, planned, and kept only if the simulator then lets the
/// connection through. For an open pair this costs one pair's solution, for a blocked one some
/// dozens, and two matrices for each change that opens it. In a lab of thousands of VMs the budget
/// ends before all are tried; then the best so far are returned.
///
/// - Parameters:
///   - assigning: how a lab's addresses are assigned; by default as if for the first time.
///   - budget: beside its own end, the search ends after some hundred million steps.
public func remedies(
  from source: Endpoint, to target: Endpoint, of lab: Lab, query: ConnectivityQuery,
  atMost limit: Int = 5, budget: Budget = .unlimited,
  assigning: (Lab) -> AddressPlan = { assignAddresses(in: $0) }
) -> RemedySearchResult {
  let budget = budget.part(steps: maximumSteps)
  var trials = RemedyTrials(lab, query, source, target, budget: budget)
  let opening = trials.openingChanges(assigning)
  return RemedySearchResult(
    remedies: opening.sorted { ($0.cost, $0.order) < ($1.cost, $1.order) }.prefix(limit)
      .map(\.remedy),
    isComplete: budget.exhaustion == nil)
}

/// The remedy that `remedies` lists first, carried out; nil where there is none.
func firstRemedy(
  from source: Endpoint, to target: Endpoint, of lab: Lab, query: ConnectivityQuery,
  budget: Budget
) -> (summary: String, lab: Lab)? {
  let budget = budget.part(steps: maximumSteps)
  var trials = RemedyTrials(lab, query, source, target, budget: budget)
  let opening = trials.openingChanges { assignAddresses(in: $0) }
  return opening.min { ($0.cost, $0.order) < ($1.cost, $1.order) }
    .map { ($0.remedy.summary, $0.lab) }
}

/// About a second and a half.
private let maximumSteps = 60_000_000

/// The changes that are tried for a pair.
private struct RemedyTrials {
  private let lab: Lab
  private let query: ConnectivityQuery
  private let source: Endpoint
  private let target: Endpoint
  private let budget: Budget
  private var before: PlannedReach?
  /// The requirements that are not met as it is.
  private var unmet: Set<Int>?

  init(
    _ lab: Lab, _ query: ConnectivityQuery, _ source: Endpoint, _ target: Endpoint,
    budget: Budget
  ) {
    self.lab = lab
    self.query = query
    self.source = source
    self.target = target
    self.budget = budget
  }

  mutating func openingChanges(_ assigning: (Lab) -> AddressPlan) -> [OpeningChange] {
    var opening: [OpeningChange] = []
    do throws(BudgetExhausted) {
      let now = try RemedyTrial(lab, query, source, target, budget, assigning)
      guard now.isBlocked else { return [] }
      let search = RemedySearch(
        lab: lab, addresses: now.addresses, fabric: now.fabric, query: query, source: source,
        target: target)
      for (order, candidate) in search.candidates().enumerated() {
        if let change = try self.opening(candidate, order, now, assigning) {
          opening.append(change)
        }
      }
    } catch {
      // The best so far will do.
    }
    return opening
  }

  /// Nil where the document cannot take the change, or the change does not open the pair.
  private mutating func opening(
    _ candidate: RemedyCandidate, _ order: Int, _ now: RemedyTrial,
    _ assigning: (Lab) -> AddressPlan
  ) throws(BudgetExhausted) -> OpeningChange? {
    var draft = lab.draft
    var edits: [Edit] = []
    for change in candidate.changes {
      edits += draft.edits(for: change)
      draft = draft.applying(change)
    }
    guard case .success(let changed) = resolve(draft) else { return nil }
    let trial = try RemedyTrial(changed, query, source, target, budget, assigning)
    guard trial.outcome.isReachable, try keepsRequirements(trial, now) else { return nil }
    if before == nil { before = try now.reach(budget) }
    let changes = try CellChanges(from: before, to: trial.reach(budget)).summary(
      besides: (lab.name(of: source), lab.name(of: target)),
      telling: Remedy.maximumSideEffects, budget: budget)
    let rest = changes.count - changes.told.count
    let told = changes.told.map(\.sentence)
    return OpeningChange(
      remedy: Remedy(
        edits: edits, summary: candidate.summary,
        sideEffects: rest > 0
          ? told + ["\(rest) more \(rest == 1 ? "cell changes" : "cells change")"] : told),
      lab: changed, order: order,
      cost: (candidate.isWelcome ? 0 : changes.count * 4) + edits.count)
  }

  /// Whether every requirement that is met stays met.
  private mutating func keepsRequirements(
    _ trial: RemedyTrial, _ now: RemedyTrial
  ) throws(BudgetExhausted) -> Bool {
    guard !lab.requirements.isEmpty else { return true }
    if unmet == nil { unmet = try now.unmetRequirements(budget) }
    return try trial.unmetRequirements(budget).isSubset(of: unmet ?? [])
  }
}

/// A lab in which a pair is tried.
private struct RemedyTrial {
  let lab: Lab
  let query: ConnectivityQuery
  let addresses: AddressPlan
  let fabric: Fabric
  let outcome: Outcome

  init(
    _ lab: Lab, _ query: ConnectivityQuery, _ source: Endpoint, _ target: Endpoint,
    _ budget: Budget, _ assigning: (Lab) -> AddressPlan
  ) throws(BudgetExhausted) {
    try budget.spend(Self.stepsOfPart * lab.partCount)
    self.lab = lab
    self.query = query
    addresses = assigning(lab)
    fabric = compileFabric(lab: lab, plan: addresses, family: query.family)
    outcome = PairSolver(fabric: fabric, query: query)
      .outcome(from: fabric.node(of: source), to: fabric.node(of: target))
  }

  /// The requirements that are not met, by index.
  func unmetRequirements(_ budget: Budget) throws(BudgetExhausted) -> Set<Int> {
    let fabric =
      fabric.family == .ipv4
      ? fabric : compileFabric(lab: lab, plan: addresses, family: .ipv4)
    var check = RequirementCheck(lab: lab, fabric: fabric, budget: budget)
    return Set(try check.failures().map(\.index))
  }

  /// What it takes to read, address and compile a VM, an adapter, a network or a forward.
  private static let stepsOfPart = 150

  var isBlocked: Bool { !outcome.isReachable && outcome != .itself }

  /// With everybody's matrix.
  func reach(_ budget: Budget) throws(BudgetExhausted) -> PlannedReach {
    PlannedReach(
      lab: lab, addresses: addresses,
      matrix: try solveConnectivity(of: lab, in: fabric, query: query, budget: budget))
  }
}

/// A change that was tried, and opens the pair.
private struct OpeningChange {
  let remedy: Remedy
  /// The lab after it.
  let lab: Lab
  let order: Int
  /// Cells changed besides the pair's own, then edits.
  let cost: Int
}

extension Lab {
  /// How many VMs, adapters, networks and forwards it has.
  fileprivate var partCount: Int {
    networks.count + portForwards.count + machines.reduce(0) { $0 + 1 + $1.adapters.count }
  }
}

extension PlanDifference.CellChange {
  fileprivate var sentence: String {
    let now = after?.name ?? "gone"
    guard let before else { return "\(source) to \(target): \(now)" }
    return "\(source) to \(target): \(before.name) becomes \(now)"
  }
}
