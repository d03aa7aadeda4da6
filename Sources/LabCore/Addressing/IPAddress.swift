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

  /// Whether it names a group of machines (RFC 5771, RFC 4291 section 2.7).
  var isMulticast: Bool { get }

  /// Whether anyone may use it inside a site, and nobody outside sees it (RFC 1918, RFC 4193).
  var isPrivate: Bool { get }
}

extension IPAddress {
  /// By number.
  public static func < (left: Self, right: Self) -> Bool { left.bits < right.bits }

  /// Whether it is all zeros.
  public var isUnspecified: Bool { bits == 0 }

  /// The family as messages name it.
  static var familyName: String {
    switch family {
    case .ipv4: "IPv4"
    case .ipv6: "IPv6"
    }
  }
}
