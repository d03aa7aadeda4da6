/// Writes a short ASCII text straight into a string: up to 15 bytes, as long as an IPv4 address
/// can be, cost no allocation.
struct ASCIIWriter {
  private let buffer: UnsafeMutableBufferPointer<UInt8>
  private var count = 0

  /// The text that `write` appends; what goes beyond `capacity` bytes is dropped.
  static func text(capacity: Int, _ write: (inout ASCIIWriter) -> Void) -> String {
    String(unsafeUninitializedCapacity: capacity) { buffer in
      var writer = ASCIIWriter(buffer: buffer)
      write(&writer)
      return writer.count
    }
  }

  private init(buffer: UnsafeMutableBufferPointer<UInt8>) {
    self.buffer = buffer
  }

  mutating func append(_ byte: UInt8) {
    guard count < buffer.count else { return }
    buffer[count] = byte
    count += 1
  }

  mutating func append(_ text: StaticString) {
    for index in 0..<text.utf8CodeUnitCount { append(text.utf8Start[index]) }
  }

  /// 0 to 255, without leading zeros.
  mutating func appendDecimal(_ octet: UInt8) {
    if octet >= 100 { append(UInt8(ascii: "0") + octet / 100) }
    if octet >= 10 { append(UInt8(ascii: "0") + octet / 10 % 10) }
    append(UInt8(ascii: "0") + octet % 10)
  }

  /// Lower case, with leading zeros up to `minimumDigits`.
  mutating func appendHexadecimal(_ group: UInt16, minimumDigits: Int = 1) {
    for digit in (0..<4).reversed() {
      let rest = group >> UInt16(4 * digit)
      guard rest > 0 || digit < minimumDigits else { continue }
      let value = UInt8(rest & 15)
      append(value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10)
    }
  }

  /// Dotted decimal.
  mutating func append(_ address: IPv4Address) {
    for shift in stride(from: UInt32(24), through: 0, by: -8) {
      if shift < 24 { append(UInt8(ascii: ".")) }
      appendDecimal(UInt8(truncatingIfNeeded: address.bits >> shift))
    }
  }
}

/// The value of a hexadecimal digit; nil for other bytes.
func hexadecimalDigit(_ byte: UInt8) -> Int? {
  switch byte {
  case 48...57: Int(byte) - 48
  case 65...70: Int(byte) - 55
  case 97...102: Int(byte) - 87
  default: nil
  }
}
