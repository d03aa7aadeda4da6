/// An IPv4 address (RFC 791).
public struct IPv4Address: IPAddress {
  /// The address as a number.
  public let bits: UInt32

  /// The address of a number.
  public init(bits: UInt32) {
    self.bits = bits
  }

  /// IPv4.
  public static var family: AddressFamily { .ipv4 }

  /// Reads four numbers of 0 to 255 joined by dots (RFC 3986 section 3.2.2, `IPv4address`).
  public init(parsing text: String) throws(AddressSyntaxError) {
    var parser = OctetParser(text: text, expected: "IPv4 address")
    let bits = try parser.parseFour()
    guard parser.isAtEnd else { throw parser.error("there is more than an address") }
    self.bits = bits
  }

  /// 127.0.0.0/8 (RFC 1122 section 3.2.1.3).
  public var isLoopback: Bool { bits >> 24 == 127 }
  /// 169.254.0.0/16 (RFC 3927).
  public var isLinkLocal: Bool { bits >> 16 == 0xa9fe }
  /// 224.0.0.0/4 (RFC 5771).
  public var isMulticast: Bool { bits >> 28 == 0xe }
  /// 10.0.0.0/8, 172.16.0.0/12 and 192.168.0.0/16 (RFC 1918).
  public var isPrivate: Bool {
    bits >> 24 == 10 || bits >> 20 == 0xac1 || bits >> 16 == 0xc0a8
  }

  /// Dotted decimal.
  public var description: String {
    "\(bits >> 24).\(bits >> 16 & 255).\(bits >> 8 & 255).\(bits & 255)"
  }
}

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

  var isAtEnd: Bool { position == bytes.count }

  func error(_ reason: String) -> AddressSyntaxError {
    AddressSyntaxError(expected, text, reason, at: position)
  }

  mutating func parseFour() throws(AddressSyntaxError) -> UInt32 {
    var bits: UInt32 = 0
    for index in 0..<4 {
      if index > 0 {
        guard position < bytes.count else { throw error("it has \(index) numbers instead of 4") }
        guard bytes[position] == UInt8(ascii: ".") else {
          throw error("a dot belongs between two numbers")
        }
        position += 1
      }
      bits = bits << 8 | UInt32(try parseOctet())
    }
    return bits
  }

  private mutating func parseOctet() throws(AddressSyntaxError) -> Int {
    let start = position
    var value = 0
    while position < bytes.count, (48...57).contains(bytes[position]) {
      value = value * 10 + Int(bytes[position] - 48)
      guard position - start < 3, value <= 255 else {
        position = start
        throw error("a number is greater than 255")
      }
      position += 1
    }
    guard position > start else { throw error("a number from 0 to 255 belongs here") }
    if position - start > 1, bytes[start] == UInt8(ascii: "0") {
      position = start
      throw error("a number must not begin with 0")
    }
    return value
  }
}
