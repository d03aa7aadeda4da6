import LabCore

/// How much of the history is kept. The newest revision of a lab always is.
public struct HistoryRetention: Hashable, Sendable {
  /// How many revisions of each lab, at least 1; nil for all.
  public let revisions: Int?
  /// For how many milliseconds a revision is kept after it was written; nil for ever.
  public let age: Int64?

  /// Keeps everything.
  public static let everything = HistoryRetention(revisions: nil, age: nil)

  /// Keeps what is neither beyond the number nor beyond the age.
  public init(revisions: Int?, age: Int64?) {
    self.revisions = revisions.map { max(1, $0) }
    self.age = age
  }
}

extension Connection {
  /// Deletes what is beyond the retention of one lab's history, inside the caller's transaction.
  ///
  /// - Parameter newest: the lab's newest revision.
  func forget(
    _ lab: DNSLabel, before newest: Int, beyond retention: HistoryRetention, at time: Timestamp
  ) throws(StoreError) {
    if let count = retention.revisions {
      try run("DELETE FROM revisions WHERE lab = ? AND revision <= ?", lab, newest - count)
    }
    if let age = retention.age {
      // Up to the first that is young enough: clocks are set back, and the history has no holes.
      try run(
        """
        DELETE FROM revisions WHERE lab = ?1 AND revision < coalesce(
          (SELECT revision FROM revisions WHERE lab = ?1 AND changed_at >= ?3
            ORDER BY revision LIMIT 1), ?2)
        """, lab, newest, time.milliseconds - age)
    }
  }
}

extension LabStore {
  /// Deletes what is beyond the retention now, also of labs that nobody writes to any more. Lab by
  /// lab, so that no write waits long.
  public func forgetOldRevisions(at time: Timestamp) throws {
    let retention = rules.retention
    guard retention != .everything else { return }
    let labs = try database.read { (connection) throws(StoreError) in
      try connection.all("SELECT lab, max(revision) FROM revisions GROUP BY lab") {
        (row) throws(StoreError) in
        (name: try row.next(DNSLabel.self), newest: try row.next(Int.self))
      }
    }
    for lab in labs {
      try database.write { connection in
        try connection.forget(lab.name, before: lab.newest, beyond: retention, at: time)
      }
    }
  }
}
