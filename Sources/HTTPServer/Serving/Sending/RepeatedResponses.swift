internal import Glibc

/// Responses that may be repeated, by the bytes of their requests and who sent them.
///
/// Clients that ask again (a page that polls, a script in a loop) send the same bytes each time. They
/// are answered without being parsed and by the thread that has read them.
final class RepeatedResponses: Sendable {
  private struct Shelf: Sendable {
    var responses: [Int: RepeatedResponse] = [:]
    var cost = 0
    /// When the last of them ends.
    var end: Instant = 0
  }

  private let shelves = (0..<4).map { _ in Lock(Shelf()) }

  /// What the responses of a shelf may cost; then it is emptied. Those in use are back at once.
  private static var mostCost: Int { 4 << 20 }

  /// The current response to the message at the start of these bytes from that host.
  func response(
    to bytes: borrowing Span<UInt8>, from peer: String, at now: Instant
  ) -> RepeatedResponse? {
    bytes.withUnsafeBytes { bytes in
      guard let length = headLength(of: bytes) else { return nil }
      let message = UnsafeRawBufferPointer(rebasing: bytes[..<length])
      let key = hash(of: message, from: peer)
      let found = shelf(for: key).withLock { $0.responses[key] }
      guard let found, isEqual(message, found.message), found.peer == peer,
        found.isCurrent(at: now)
      else { return nil }
      return found
    }
  }

  /// Keeps a response in the place of any other to the same request.
  func keep(_ response: RepeatedResponse) {
    let key = response.message.withUnsafeBytes { hash(of: $0, from: response.peer) }
    shelf(for: key).withLock { shelf in
      shelf.cost += response.cost - (shelf.responses[key]?.cost ?? 0)
      if shelf.cost > Self.mostCost {
        shelf.responses.removeAll(keepingCapacity: true)
        shelf.cost = response.cost
      }
      shelf.responses[key] = response
      shelf.end = max(shelf.end, response.end)
    }
  }

  /// Lets go of shelves on which everything has ended, so that quiet times cost no memory.
  func forgetEnded(at now: Instant) {
    for shelf in shelves {
      shelf.withLock { if $0.end <= now, !$0.responses.isEmpty { $0 = Shelf() } }
    }
  }

  private func shelf(for key: Int) -> Lock<Shelf> { shelves[key & 3] }
}

/// Seeded anew in each process, so that nobody can choose requests that collide.
private func hash(of bytes: UnsafeRawBufferPointer, from peer: String) -> Int {
  var hasher = Hasher()
  hasher.combine(peer)
  hasher.combine(bytes: bytes)
  return hasher.finalize()
}

private func isEqual(_ bytes: UnsafeRawBufferPointer, _ other: [UInt8]) -> Bool {
  other.withUnsafeBytes { other in
    guard bytes.count == other.count, let one = bytes.baseAddress, let two = other.baseAddress
    else { return false }
    return memcmp(one, two, bytes.count) == 0
  }
}

/// How many bytes a head takes, with the empty line at its end; nil where it is not whole.
private func headLength(of bytes: UnsafeRawBufferPointer) -> Int? {
  var position = 0
  while position < bytes.count, let start = bytes.baseAddress,
    let lineFeed = memchr(start + position, 0x0A, bytes.count - position)
  {
    let end = UnsafeRawPointer(lineFeed) - start
    if end - position == 1, bytes[position] == 0x0D { return end + 1 }
    position = end + 1
  }
  return nil
}
