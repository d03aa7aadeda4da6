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
      AddressSyntaxError("hardware (MAC) address", text, reason, at: offset)
    }
    let separator = bytes.first { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "-") }
    var bits: UInt64 = 0
    var digits = 0
    for (offset, byte) in bytes.enumerated() {
      if separator != nil, offset % 3 == 2 {
        guard byte == separator else {
          throw error("pairs of digits are joined by one kind of colon or hyphen", at: offset)
        }
        continue
      }
      guard let digit = hexadecimalDigit(byte) else {
        throw error("a hexadecimal digit belongs here", at: offset)
      }
      guard digits < 12 else { throw error("it has more than 12 digits", at: offset) }
      bits = bits << 4 | UInt64(digit)
      digits += 1
    }
    guard digits == 12, separator == nil || bytes.count == 17 else {
      throw error("it has \(digits) hexadecimal digits instead of 12", at: bytes.count)
    }
    self.bits = bits
  }

  /// Whether it is one card's: the lowest bit of its first byte is zero.
  public var isUnicast: Bool { bits >> 40 & 1 == 0 }

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
    (0..<6).map { index in
      let byte = bits >> UInt64(40 - 8 * index) & 0xff
      return byte < 16 ? "0" + String(byte, radix: 16) : String(byte, radix: 16)
    }.joined(separator: ":")
  }
}
