import Glibc

/// What restoring a database did.
public struct RestoredDatabase: Sendable {
  /// What is in the database.
  public internal(set) var check: DatabaseCheck
  /// The file that keeps what was there before; nil where there was nothing.
  public internal(set) var former: String?
  /// What became of its tokens.
  public internal(set) var tokens: RestoredTokens
}

/// Puts a copy in the place of a database. No process may be using it.
///
/// A crash leaves either the old database in its place or the new one. Tokens that were revoked since
/// the copy was made stay revoked.
public func restoreDatabase(
  at path: String, from copy: String
) throws(MaintenanceError) -> RestoredDatabase {
  guard !isSameFile(path, copy) else { throw .sameFile(path: path) }
  let unfinished = path + ".unfinished"
  do throws(MaintenanceError) {
    let check = try copyDatabase(at: copy, to: unfinished)
    let tokens = try keepRevocations(of: path, in: unfinished)
    guard fileExists(path) else {
      let lock = try ExclusiveUse(of: path)
      defer { lock.end() }
      try renameFile(unfinished, to: path)
      return RestoredDatabase(check: check, former: nil, tokens: tokens)
    }
    try continueSequence(of: path, in: unfinished)
    let lock = try ExclusiveUse(of: path)
    defer { lock.end() }
    let former = unusedName(for: path + ".before-restore")
    try setAside(path, as: former)
    try renameFile(unfinished, to: path)
    return RestoredDatabase(check: check, former: former, tokens: tokens)
  } catch {
    removeDatabase(unfinished)
    throw error
  }
}

/// Lets changes count on from where the old database was, as far as that one can be read: whoever
/// follows them has seen its numbers.
private func continueSequence(
  of path: String, in copy: String
) throws(MaintenanceError) {
  let last = try? Connection(to: DatabaseLocation(path: path), access: .readOnly).lastSequence()
  guard let last else { return }
  try maintaining(copy) { () throws(StoreError) in
    let target = try Connection(to: DatabaseLocation(path: copy), access: .copy)
    try target.transaction(.write) { () throws(StoreError) in
      guard try Migrator().version(of: target) == Migration.all.count else { return }
      let known = try target.lastSequence()
      try target.continueSequence(from: max(known, last))
    }
  }
}

/// Gives a database a second name, and its write-ahead log the name that goes with it: a log that
/// is left beside another database would be taken for that one's.
private func setAside(_ path: String, as former: String) throws(MaintenanceError) {
  guard link(path, former) == 0 else { throw .file(path: former, code: errno) }
  unlink(path + "-shm")
  if fileExists(path + "-wal") { try renameFile(path + "-wal", to: former + "-wal") }
}

private func unusedName(for path: String) -> String {
  guard fileExists(path) else { return path }
  var number = 2
  while fileExists("\(path)-\(number)") { number += 1 }
  return "\(path)-\(number)"
}
