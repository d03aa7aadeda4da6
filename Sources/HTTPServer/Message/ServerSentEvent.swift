/// An event of a `text/event-stream` (WHATWG HTML, section 9.2, "Server-sent events").
public struct ServerSentEvent: Hashable, Sendable {
  /// What a client that lost the connection sends as `Last-Event-ID`; nil leaves it as it was.
  public var id: String?
  /// What kind of event; nil for a plain message.
  public var name: String?
  /// What the event says; may have several lines.
  public var data: String

  /// An event of these parts. Line breaks in `id` and `name` become spaces.
  public init(id: String? = nil, name: String? = nil, data: String) {
    self.id = id
    self.name = name
    self.data = data
  }

  /// The event as it is sent.
  public var bytes: [UInt8] {
    var text = ""
    if let id { text += "id: \(oneLine(id))\n" }
    if let name { text += "event: \(oneLine(name))\n" }
    for line in data.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      text += "data: \(line)\n"
    }
    return Array(text.utf8) + [0x0A]
  }

  /// A comment, which clients pass over.
  public static var heartbeat: [UInt8] { Array(": still here\n\n".utf8) }

  /// Asks clients to wait so long before they connect again.
  public static func retry(after delay: Duration) -> [UInt8] {
    Array("retry: \(delay.nanoseconds / 1_000_000)\n\n".utf8)
  }
}

private func oneLine(_ text: String) -> String {
  String(text.map { $0.isNewline || $0 == "\0" ? " " : $0 })
}
