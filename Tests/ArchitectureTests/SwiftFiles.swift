import Foundation

/// The project's Swift files, as text.
struct SwiftFile {
  /// From the top of the project.
  let path: String
  let lines: [String]

  static let top = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Every Swift file below some of the top's folders, in order of their paths.
  static func all(in folders: [String]) throws -> [SwiftFile] {
    try folders.flatMap { folder in
      let root = top.appendingPathComponent(folder)
      let paths = FileManager.default.enumerator(atPath: root.path)?.allObjects as? [String] ?? []
      return try paths.filter { $0.hasSuffix(".swift") }.sorted().map { path in
        let text = try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
        return SwiftFile(path: "\(folder)/\(path)", lines: text.components(separatedBy: "\n"))
      }
    }
  }

  /// Every folder below one of the top's, from there, in order.
  static func folders(below folder: String) throws -> [String] {
    let root = top.appendingPathComponent(folder)
    let paths = FileManager.default.enumerator(atPath: root.path)?.allObjects as? [String] ?? []
    return paths.filter {
      var isFolder: ObjCBool = false
      FileManager.default.fileExists(
        atPath: root.appendingPathComponent($0).path, isDirectory: &isFolder)
      return isFolder.boolValue
    }.sorted()
  }
}
