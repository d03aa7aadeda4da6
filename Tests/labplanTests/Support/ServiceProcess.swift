import Foundation
import Testing

/// `labplan serve` as a process of its own.
final class ServiceProcess {
  let command: RunningCommand
  let port: UInt16

  /// Starts it and waits until it listens.
  convenience init(database: String, _ arguments: [String] = []) throws {
    try self.init(beginning: Self.begin(database: database, arguments))
  }

  /// Waits until a service that was begun listens.
  init(beginning command: RunningCommand) throws {
    self.command = command
    let line = command.line()
    let prefix = "listening on http://127.0.0.1:"
    try #require(line.hasPrefix(prefix), "\(line) \(command.errors())")
    port = try #require(UInt16(line.dropFirst(prefix.count)))
  }

  /// Starts it.
  static func begin(database: String, _ arguments: [String] = []) throws -> RunningCommand {
    try RunningCommand(
      ["serve", "--port", "0", "--database", database, "--log-level", "warning"] + arguments)
  }

  deinit { kill(SIGKILL) }

  /// Sends a signal and waits for the end.
  @discardableResult
  func kill(_ signal: Int32) -> Int32 {
    command.signal(signal)
    return command.wait()
  }

  /// Sends a request on a connection of its own.
  func send(
    _ method: String, _ target: String, _ body: String? = nil, _ headers: [String: String] = [:]
  ) throws -> HTTPAnswer {
    let connection = try #require(HTTPConnection(port: port))
    return try #require(connection.send(method, target, body, headers))
  }
}

/// A directory of a test's own, removed with the last reference to it.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    path =
      FileManager.default.temporaryDirectory
      .appendingPathComponent("labplan-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String) -> String { path + "/" + name }

  var files: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }
}
