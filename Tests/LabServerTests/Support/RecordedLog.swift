import Foundation
import Logging

/// What a service logs, line by line, every level of it.
final class RecordedLog: Sendable {
  private let lines = Lines()

  /// A logger whose lines are kept.
  var logger: Logger {
    var logger = Logger(label: "test") { [lines] _ in Handler(lines: lines) }
    logger.logLevel = .trace
    return logger
  }

  /// The first line that has all these texts in it; waits until there is one.
  func line(with texts: String...) -> String? {
    lines.wait { line in texts.allSatisfy(line.contains) }
  }

  /// Unchecked because of the condition around its lines.
  private final class Lines: @unchecked Sendable {
    private let condition = NSCondition()
    private var lines: [String] = []

    func append(_ line: String) {
      condition.withLock {
        lines.append(line)
        condition.broadcast()
      }
    }

    func wait(until isWanted: (String) -> Bool) -> String? {
      let end = Date.now + 20
      return condition.withLock {
        while true {
          if let line = lines.first(where: isWanted) { return line }
          guard condition.wait(until: end) else { return nil }
        }
      }
    }
  }

  private struct Handler: LogHandler {
    let lines: Lines
    var metadata = Logger.Metadata()
    var logLevel = Logger.Level.trace

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(
      level: Logger.Level, message: Logger.Message, metadata: Logger.Metadata?, source: String,
      file: String, function: String, line: UInt
    ) {
      let pairs = (metadata ?? [:]).sorted { $0.key < $1.key }.map { " \($0)=\($1)" }
      lines.append("\(level) \(message)\(pairs.joined())")
    }
  }
}
