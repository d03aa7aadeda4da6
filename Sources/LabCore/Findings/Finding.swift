/// Something wrong or risky in a lab that is otherwise well-formed.
public struct Finding: Hashable, Sendable {
  /// The check that found it; stable, for programs: `overlapping-prefixes`.
  public let rule: String
  /// How bad it is on this host and hypervisor.
  public let severity: Severity
  /// Where in the document.
  public let pointer: JSONPointer
  /// The sentence for the person who wrote the document; it names both parties where two clash.
  public let detail: String
  /// The other parties, in the same document.
  public let related: [JSONPointer]
  /// Edits of the document after which the finding is gone; empty where there are none to offer.
  public let fix: [Edit]

  /// A finding of the given parts.
  public init(
    rule: String, severity: Severity, pointer: JSONPointer, detail: String,
    related: [JSONPointer] = [], fix: [Edit] = []
  ) {
    self.rule = rule
    self.severity = severity
    self.pointer = pointer
    self.detail = detail
    self.related = related
    self.fix = fix
  }
}

/// How bad a finding is.
public enum Severity: String, CaseIterable, Hashable, Sendable, Comparable {
  /// Worth knowing.
  case info
  /// Works, but not as one would expect.
  case warning
  /// Does not work.
  case error

  /// From `info` to `error`.
  public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .info: 0
    case .warning: 1
    case .error: 2
    }
  }
}
