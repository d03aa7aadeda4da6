import Foundation

/// A program of another project that says whether it takes an export.
struct Program: Sendable, CustomStringConvertible {
  let path: String

  var description: String { path }

  /// A program on the search path; nil where it is not installed.
  init?(_ name: String) {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    let found = folders.map { "\($0)/\(name)" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
    guard let found else { return nil }
    path = found
  }

  struct Result {
    let status: Int32
    let output: String
    let errors: String
  }

  /// Runs it to its end in a folder.
  func run(
    _ arguments: [String], in folder: URL, environment: [String: String] = [:]
  ) throws -> Result {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    // Files, because nobody reads a pipe before the program ends.
    let paths = ["output", "errors"].map { _ in
      folder.appendingPathComponent(".\(UUID().uuidString)")
    }
    let files = try paths.map { path in
      FileManager.default.createFile(atPath: path.path, contents: nil)
      return try FileHandle(forWritingTo: path)
    }
    process.standardOutput = files[0]
    process.standardError = files[1]
    try process.run()
    process.waitUntilExit()
    let texts = try paths.map { path in
      defer { try? FileManager.default.removeItem(at: path) }
      return String(decoding: try Data(contentsOf: path), as: UTF8.self)
    }
    return Result(status: process.terminationStatus, output: texts[0], errors: texts[1])
  }
}

/// Does something in an empty folder, which is gone afterwards.
func withFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("labplan-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder)
}

/// Puts an export's files into a folder.
func write(_ files: [(name: String, content: String)], into folder: URL) throws {
  for file in files {
    let path = folder.appendingPathComponent(file.name)
    try FileManager.default.createDirectory(
      at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(file.content.utf8).write(to: path)
  }
}
