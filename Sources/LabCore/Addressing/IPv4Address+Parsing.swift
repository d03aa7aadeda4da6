/// Reads dotted decimal from a place in a text; also the end of an IPv6 address.
struct OctetParser {
  private let bytes: [UInt8]
  private let text: String
  private let expected: String
  private var position: Int

  init(text: String, expected: String, from position: Int = 0) {
    self.text = text
    self.expected = expected
    self.position = position
    bytes = Array(text.utf8)
  }

  /// A text that is an IPv4 address and nothing else.
  static func parse(_ text: String) throws(AddressSyntaxError) -> UInt32 {
    var parser = OctetParser(text: text, expected: "IPv4 address")
    if parser.bytes.isEmpty { throw parser.error("it is empty") }
    let scalars = text.unicodeScalars
    if let colon = scalars.firstIndex(of: ":") {
      throw AddressSyntaxError(
        "IPv4 address", text, "colons belong to IPv6 addresses",
        at: scalars.distance(from: scalars.startIndex, to: colon))
    }
    return try parser.parseToEnd()
  }

  /// Four numbers, and the end of the text behind them.
  mutating func parseToEnd() throws(AddressSyntaxError) -> UInt32 {
    var bits: UInt32 = 0
    for index in 0..<4 {
      if index > 0 {
        guard position < bytes.count else { throw error("it has \(index) of the 4 numbers") }
        guard bytes[position] == UInt8(ascii: ".") else {
          throw error("a dot belongs between two numbers")
        }
        position += 1
      }
      bits = bits << 8 | UInt32(try parseOctet())
    }
    guard position == bytes.count else { throw error("there is more than an address") }
    return bits
  }

  private mutating func parseOctet() throws(AddressSyntaxError) -> UInt8 {
    let digits = bytes[position...].prefix { (48...57).contains($0) }
    guard let leading = digits.first else { throw error("a number from 0 to 255 belongs here") }
    // Some programs take a leading zero to mean octal: 010 would be 8 for them, 10 for others.
    guard leading != UInt8(ascii: "0") || digits.count == 1 else {
      throw error("a number must not begin with 0")
    }
    let value = digits.prefix(4).reduce(0) { $0 * 10 + Int($1 - 48) }
    guard let octet = UInt8(exactly: value) else { throw error("a number is greater than 255") }
    position = digits.endIndex
    return octet
  }

  private func error(_ reason: String) -> AddressSyntaxError {
    AddressSyntaxError(expected, text, reason, at: position)
  }
}
