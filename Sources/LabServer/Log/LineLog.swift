import LabStorage
public import Logging

/// Writes each message of the log as one line to a file descriptor: time, level, message, and what
/// is known besides as `key=value`, in the order of the keys.
///
/// `2026-01-31T12:00:00.000Z info request method=GET target=/v1/labs status=200 …`
public struct LineLog: LogHandler {
  private let lines: LineWriter
  /// What every message carries.
  public var metadata: Logger.Metadata = [:]
  /// Lower ones are not written.
  public var logLevel: Logger.Level = .info

  /// A log whose lines go there.
  public init(to lines: LineWriter) {
    self.lines = lines
  }

  /// Writes a message.
  public func log(event: LogEvent) {
    var line = "\(Timestamp.now.text) \(event.level.rawValue) \(event.message)"
    let known =
      event.metadata.map { metadata.merging($0, uniquingKeysWith: { $1 }) } ?? metadata
    for (key, value) in known.sorted(by: { $0.key < $1.key }) { line += " \(key)=\(value)" }
    if let error = event.error { line += " error=\(error)" }
    lines.write(line)
  }

  /// What every message carries under a key.
  public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }
}
