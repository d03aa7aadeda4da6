import HTTPServer
import LabAnswers
import LabCore
import LabFormats
import LabStorage

/// Where a stream of changes stands.
struct ChangeReader {
  private let store: LabStore
  private let lab: DNSLabel?
  private var sequence: Int64
  private var hasBegun = false

  /// - Parameters:
  ///   - lab: whose changes are read; nil for those of all labs.
  ///   - sequence: after which change.
  init(store: LabStore, lab: DNSLabel?, sequence: Int64) {
    self.store = store
    self.lab = lab
    self.sequence = sequence
  }

  /// How many changes are read at a time. A change may be as large as a document, so that few are
  /// in memory at once for a client that takes them slowly.
  private static var most: Int { 4 }
  /// How many bytes a piece has before it is sent.
  private static var pieceBytes: Int { 256 * 1024 }

  /// The next changes as events; the first piece tells the client where it stands.
  mutating func next() throws -> LiveBody.Piece {
    var bytes: [UInt8] = []
    if !hasBegun {
      bytes = ServerSentEvent.retry(after: .seconds(2))
      // No data: browsers keep the id, so that they miss nothing when they come back, and raise no
      // event.
      bytes += Array("id: \(sequence)\n\n".utf8)
      hasBegun = true
    }
    var isUpToDate = false
    while !isUpToDate, bytes.count < Self.pieceBytes {
      let changes = try store.changes(after: sequence, limit: Self.most, lab: lab)
      for change in changes { bytes += change.event.bytes }
      sequence = changes.last?.revision.sequence ?? sequence
      isUpToDate = changes.count < Self.most
    }
    return bytes.isEmpty ? .nothingYet : .bytes(bytes)
  }
}

extension RecordedChange {
  /// The change as an event.
  fileprivate var event: ServerSentEvent {
    var writer = JSONWriter()
    writer.object { writer in
      writer.members(of: revision)
      writer.key("patch")
      writer.bounded { $0.rawOrNull(patch) }
    }
    return ServerSentEvent(
      id: String(revision.sequence), name: "change",
      data: String(decoding: writer.bytes, as: UTF8.self))
  }
}
