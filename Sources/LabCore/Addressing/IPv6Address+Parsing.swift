/// Reads the forms of RFC 4291 section 2.2, from left to right.
struct GroupParser {
  private let text: String
  private let bytes: [UInt8]
  private var position = 0
  /// **Invariant:** at most 8.
  private var groups: [UInt16] = []
  /// Where the `::` stands: before which group, at which byte.
  private var gap: (group: Int, offset: Int)?

  init(text: String) {
    self.text = text
    bytes = Array(text.utf8)
  }

  private func error(_ reason: String, at offset: Int? = nil) -> AddressSyntaxError {
    AddressSyntaxError("IPv6 address", text, reason, at: offset ?? position)
  }

  mutating func parse() throws(AddressSyntaxError) -> UInt128 {
    if bytes.isEmpty { throw error("it is empty") }
    _ = try takeGap()
    while position < bytes.count {
      guard groups.count < 8 else { throw error("it has more than 8 groups") }
      if try takeMixedEnd() { break }
      groups.append(try parseGroup())
      if position < bytes.count { try takeSeparator() }
    }
    return try assemble()
  }

  private mutating func takeSeparator() throws(AddressSyntaxError) {
    if try takeGap() { return }
    switch bytes[position] {
    case UInt8(ascii: ":"):
      guard position + 1 < bytes.count else { throw error("it ends with a single colon") }
      position += 1
    case UInt8(ascii: "%"):
      throw error("a zone belongs to an interface of one machine, not to the address")
    default:
      throw error("only hexadecimal digits and colons belong here")
    }
  }

  private mutating func takeGap() throws(AddressSyntaxError) -> Bool {
    guard bytes[position...].starts(with: [UInt8(ascii: ":"), UInt8(ascii: ":")]) else {
      return false
    }
    guard gap == nil else { throw error("\"::\" stands in it twice") }
    gap = (groups.count, position)
    position += 2
    return true
  }

  private mutating func parseGroup() throws(AddressSyntaxError) -> UInt16 {
    let start = position
    var value: UInt16 = 0
    while position < bytes.count, let digit = hexadecimalDigit(bytes[position]) {
      guard position - start < 4 else {
        throw error("a group has more than 4 digits", at: start)
      }
      value = value << 4 | UInt16(digit)
      position += 1
    }
    guard position > start else {
      guard bytes[position] != UInt8(ascii: "%") else {
        throw error("a zone belongs to an interface of one machine, not to the address")
      }
      throw error("a group of hexadecimal digits belongs here")
    }
    return value
  }

  /// The last two groups as an IPv4 address, where a dot comes before the next colon.
  private mutating func takeMixedEnd() throws(AddressSyntaxError) -> Bool {
    let rest = bytes[position...].prefix { $0 != UInt8(ascii: ":") }
    guard rest.contains(UInt8(ascii: ".")) else { return false }
    guard position > 0 || rest.endIndex < bytes.count else {
      throw error("colons belong between the groups of an IPv6 address")
    }
    guard groups.count <= 6 else { throw error("it has more than 8 groups") }
    var parser = OctetParser(text: text, expected: "IPv6 address", from: position)
    let bits = try parser.parseToEnd()
    groups.append(UInt16(bits >> 16))
    groups.append(UInt16(bits & 0xffff))
    position = bytes.count
    return true
  }

  private func assemble() throws(AddressSyntaxError) -> UInt128 {
    if let gap {
      guard groups.count < 8 else {
        throw error("\"::\" stands for no group at all", at: gap.offset)
      }
      let before = number(groups[..<gap.group]) << UInt128(128 - 16 * gap.group)
      return before | number(groups[gap.group...])
    }
    guard groups.count == 8 else { throw error("it has \(groups.count) of the 8 groups") }
    return number(groups[...])
  }

  private func number(_ groups: ArraySlice<UInt16>) -> UInt128 {
    groups.reduce(0) { $0 << 16 | UInt128($1) }
  }
}
