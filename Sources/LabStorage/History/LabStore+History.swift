public import LabCore

/// The history of the labs. Every change is in it, with the transaction that made it.
extension LabStore {
  /// The sequence of the newest change of all; 0 where there is none.
  public func lastSequence() throws(StoreError) -> Int64 {
    try database.read { (connection) throws(StoreError) in try connection.lastSequence() }
  }

  /// Changes after one of a sequence, in the order in which they were made: of all labs, or of one.
  ///
  /// - Parameter limit: how many at most; fewer mean that there are no more just now.
  public func changes(
    after sequence: Int64, limit: Int, lab: DNSLabel? = nil
  ) throws(StoreError) -> [RecordedChange] {
    try database.read { (connection) throws(StoreError) in
      try connection.changes(after: sequence, limit: max(0, limit), lab: lab)
    }
  }

  /// The changes of a lab, also of one that is gone, newest first, at most `limit` of them,
  /// beginning before the revision `cursor`. None for a name that the history does not know.
  public func revisions(
    of name: DNSLabel, before cursor: Int?, limit: Int
  ) throws(StoreError) -> [Revision] {
    try database.read { (connection) throws(StoreError) in
      try connection.revisions(of: name, before: cursor, limit: max(0, limit))
    }
  }

  /// From the oldest to the newest revision that the history has of a lab, also of one that is gone;
  /// nil for a name that it does not know.
  public func keptRevisions(of name: DNSLabel) throws(StoreError) -> ClosedRange<Int>? {
    try database.read { (connection) throws(StoreError) in
      try connection.keptRevisions(of: name)
    }
  }

  /// A change of a lab and the document after it; nil where it is not in the history.
  public func revision(_ number: Int, of name: DNSLabel) throws(StoreError) -> RevisionDocument? {
    try database.readSnapshot { (connection) throws(StoreError) in
      guard let change = try connection.change(number, of: name) else { return nil }
      return RevisionDocument(
        change: change, document: try connection.document(of: name, after: change.revision))
    }
  }

  /// Calls `body` after every commit of this process, on the thread that committed: it has to be
  /// quick, and must not write. It may be called without anything having changed.
  public func afterCommit(_ body: @escaping @Sendable () -> Void) {
    database.writer.afterCommit(body)
  }

  /// A watch for commits of any process.
  public func watch() throws(StoreError) -> ChangeWatch { try ChangeWatch(database.location) }
}
