/// An IPv6 address (RFC 4291), without a zone.
public struct IPv6Address: IPAddress {
  /// The address as a number.
  public let bits: UInt128

  /// The address of a number.
  public init(bits: UInt128) {
    self.bits = bits
  }

  /// IPv6.
  public static var family: AddressFamily { .ipv6 }

  /// Reads any of the forms of RFC 4291 section 2.2, the mixed one included.
  public init(parsing text: String) throws(AddressSyntaxError) {
    var parser = GroupParser(text: text)
    bits = try parser.parse()
  }

  /// ::1.
  public var isLoopback: Bool { bits == 1 }
  /// fe80::/10.
  public var isLinkLocal: Bool { bits >> 118 == 0x3fa }
  /// ff00::/8.
  public var isMulticast: Bool { bits >> 120 == 0xff }
  /// fc00::/7, unique local addresses (RFC 4193).
  public var isPrivate: Bool { bits >> 121 == 0x7e }

  /// The one form of RFC 5952: lower case, no leading zeros, the longest run of zeros as `::`.
  public var description: String {
    if bits >> 32 == 0xffff {
      return "::ffff:\(IPv4Address(bits: UInt32(truncatingIfNeeded: bits)))"
    }
    let groups = (0..<8).map { UInt16(truncatingIfNeeded: bits >> UInt128(112 - 16 * $0)) }
    let run = longestZeroRun(groups)
    var text = ""
    var index = 0
    while index < 8 {
      if let run, index == run.lowerBound {
        text += "::"
        index = run.upperBound
        continue
      }
      if !text.isEmpty, !text.hasSuffix(":") { text += ":" }
      text += String(groups[index], radix: 16)
      index += 1
    }
    return text
  }

  /// Of two or more zeros; the first where several are longest (RFC 5952 section 4.2).
  private func longestZeroRun(_ groups: [UInt16]) -> Range<Int>? {
    var longest: Range<Int>?
    var start = 0
    for index in 0...8 where index == 8 || groups[index] != 0 {
      if index - start >= 2, index - start > (longest?.count ?? 0) { longest = start..<index }
      start = index + 1
    }
    return longest
  }
}

private struct GroupParser {
  private let text: String
  private let bytes: [UInt8]
  private var position = 0
  private var groups: [UInt16] = []
  /// Before which group the `::` stands.
  private var gap: Int?

  init(text: String) {
    self.text = text
    bytes = Array(text.utf8)
  }

  private func error(_ reason: String, at offset: Int? = nil) -> AddressSyntaxError {
    AddressSyntaxError("IPv6 address", text, reason, at: offset ?? position)
  }

  mutating func parse() throws(AddressSyntaxError) -> UInt128 {
    if bytes.isEmpty { throw error("it is empty") }
    if takeGap() { gap = 0 }
    while position < bytes.count {
      guard groups.count < 8 else { throw error("it has more than 8 groups") }
      if try parseMixedEnd() { break }
      groups.append(try parseGroup())
      guard position < bytes.count else { break }
      if takeGap() {
        guard gap == nil else { throw error("\"::\" stands in it twice", at: position - 2) }
        gap = groups.count
      } else if bytes[position] == UInt8(ascii: ":") {
        position += 1
        guard position < bytes.count else { throw error("it ends with a colon") }
      } else {
        throw error("only hexadecimal digits and colons belong here")
      }
    }
    return try assemble()
  }

  private mutating func takeGap() -> Bool {
    guard position + 1 < bytes.count, bytes[position] == UInt8(ascii: ":"),
      bytes[position + 1] == UInt8(ascii: ":")
    else { return false }
    position += 2
    return true
  }

  private mutating func parseGroup() throws(AddressSyntaxError) -> UInt16 {
    let start = position
    var value = 0
    while position < bytes.count, let digit = hexadecimalDigit(bytes[position]) {
      guard position - start < 4 else {
        throw error("a group has more than 4 digits", at: start)
      }
      value = value << 4 | digit
      position += 1
    }
    guard position > start else { throw error("a group of hexadecimal digits belongs here") }
    return UInt16(value)
  }

  /// The last two groups as an IPv4 address, where a dot comes before the next colon.
  private mutating func parseMixedEnd() throws(AddressSyntaxError) -> Bool {
    let rest = bytes[position...].prefix { $0 != UInt8(ascii: ":") }
    guard rest.contains(UInt8(ascii: ".")) else { return false }
    guard groups.count <= 6 else { throw error("it has more than 8 groups") }
    var parser = OctetParser(text: text, expected: "IPv6 address", from: position)
    let bits = try parser.parseFour()
    guard parser.isAtEnd else { throw parser.error("there is more than an address") }
    groups.append(UInt16(bits >> 16))
    groups.append(UInt16(bits & 0xffff))
    position = bytes.count
    return true
  }

  private func assemble() throws(AddressSyntaxError) -> UInt128 {
    if let gap {
      guard groups.count < 8 else { throw error("\"::\" stands for no group at all", at: 0) }
      let zeros = Array(repeating: UInt16(0), count: 8 - groups.count)
      return number(groups[..<gap] + zeros + groups[gap...])
    }
    guard groups.count == 8 else {
      throw error("it has \(groups.count) groups instead of 8")
    }
    return number(groups[...])
  }

  private func number(_ groups: ArraySlice<UInt16>) -> UInt128 {
    groups.reduce(0) { $0 << 16 | UInt128($1) }
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
