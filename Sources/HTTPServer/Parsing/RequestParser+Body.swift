/// Bodies: by length and chunked (RFC 9112, sections 6 and 7.1).
extension RequestParser {
  /// Reads a piece of the body; true when the body is complete.
  mutating func readBody(
    _ input: borrowing Span<UInt8>, _ position: inout Int
  ) throws(ParseFailure) -> Bool {
    switch phase {
    case .body(let remaining):
      let left = takeBody(input, &position, atMost: remaining)
      phase = .body(remaining: left)
      return left == 0
    case .chunkSize:
      guard try takeBoundedLine(input, &position) else { return false }
      try startChunk(try parseChunkSize(line.span.extracting(0..<(try lineEnd()))))
      return false
    case .chunk(let remaining):
      let left = takeBody(input, &position, atMost: remaining)
      phase = left == 0 ? .chunkEnd : .chunk(remaining: left)
      return false
    case .chunkEnd:
      try readChunkEnd(input, &position)
      return false
    case .trailers:
      return try readTrailer(input, &position)
    case .requestLine, .fields, .failed:
      return false
    }
  }

  private mutating func takeBody(
    _ input: borrowing Span<UInt8>, _ position: inout Int, atMost remaining: Int
  ) -> Int {
    let taken = min(remaining, input.count - position)
    if body.isEmpty { body.reserveCapacity(min(remaining, Self.firstReservation)) }
    input.extracting(position..<(position + taken)).withUnsafeBufferPointer {
      body.append(contentsOf: $0)
    }
    position += taken
    return remaining - taken
  }

  /// What is set aside for a body before it has come: a length is only a promise.
  private static var firstReservation: Int { 64 * 1024 }

  private mutating func startChunk(_ size: Int) throws(ParseFailure) {
    guard size <= limits.bodyBytes - body.count else { throw .bodyTooLarge }
    // A client that sends a byte a chunk makes much work of little; the sum lets honest chunks
    // of any size pass and stops what is framing alone.
    let allowance = 16 + 2 * min(size, Self.mostFramingBytes)
    chunkCost = max(0, chunkCost + line.count + 2 - allowance)
    guard chunkCost <= Self.mostFramingBytes else { throw .wastefulChunks }
    line.removeAll(keepingCapacity: true)
    phase = size == 0 ? .trailers : .chunk(remaining: size)
  }

  /// Bytes of framing beyond what chunks of a fair size need.
  private static var mostFramingBytes: Int { 16 * 1024 }

  private mutating func readChunkEnd(
    _ input: borrowing Span<UInt8>, _ position: inout Int
  ) throws(ParseFailure) {
    let expected: UInt8 = line.isEmpty ? 0x0D : 0x0A
    guard input[position] == expected else { throw .malformedChunkEnd }
    position += 1
    if line.isEmpty {
      line.append(0x0D)
    } else {
      line.removeAll(keepingCapacity: true)
      phase = .chunkSize
    }
  }

  /// Trailer fields are checked like header fields and dropped: nothing here merges them
  /// (RFC 9110, section 6.5.1).
  private mutating func readTrailer(
    _ input: borrowing Span<UInt8>, _ position: inout Int
  ) throws(ParseFailure) -> Bool {
    let isWhole = try takeLine(input, &position)
    guard trailerBytes + line.count <= limits.headBytes else { throw .headTooLarge }
    guard isWhole else { return false }
    let end = try lineEnd()
    if end == 0 { return true }
    trailerBytes += line.count
    trailerCount += 1
    guard trailerCount <= limits.fieldCount else { throw .tooManyFields }
    _ = try FieldLine(line.span.extracting(0..<end))
    line.removeAll(keepingCapacity: true)
    return false
  }

  private mutating func takeBoundedLine(
    _ input: borrowing Span<UInt8>, _ position: inout Int
  ) throws(ParseFailure) -> Bool {
    let isWhole = try takeLine(input, &position)
    guard line.count <= Self.longestChunkLine else { throw .malformedChunkSize }
    return isWhole
  }

  /// Size, extensions and CR LF of a chunk.
  private static var longestChunkLine: Int { 256 }
}

/// The size of a chunk; extensions are checked for controls and ignored (RFC 9112, section 7.1.1).
private func parseChunkSize(_ line: borrowing Span<UInt8>) throws(ParseFailure) -> Int {
  var size = 0
  var index = 0
  while index < line.count, let digit = line[index].hexadecimalValue {
    guard size <= Int.max >> 4 else { throw .malformedChunkSize }
    size = size << 4 | Int(digit)
    index += 1
  }
  guard index > 0 else { throw .malformedChunkSize }
  let digitsEnd = index
  while index < line.count, line[index].isBlank { index += 1 }
  guard index == line.count ? index == digitsEnd : line[index] == 0x3B else {
    throw .malformedChunkSize
  }
  while index < line.count {
    guard line[index].isFieldValueCharacter else { throw .malformedChunkSize }
    index += 1
  }
  return size
}
