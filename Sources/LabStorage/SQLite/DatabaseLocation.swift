/// Where a database lives.
enum DatabaseLocation: Sendable {
  /// A file, by its path.
  case file(String)
  /// Memory that the connections of this process with the same name share, gone with the last one.
  case memory(name: String)

  /// The path of a file, or `:memory:` for a database of its own in memory.
  ///
  /// - Throws: `cannotOpen` for an empty path, which SQLite would take for a private temporary file
  ///   of each connection, and for one with a NUL in it.
  init(path: String) throws(StoreError) {
    guard !path.isEmpty, !path.utf8.contains(0) else {
      throw StoreError(.cannotOpen, "the path of the database is empty or holds a NUL")
    }
    self = path == ":memory:" ? .memory(name: Self.unusedName()) : .file(path)
  }

  /// The file name for `sqlite3_open_v2`.
  var fileName: String {
    switch self {
    case .file(let path): path
    case .memory(let name): name
    }
  }

  /// The virtual file system that opens it; nil is SQLite's own choice.
  var virtualFileSystem: String? {
    switch self {
    case .file: nil
    case .memory: "memdb"
    }
  }

  // The memdb file system shares a database between connections when its name starts with "/".
  private static func unusedName() -> String {
    "/labplan-" + String(UInt64.random(in: .min ... .max), radix: 16)
  }
}
