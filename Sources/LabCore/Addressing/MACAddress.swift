/// A 48-bit hardware address (IEEE 802).
public struct MACAddress: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The address as a number. **Invariant:** below 2^48.
  public let bits: UInt64

  /// The address of a number's lower 48 bits.
  public init(bits: UInt64) {
    self.bits = bits & 0xffff_ffff_ffff
  }

  /// Reads twelve hexadecimal digits, bare or in pairs joined by colons or by hyphens.
  public init(parsing text: String) throws(AddressSyntaxError) {
    let bytes = Array(text.utf8)
    func error(_ reason: String, at offset: Int) -> AddressSyntaxError {
      AddressSyntaxError("MAC address", text, reason, at: offset)
    }
    if bytes.isEmpty { throw error("it is empty", at: 0) }
    let separator = bytes.first { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "-") }
    var bits: UInt64 = 0
    var digits = 0
    for (offset, byte) in bytes.enumerated() {
      guard digits < 12 else { throw error("something is left behind the 12 digits", at: offset) }
      if separator != nil, offset % 3 == 2 {
        guard byte == separator else {
          throw error("pairs of digits are joined by all colons or all hyphens", at: offset)
        }
        continue
      }
      guard let digit = hexadecimalDigit(byte) else {
        throw error("a hexadecimal digit belongs here", at: offset)
      }
      bits = bits << 4 | UInt64(digit)
      digits += 1
    }
    guard digits == 12 else {
      throw error("it has \(digits) of the 12 hexadecimal digits", at: bytes.count)
    }
    self.bits = bits
  }

  /// Whether it is one card's: the lowest bit of its first byte is zero.
  public var isUnicast: Bool { bits >> 40 & 1 == 0 }

  /// Whether it names a group of cards; the broadcast address is one.
  public var isMulticast: Bool { !isUnicast }

  /// ff:ff:ff:ff:ff:ff, every card on the segment.
  public var isBroadcast: Bool { bits == 0xffff_ffff_ffff }

  /// Whether it was given locally rather than by a maker: the second bit of its first byte.
  public var isLocallyAdministered: Bool { bits >> 40 & 2 == 2 }

  /// The modified EUI-64 interface identifier made from it (RFC 4291 appendix A).
  public var interfaceIdentifier: UInt64 {
    ((bits >> 24) << 40 | 0xff_fe00_0000 | bits & 0xff_ffff) ^ 0x0200_0000_0000_0000
  }

  /// By number.
  public static func < (left: MACAddress, right: MACAddress) -> Bool { left.bits < right.bits }

  /// Pairs of lower-case digits joined by colons.
  public var description: String {
    ASCIIWriter.text(capacity: 17) { writer in
      for shift in stride(from: UInt64(40), through: 0, by: -8) {
        if shift < 40 { writer.append(UInt8(ascii: ":")) }
        writer.appendHexadecimal(UInt16(bits >> shift & 0xff), minimumDigits: 2)
      }
    }
  }
}
