import CAssets

/// One numbered step of the schema: the file `Migrations/NNNN_name.sql`.
///
/// **Invariant:** a migration that has shipped never changes; the next change of the schema is the
/// next file.
struct Migration: Equatable, Sendable {
  /// 1-based, without gaps.
  let number: Int
  /// The file's name without its extension, as in `0001_labs`.
  let name: String
  /// What it runs.
  let sql: String
  /// SHA-256 of the file, as `sha256sum` prints it.
  let hash: String

  init(number: Int, name: String, sql: String) {
    self.number = number
    self.name = name
    self.sql = sql
    self.hash = SHA256.hexadecimalDigest(of: sql.utf8)
  }

  /// The migration in a file of that path, nil when the path is not `Migrations/NNNN_name.sql`.
  init?(path: String, sql: String) {
    let prefix = "Migrations/"
    let suffix = ".sql"
    guard path.hasPrefix(prefix), path.hasSuffix(suffix) else { return nil }
    let name = path.dropFirst(prefix.count).dropLast(suffix.count)
    let parts = name.split(separator: "_", maxSplits: 1)
    guard parts.count == 2, parts[0].count == 4, let number = Int(parts[0]), number > 0 else {
      return nil
    }
    self.init(number: number, name: String(name), sql: sql)
  }
}

extension Migration {
  /// Every migration in the binary, by number.
  static let all: [Migration] = (0..<labplan_asset_count)
    .compactMap { labplan_asset_at($0)?.pointee }
    .compactMap { asset in
      let bytes = UnsafeBufferPointer(start: asset.bytes, count: asset.count)
      return Migration(
        path: String(cString: asset.name), sql: String(decoding: bytes, as: UTF8.self))
    }
    .sorted { $0.number < $1.number }
}
