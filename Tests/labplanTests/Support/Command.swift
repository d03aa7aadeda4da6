import Foundation

/// The built command, as a person runs it.
struct Command {
  struct Result {
    let status: Int32
    let output: String
    let errors: String
  }

  /// It lies beside the tests' own executable.
  static let executable = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent().appendingPathComponent("labplan")

  /// The project's top folder.
  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// Runs it to its end, in the current folder or in another.
  static func run(
    _ arguments: [String], input: String = "", folder: URL? = nil,
    environment: [String: String] = [:]
  ) throws -> Result {
    let running = try RunningCommand(arguments, folder: folder, environment: environment)
    running.write(input)
    let output = running.rest()
    let errors = running.errors()
    return Result(status: running.wait(), output: output, errors: errors)
  }
}

/// A command that has been started.
final class RunningCommand {
  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()
  private let errorFile: URL

  /// - Parameters:
  ///   - executable: another command than labplan's own.
  ///   - environment: variables beside those of the tests.
  init(
    _ arguments: [String], folder: URL? = nil, executable: URL = Command.executable,
    environment: [String: String] = [:]
  ) throws {
    errorFile = FileManager.default.temporaryDirectory
      .appendingPathComponent("labplan-\(UUID().uuidString)")
    FileManager.default.createFile(atPath: errorFile.path, contents: nil)
    process.executableURL = executable
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    if let folder { process.currentDirectoryURL = folder }
    process.standardInput = input
    process.standardOutput = output
    // A file, because nobody reads a pipe before the command ends.
    process.standardError = try FileHandle(forWritingTo: errorFile)
    try process.run()
  }

  deinit {
    if process.isRunning { process.terminate() }
    try? FileManager.default.removeItem(at: errorFile)
  }

  var identifier: Int32 { process.processIdentifier }

  /// Sends a signal, unless it has ended.
  func signal(_ number: Int32) {
    if process.isRunning { kill(process.processIdentifier, number) }
  }

  /// Writes to its standard input, and closes it.
  func write(_ text: String) {
    try? input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
    try? input.fileHandleForWriting.close()
  }

  /// The next line of its output, waiting for it.
  func line() -> String {
    var line = ""
    while let byte = try? output.fileHandleForReading.read(upToCount: 1)?.first, byte != 0x0A {
      line.unicodeScalars.append(Unicode.Scalar(byte))
    }
    return line
  }

  /// All output up to its end.
  func rest() -> String {
    String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
  }

  /// Waits for its end, and gives its exit status; negative for the number of a signal.
  func wait() -> Int32 {
    process.waitUntilExit()
    let status = process.terminationStatus
    return process.terminationReason == .exit ? status : -status
  }

  /// What it has written to standard error so far; all of it once it has ended.
  func errors() -> String {
    (try? String(contentsOf: errorFile, encoding: .utf8)) ?? ""
  }
}
