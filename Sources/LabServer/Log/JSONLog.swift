import LabFormats
import LabStorage
public import Logging

/// Writes each message of the log as one object of JSON in a line: `time`, `level`, `message`, and
/// what is known besides, each under its own key.
///
/// `{"time":"2026-01-31T12:00:00.000Z","level":"info","message":"request","status":200,…}`
public struct JSONLog: LogHandler {
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
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("time", Timestamp.now.text)
      writer.member("level", event.level.rawValue)
      writer.member("message", "\(event.message)")
      let known =
        event.metadata.map { metadata.merging($0, uniquingKeysWith: { $1 }) } ?? metadata
      for (key, value) in known.sorted(by: { $0.key < $1.key }) {
        writer.key(text: key)
        writer.metadata(value)
      }
      if let error = event.error { writer.member("error", "\(error)") }
    }
    lines.write(String(decoding: writer.bytes, as: UTF8.self))
  }

  /// What every message carries under a key.
  public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }
}

extension JSONWriter {
  /// A value; numbers and truth values that were given as such are written as such.
  fileprivate mutating func metadata(_ value: Logger.Metadata.Value) {
    switch value {
    case .string(let text): string(text)
    case .stringConvertible(let value as Int): integer(value)
    case .stringConvertible(let value as Bool): bool(value)
    case .stringConvertible(let value): string("\(value)")
    case .array(let values): array(values) { $0.metadata($1) }
    case .dictionary(let members):
      object { writer in
        for (key, value) in members.sorted(by: { $0.key < $1.key }) {
          writer.key(text: key)
          writer.metadata(value)
        }
      }
    }
  }
}
