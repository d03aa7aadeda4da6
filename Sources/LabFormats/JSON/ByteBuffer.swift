/// Bytes that grow at the end: space and uniqueness are checked once for a run of bytes, not once
/// for each.
struct ByteBuffer: Sendable {
  /// **Invariant:** `count` of its bytes are written, the others are space.
  private var storage: [UInt8]
  private(set) var count = 0

  init(capacity: Int) {
    storage = Array(repeating: 0, count: max(capacity, 16))
  }

  /// What is written so far.
  var bytes: [UInt8] { Array(storage[..<count]) }

  /// Appends a run that the closure writes.
  ///
  /// - Parameters:
  ///   - limit: the most bytes that the closure writes.
  ///   - write: writes from the pointer on, and returns how many bytes it wrote.
  @inline(__always)
  mutating func append(atMost limit: Int, _ write: (UnsafeMutablePointer<UInt8>) -> Int) {
    if storage.count - count < limit { grow(by: limit) }
    let start = count
    count += storage.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.map { write($0 + start) } ?? 0
    }
  }

  private mutating func grow(by limit: Int) {
    let space = max(storage.count, limit)
    storage.append(contentsOf: repeatElement(0, count: space))
  }

  mutating func append(_ byte: UInt8) {
    append(atMost: 1) {
      $0.pointee = byte
      return 1
    }
  }

  mutating func append(_ run: UnsafeBufferPointer<UInt8>) {
    append(atMost: run.count) { copy(run, to: $0) }
  }

  mutating func append(_ run: [UInt8]) {
    run.withUnsafeBufferPointer { append($0) }
  }

  mutating func append(_ byte: UInt8, times: Int) {
    append(atMost: times) {
      $0.update(repeating: byte, count: times)
      return times
    }
  }
}

/// Copies a run, and returns its length.
@inline(__always)
func copy(_ run: UnsafeBufferPointer<UInt8>, to target: UnsafeMutablePointer<UInt8>) -> Int {
  if let source = run.baseAddress { target.update(from: source, count: run.count) }
  return run.count
}
