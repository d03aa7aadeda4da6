public import LabCore

/// A lab as the store holds it.
public struct StoredLab: Hashable, Sendable {
  /// Its document, as it was written; `name` is the name it is stored under.
  public let draft: LabDraft
  /// 1 for a name's first lab, and one more with each change of it. A name never sees a revision
  /// twice: a lab created again after a deletion goes on counting.
  public let revision: Int
  /// When the lab was created.
  public let createdAt: Timestamp
  /// When its revision was written.
  public let updatedAt: Timestamp

  /// A lab as the store would hold it.
  public init(draft: LabDraft, revision: Int, createdAt: Timestamp, updatedAt: Timestamp) {
    self.draft = draft
    self.revision = revision
    self.createdAt = createdAt
    self.updatedAt = updatedAt
  }
}

/// What a list of labs says of each.
public struct LabSummary: Hashable, Sendable {
  /// The lab's name.
  public let name: DNSLabel
  /// What its document says of it.
  public let description: String?
  /// See `StoredLab.revision`.
  public let revision: Int
  /// When the lab was created.
  public let createdAt: Timestamp
  /// When its revision was written.
  public let updatedAt: Timestamp
  /// How many networks it has.
  public let networkCount: Int
  /// How many VMs it has.
  public let machineCount: Int
}

/// A moment of the caller's clock.
public struct Timestamp: Hashable, Comparable, Sendable {
  /// Milliseconds since 1970-01-01 00:00 UTC, without leap seconds.
  public let milliseconds: Int64

  /// A moment that many milliseconds after 1970-01-01 00:00 UTC.
  public init(milliseconds: Int64) {
    self.milliseconds = milliseconds
  }

  /// Earlier before later.
  public static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.milliseconds < right.milliseconds
  }
}

extension Timestamp: SQLValue {
  func bind(to statement: Statement, at index: Int32) throws(StoreError) {
    try statement.bind(milliseconds, at: index)
  }

  static func read(from statement: Statement, at column: Int32) throws(StoreError) -> Timestamp {
    Timestamp(milliseconds: try statement.integer(at: column))
  }
}
