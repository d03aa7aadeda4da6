/// A lab moved to another product: the best that the product has for each network, what changes, and
/// what is lost.
public struct Translation: Sendable {
  /// Something of a lab that the product cannot have.
  public struct Loss: Hashable, Sendable {
    /// Where it stands in the lab that was moved.
    public let pointer: JSONPointer
    /// What is lost.
    public let what: String
    /// Why, without a full stop.
    public let because: String
  }

  /// A requirement by its index, as the moved lab meets it.
  public struct Requirements: Hashable, Sendable {
    /// Those that are met.
    public let met: [Int]
    /// Those that are not.
    public let broken: [Int]
  }

  /// The lab that was moved, with its addresses and who reaches whom in it.
  public let before: PlannedReach
  /// The lab on the product.
  public let lab: Lab
  /// The same for it.
  public let after: PlannedReach
  /// By network of the new lab: what the product makes of it.
  public var networks: [Network] { lab.networks }
  /// What of the lab is lost.
  public let lost: [Loss]
  /// What a person does by hand, a sentence each without a full stop.
  public let handWork: [String]
  /// What of the requirements is met.
  public let requirements: Requirements

  /// The pairs whose outcome changes.
  public var difference: PlanDifference { PlanDifference(from: before, to: after) }
}

/// Moves a lab to another product.
///
/// For each network every form of every mode that the product has is tried; the fabric judges each
/// whole lab. Requirements count first, then pairs that change, exposure, and what is to be done by
/// hand; among equals the same word stays. The search ends with the budget, and the best so far is
/// the answer.
///
/// - Parameter addresses: those that a stored lab has; by default they are assigned as if for the
///   first time.
/// - Returns: nil where something else of the document rules the product out.
/// - Throws: `BudgetExhausted` where not even one lab could be judged.
public func translate(
  _ lab: Lab, to product: Hypervisor.Product, addresses: AddressPlan? = nil, budget: Budget
) throws(BudgetExhausted) -> Translation? {
  let plan = Plan(lab, addresses: addresses)
  let before = try plan.reach(ConnectivityQuery(), budget: budget)
  let search = TranslationSearch(lab, to: product, before: before)
  guard let best = try search.best(budget) else { return nil }
  let broken = Set(best.verdicts.failures.map(\.requirement))
  let indices = best.lab.requirements.indices
  return Translation(
    before: before, lab: best.lab, after: best.reach, lost: best.lost,
    handWork: handWork(from: before, to: best.reach),
    requirements: Translation.Requirements(
      met: indices.filter { !broken.contains($0) }, broken: broken.sorted()))
}
