import Glibc

extension DatabaseLocation {
  /// A database and what SQLite keeps beside it while it is in use.
  static func filesOf(_ path: String) -> [String] { [path, path + "-wal", path + "-shm"] }

  /// Creates the file where there is none, so that its owner alone can read it: SQLite gives the
  /// files beside it the same permissions.
  ///
  /// An existing file is not touched: to close it again would end this process's locks on it.
  func createPrivately() {
    guard case .file(let path) = self else { return }
    let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    // Whatever keeps it from being created, SQLite meets it too and says so.
    if descriptor >= 0 { close(descriptor) }
  }

  /// Refuses a file that is no database of labplan before anything opens it for writing.
  ///
  /// - Throws: `foreignDatabase`, with nothing changed in the file or beside it. What else is wrong
  ///   with it is for whoever opens it.
  func refuseForeignFile() throws(StoreError) {
    guard case .file(let path) = self, access(path, F_OK) == 0 else { return }
    do throws(StoreError) {
      _ = try Connection(to: self, access: .inspect).isOurs()
    } catch {
      if error.kind == .foreignDatabase { throw error }
    }
  }

  /// The file as a URI that opens it without locks and without files beside it
  /// (<https://www.sqlite.org/uri.html>): what is only in its write-ahead log is not seen.
  var immutableURI: String {
    let path = String(
      decoding: fileName.utf8.flatMap { byte -> [UInt8] in
        switch byte {
        case UInt8(ascii: "%"): Array("%25".utf8)
        case UInt8(ascii: "?"): Array("%3F".utf8)
        case UInt8(ascii: "#"): Array("%23".utf8)
        default: [byte]
        }
      }, as: UTF8.self)
    return (path.hasPrefix("/") ? "file://" : "file:") + path + "?immutable=1"
  }
}
