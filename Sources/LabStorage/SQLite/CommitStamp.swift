import CSQLite

/// Where a database stands: between two stamps that are equal nothing was committed, by this process
/// or another one.
///
/// What was read after a stamp was taken is still so for as long as the present one is equal to it.
public struct CommitStamp: Hashable, Sendable {
  private let first: SIMD4<UInt64>
  private let second: SIMD2<UInt64>

  fileprivate init(_ header: labplan_wal_index_header) {
    let words = header.words
    first = SIMD4(words.0, words.1, words.2, words.3)
    second = SIMD2(words.4, words.5)
  }
}

/// The memory where all processes that have a database open look for its last commit
/// (<https://www.sqlite.org/walformat.html>, section 2). Reading it takes nanoseconds, no system call
/// and no lock.
///
/// Unchecked because the memory is only read, by atomic loads, and stays for as long as the
/// connection, which nobody uses after `init`.
final class CommitClock: @unchecked Sendable {
  private let connection: Connection
  private let index: UnsafeRawPointer

  /// The layout that this knows: `WALINDEX_MAX_VERSION` in SQLite's wal.c.
  private static let layout: UInt64 = 3_007_000

  /// Nil where the database has no such memory, as in memory, or in another layout.
  init?(of location: DatabaseLocation) throws(StoreError) {
    connection = try Connection(to: location, access: .readOnly)
    // The first read opens the index.
    _ = try connection.first("SELECT count(*) FROM schema_migrations") { (row) throws(StoreError) in
      try row.next(Int.self)
    }
    guard let index = labplan_sqlite3_wal_index(connection.handle),
      labplan_sqlite3_read_wal_index(index).words.0 & 0xFFFF_FFFF == Self.layout
    else { return nil }
    self.index = index
  }

  /// Where the database stands now.
  var now: CommitStamp { CommitStamp(labplan_sqlite3_read_wal_index(index)) }
}

extension LabStore {
  /// Where the database stands now; nil where that cannot be told so cheaply. Never blocks.
  public var commitStamp: CommitStamp? { database.clock?.now }
}
