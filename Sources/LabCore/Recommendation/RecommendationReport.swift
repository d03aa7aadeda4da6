/// Which modes meet a lab's requirements, and which do not and why.
public struct RecommendationReport: Hashable, Sendable {
  /// As the document gives them.
  public let requirements: [RequirementDraft]
  /// Labs that meet all of them, the least exposed first.
  public let recommendations: [Recommendation]
  /// Modes that do not.
  public let ruledOut: [RuledOutMode]
}

/// A whole lab that meets the requirements.
public struct Recommendation: Hashable, Sendable {
  /// 1 for the best.
  public let rank: Int
  /// A few words.
  public let summary: String
  /// The modes it uses.
  public let modes: [NetworkMode]
  /// How many ordered pairs can talk although nothing asks for it.
  public let exposure: Int
  /// How many adapters its VMs have.
  public let adapters: Int
  /// The document, ready to be stored.
  public let lab: LabDraft
  /// Why it does what is asked.
  public let because: [String]
  /// What to know before choosing it.
  public let caveats: [String]
}

/// A mode that does not meet the requirements.
public struct RuledOutMode: Hashable, Sendable {
  /// The mode.
  public let mode: NetworkMode
  /// The first requirement that it does not meet.
  public let requirement: RequirementDraft
  /// What becomes of it.
  public let outcome: Outcome
  /// A sentence.
  public let because: String
}
