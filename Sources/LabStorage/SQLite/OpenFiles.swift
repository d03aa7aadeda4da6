import Glibc

/// The file of a database, and those that SQLite keeps beside it, as they were when it was opened.
///
/// SQLite goes on with a file that was deleted or replaced, and its writes are then in no file that
/// anybody finds again (<https://www.sqlite.org/howtocorrupt.html>, section 2.4). The names tell.
struct OpenFiles: Sendable {
  private struct Identity: Hashable, Sendable {
    let device: dev_t
    let inode: ino_t
  }

  private let path: String
  private let identities: [String: Identity]

  /// Nil for a database in memory. Read at least once from the database before.
  init?(of location: DatabaseLocation) {
    guard case .file(let path) = location else { return nil }
    self.path = path
    var identities: [String: Identity] = [:]
    for name in DatabaseLocation.filesOf(path) { identities[name] = Self.identity(of: name) }
    self.identities = identities
  }

  /// - Throws: `cannotOpen` where one of them is gone or another file has its name.
  func check() throws(StoreError) {
    for (name, identity) in identities where Self.identity(of: name) != identity {
      throw StoreError(.cannotOpen, "\(name) was deleted or replaced while it was open")
    }
  }

  /// - Throws: `full` where the file system has no room for a change.
  func checkRoom() throws(StoreError) {
    var status = statvfs()
    guard statvfs(path, &status) == 0 else { return }
    // Some blocks are for the administrator alone.
    let blocks = geteuid() == 0 ? status.f_bfree : status.f_bavail
    let room = UInt64(blocks) * UInt64(status.f_frsize)
    guard room < Self.leastRoom else { return }
    throw StoreError(.full, "the file system of \(path) has \(room) bytes left")
  }

  /// How many bytes a change takes, about: some pages of the write-ahead log.
  private static let leastRoom: UInt64 = 65_536

  private static func identity(of name: String) -> Identity? {
    var status = stat()
    guard stat(name, &status) == 0 else { return nil }
    return Identity(device: status.st_dev, inode: status.st_ino)
  }
}
