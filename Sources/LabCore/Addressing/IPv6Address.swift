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

  /// The IPv4 address that stands in an address of ::ffff:0:0/96 (RFC 4291 section 2.5.5.2); nil
  /// for all others.
  public var mappedIPv4: IPv4Address? {
    bits >> 32 == 0xffff ? IPv4Address(bits: UInt32(truncatingIfNeeded: bits)) : nil
  }

  /// The one form of RFC 5952: lower case, no leading zeros, the longest run of zeros as `::`, and
  /// dotted decimal in IPv4-mapped addresses.
  public var description: String {
    ASCIIWriter.text(capacity: 39) { writer in
      if let mappedIPv4 {
        writer.append("::ffff:")
        writer.append(mappedIPv4)
      } else {
        writeGroups(to: &writer)
      }
    }
  }

  private func group(_ index: Int) -> UInt16 {
    UInt16(truncatingIfNeeded: bits >> UInt128(112 - 16 * index))
  }

  private func writeGroups(to writer: inout ASCIIWriter) {
    let run = longestZeroRun
    for index in 0..<8 {
      if let run, run.contains(index) {
        if index == run.lowerBound { writer.append("::") }
        continue
      }
      if index > 0, index != run?.upperBound { writer.append(UInt8(ascii: ":")) }
      writer.appendHexadecimal(group(index))
    }
  }

  /// Of two or more zeros; the first where several are longest (RFC 5952 section 4.2).
  private var longestZeroRun: Range<Int>? {
    var longest: Range<Int>?
    var start = 0
    for index in 0...8 where index == 8 || group(index) != 0 {
      if index - start >= 2, index - start > (longest?.count ?? 0) { longest = start..<index }
      start = index + 1
    }
    return longest
  }
}
