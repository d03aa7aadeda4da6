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
/// connection through.
public func remedies(
  from source: Endpoint, to target: Endpoint, of lab: Lab, query: ConnectivityQuery,
  atMost limit: Int = 5
) -> [Remedy] {
  let before = PlannedReach(lab, query: query)
  let search = RemedySearch(lab: lab, before: before, query: query, source: source, target: target)
  guard search.isBlocked else { return [] }
  let tried = search.candidates().compactMap(search.attempt)
  return tried.sorted { ($0.cost, $0.order) < ($1.cost, $1.order) }.prefix(limit).map(\.remedy)
}

struct RemedyAttempt {
  let remedy: Remedy
  let order: Int
  /// Cells changed besides the pair's own, then edits.
  let cost: Int
}

struct RemedyCandidate {
  let changes: [LabChange]
  let summary: String
  var order = 0
}

struct RemedySearch {
  let lab: Lab
  let before: PlannedReach
  let query: ConnectivityQuery
  let source: Endpoint
  let target: Endpoint

  var isBlocked: Bool {
    guard let outcome = outcome(in: before) else { return false }
    return !outcome.isReachable && outcome != .itself
  }

  private func outcome(in reach: PlannedReach) -> Outcome? {
    guard let row = reach.matrix.endpoints.firstIndex(of: source),
      let column = reach.matrix.endpoints.firstIndex(of: target)
    else { return nil }
    return reach.matrix[row, column]
  }

  func attempt(_ candidate: RemedyCandidate) -> RemedyAttempt? {
    var draft = lab.draft
    var edits: [Edit] = []
    for change in candidate.changes {
      edits += draft.edits(for: change)
      draft = draft.applying(change)
    }
    guard case .success(let changed) = resolve(draft) else { return nil }
    let after = PlannedReach(changed, query: query)
    guard outcome(in: after)?.isReachable == true else { return nil }
    let others = PlanDifference(from: before, to: after).cells.filter {
      $0.source != lab.name(of: source) || $0.target != lab.name(of: target)
    }
    return RemedyAttempt(
      remedy: Remedy(
        edits: edits, summary: candidate.summary, sideEffects: sentences(others)),
      order: candidate.order, cost: others.count * 4 + edits.count)
  }

  private func sentences(_ cells: [PlanDifference.CellChange]) -> [String] {
    let told = cells.prefix(Remedy.maximumSideEffects).map { cell in
      let after = cell.after?.name ?? "gone"
      guard let before = cell.before else { return "\(cell.source) to \(cell.target): \(after)" }
      return "\(cell.source) to \(cell.target): \(before.name) becomes \(after)"
    }
    let rest = cells.count - told.count
    return rest > 0 ? told + ["\(rest) more cells change"] : Array(told)
  }
}
