import Glibc

/// Copies a database into a new file, while services go on reading and writing it: the copy is the
/// state of one moment. It is read from end to end before it gets its name.
///
/// The copy is one file, without a write-ahead log beside it.
///
/// - Parameter overwrites: whether an existing file is replaced, unless it is the database itself or
///   a process has it open.
/// - Returns: what is in the copy.
@discardableResult
public func backUpDatabase(
  at path: String, to copy: String, overwrites: Bool = false
) throws(MaintenanceError) -> DatabaseCheck {
  guard overwrites || !fileExists(copy) else { throw .exists(path: copy) }
  guard !isSameFile(path, copy) else { throw .sameFile(path: copy) }
  let unfinished = copy + ".unfinished"
  do throws(MaintenanceError) {
    let check = try copyDatabase(at: path, to: unfinished)
    let lock = try ExclusiveUse(of: copy)
    defer { lock.end() }
    try renameFile(unfinished, to: copy)
    return check
  } catch {
    removeDatabase(unfinished)
    throw error
  }
}

/// Copies a database into a file of its own and reads the copy; one with faults is thrown.
func copyDatabase(
  at path: String, to copy: String
) throws(MaintenanceError) -> DatabaseCheck {
  removeDatabase(copy)
  let source = try maintaining(path) { () throws(StoreError) in
    let source = try Connection(to: DatabaseLocation(path: path), access: .readOnly)
    guard try Migrator().version(of: source) > 0 else {
      throw StoreError(.foreignDatabase, "it holds no labs and no tables")
    }
    return source
  }
  try maintaining(copy) { () throws(StoreError) in
    let target = try Connection(to: DatabaseLocation(path: copy), access: .copy)
    try source.copy(to: target)
  }
  let check = try checkDatabase(at: copy)
  guard check.faults.isEmpty else { throw .damaged(path: path, faults: check.faults) }
  return check
}
