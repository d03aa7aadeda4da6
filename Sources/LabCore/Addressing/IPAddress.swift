/// The two families of addresses.
public enum AddressFamily: String, CaseIterable, Hashable, Sendable {
  case ipv4, ipv6
}

/// An address of one family: a number of fixed width with a text form.
public protocol IPAddress: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// As wide as the address.
  associatedtype Bits: FixedWidthInteger & UnsignedInteger & Sendable

  /// The family it is of.
  static var family: AddressFamily { get }

  /// The address as a number, most significant byte first.
  var bits: Bits { get }

  /// The address of a number.
  init(bits: Bits)

  /// Reads the text form, strictly: no leading zeros, no shorthands of `inet_aton`, no zone.
  init(parsing text: String) throws(AddressSyntaxError)

  /// Whether it is all zeros.
  var isUnspecified: Bool { get }

  /// Whether a host calls itself by it.
  var isLoopback: Bool { get }

  /// Whether it holds on one link only (RFC 3927, RFC 4291 section 2.5.6).
  var isLinkLocal: Bool { get }
}

extension IPAddress {
  /// By number.
  public static func < (left: Self, right: Self) -> Bool { left.bits < right.bits }

  /// Whether it is all zeros.
  public var isUnspecified: Bool { bits == 0 }
}

/// Why a text is no address, prefix or hardware address.
public struct AddressSyntaxError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What was to be read: "IPv4 address", "IPv6 prefix", ….
  public let expected: String
  /// The text.
  public let text: String
  /// What is wrong with it.
  public let reason: String
  /// The 0-based character at which it goes wrong.
  public let offset: Int

  init(_ expected: String, _ text: String, _ reason: String, at offset: Int) {
    self.expected = expected
    self.text = text
    self.reason = reason
    self.offset = offset
  }

  /// A sentence for the person who wrote the text.
  public var description: String {
    "\"\(text)\" is not an \(expected): \(reason) (at character \(offset + 1))"
  }
}
