/// An IPv4 address (RFC 791).
public struct IPv4Address: IPAddress {
  /// The address as a number.
  public let bits: UInt32

  /// The address of a number.
  public init(bits: UInt32) {
    self.bits = bits
  }

  /// The address of four numbers, the first on the left; of each the lowest eight bits count.
  init(_ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: UInt32) {
    bits = (a & 0xff) << 24 | (b & 0xff) << 16 | (c & 0xff) << 8 | d & 0xff
  }

  /// IPv4.
  public static var family: AddressFamily { .ipv4 }

  /// Reads four numbers of 0 to 255 joined by dots (RFC 3986 section 3.2.2, `IPv4address`).
  public init(parsing text: String) throws(AddressSyntaxError) {
    bits = try OctetParser.parse(text)
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
  /// 255.255.255.255, every machine on the link (RFC 919).
  public var isLimitedBroadcast: Bool { bits == .max }

  /// Dotted decimal.
  public var description: String {
    ASCIIWriter.text(capacity: 15) { $0.append(self) }
  }
}
