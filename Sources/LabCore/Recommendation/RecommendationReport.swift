/// The labs that meet a lab's requirements, and why the others do not.
public struct RecommendationReport: Hashable, Sendable {
  /// As the document gives them.
  public let requirements: [RequirementDraft]
  /// Labs that meet all of them: the best, others worth weighing, then the modes that do alone.
  public let recommendations: [Recommendation]
  /// Modes that do not do alone.
  public let ruledOut: [RuledOutMode]
  /// How good the best is known to be.
  public let proof: RecommendationProof
  /// The document with the fewest changes after which it meets the requirements; the document
  /// itself where it does; nil where nothing was found, and for documents without adapters.
  public let change: LabDraft?
  /// Whether the only recommendation is the document's own lab, mended, because a router of its
  /// user's stands in it; labs without it are not weighed against it.
  public let keepsDesign: Bool

  /// The best lab; nil where none meets the requirements, or none was found in the time given.
  public var best: Recommendation? { recommendations.first }
}

/// What is known of the best lab there is.
public enum RecommendationProof: Hashable, Sendable {
  /// The first recommendation: no lab costs less.
  case optimal
  /// The search was stopped; no lab costs less than this.
  case bound(LabCost)
  /// No lab of the document's VMs meets all requirements. Recommendations, where there are any, have
  /// gateway VMs more.
  case unmeetable(UnmeetableCore)
}

/// Requirements that no lab meets together, though each lacking one of them some lab does.
public struct UnmeetableCore: Hashable, Sendable {
  /// By index in the document, ascending.
  public let requirements: [Int]
  /// Whether no fewer requirements are unmeetable together.
  public let isSmallest: Bool
  /// A sentence.
  public let because: String
}

/// A whole lab that meets the requirements.
public struct Recommendation: Hashable, Sendable {
  /// 1 for the best.
  public let rank: Int
  /// A few words.
  public let summary: String
  /// The modes it uses.
  public let modes: [NetworkMode]
  /// What it costs, judged by the fabric.
  public let cost: LabCost
  /// The document, ready to be stored.
  public let lab: LabDraft
  /// Why it does what is asked.
  public let because: [String]
  /// What to know before choosing it.
  public let caveats: [String]
}

/// A mode that does not do alone.
public struct RuledOutMode: Hashable, Sendable {
  /// What rules it out.
  public enum Cause: Hashable, Sendable {
    /// The first requirement that it does not meet, and what becomes of it.
    case requirement(RequirementDraft, Outcome)
    /// A constraint.
    case constraint
  }

  /// The mode.
  public let mode: NetworkMode
  /// What rules it out.
  public let cause: Cause
  /// A sentence.
  public let because: String
}
