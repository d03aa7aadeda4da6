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

/// Finds the smallest changes that open a blocked pair, those with the fewest other consequences
/// first; none for a pair that is open.
///
/// Each is applied to the document, planned, and kept only if the simulator then lets the
/// connection through. For an open pair this costs one pair's solution, for a blocked one some
/// dozens, and two matrices for each change that opens it.
///
/// - Parameter assigning: how a lab's addresses are assigned; by default as if for the first time.
public func remedies(
  from source: Endpoint, to target: Endpoint, of lab: Lab, query: ConnectivityQuery,
  atMost limit: Int = 5, assigning: (Lab) -> AddressPlan = { assignAddresses(in: $0) }
) -> [Remedy] {
  let trial = RemedyTrial(lab, query: query, from: source, to: target, assigning: assigning)
  guard trial.isBlocked else { return [] }
  let search = RemedySearch(
    lab: lab, addresses: trial.addresses, query: query, source: source, target: target)
  let before = trial.reach
  let opening = search.candidates().enumerated().compactMap { order, candidate in
    OpeningChange(
      candidate, order: order, of: lab, before: before, query: query, from: source, to: target,
      assigning: assigning)
  }
  return opening.sorted { ($0.cost, $0.order) < ($1.cost, $1.order) }.prefix(limit)
    .map(\.remedy)
}

/// A lab in which a pair is tried.
private struct RemedyTrial {
  let lab: Lab
  let query: ConnectivityQuery
  let addresses: AddressPlan
  let fabric: Fabric
  let outcome: Outcome

  init(
    _ lab: Lab, query: ConnectivityQuery, from source: Endpoint, to target: Endpoint,
    assigning: (Lab) -> AddressPlan
  ) {
    self.lab = lab
    self.query = query
    addresses = assigning(lab)
    fabric = compileFabric(lab: lab, plan: addresses, family: query.family)
    outcome = PairSolver(fabric: fabric, query: query)
      .outcome(from: fabric.node(of: source), to: fabric.node(of: target))
  }

  var isBlocked: Bool { !outcome.isReachable && outcome != .itself }

  /// With everybody's matrix.
  var reach: PlannedReach {
    PlannedReach(
      lab, addresses: addresses, matrix: solveConnectivity(of: lab, in: fabric, query: query))
  }
}

/// A change that was tried, and opens the pair.
private struct OpeningChange {
  let remedy: Remedy
  let order: Int
  /// Cells changed besides the pair's own, then edits.
  let cost: Int

  /// Nil where the change is none of a document, or does not open the pair.
  init?(
    _ candidate: RemedyCandidate, order: Int, of lab: Lab, before: PlannedReach,
    query: ConnectivityQuery, from source: Endpoint, to target: Endpoint,
    assigning: (Lab) -> AddressPlan
  ) {
    var draft = lab.draft
    var edits: [Edit] = []
    for change in candidate.changes {
      edits += draft.edits(for: change)
      draft = draft.applying(change)
    }
    guard case .success(let changed) = resolve(draft) else { return nil }
    let trial = RemedyTrial(changed, query: query, from: source, to: target, assigning: assigning)
    guard trial.outcome.isReachable else { return nil }
    let cells = PlanDifference(from: before, to: trial.reach).cells
    let pair = (lab.name(of: source), lab.name(of: target))
    var others = 0
    var told: [String] = []
    for cell in cells where (cell.source, cell.target) != pair {
      others += 1
      if told.count < Remedy.maximumSideEffects { told.append(cell.sentence) }
    }
    let rest = others - told.count
    remedy = Remedy(
      edits: edits, summary: candidate.summary,
      sideEffects: rest > 0
        ? told + ["\(rest) more \(rest == 1 ? "cell changes" : "cells change")"] : told)
    self.order = order
    cost = others * 4 + edits.count
  }
}

extension PlanDifference.CellChange {
  fileprivate var sentence: String {
    let now = after?.name ?? "gone"
    guard let before else { return "\(source) to \(target): \(now)" }
    return "\(source) to \(target): \(before.name) becomes \(now)"
  }
}
