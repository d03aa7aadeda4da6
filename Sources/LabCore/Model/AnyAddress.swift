/// An address of either family, where a document may give both.
public enum AnyAddress: Hashable, Sendable, CustomStringConvertible {
  case ipv4(IPv4Address)
  case ipv6(IPv6Address)

  /// Reads an address; a colon makes it IPv6.
  public init(parsing text: String) throws(AddressSyntaxError) {
    self =
      text.utf8.contains(UInt8(ascii: ":"))
      ? .ipv6(try IPv6Address(parsing: text)) : .ipv4(try IPv4Address(parsing: text))
  }

  /// The family it is of.
  public var family: AddressFamily {
    switch self {
    case .ipv4: .ipv4
    case .ipv6: .ipv6
    }
  }

  /// The address in its family's text form.
  public var description: String {
    switch self {
    case .ipv4(let address): address.description
    case .ipv6(let address): address.description
    }
  }
}

/// A prefix of either family, where a document may give both.
public enum AnyPrefix: Hashable, Sendable, CustomStringConvertible {
  case ipv4(IPv4Prefix)
  case ipv6(IPv6Prefix)

  /// Reads a prefix; a colon makes it IPv6.
  public init(parsing text: String) throws(AddressSyntaxError) {
    self =
      text.utf8.contains(UInt8(ascii: ":"))
      ? .ipv6(try IPv6Prefix(parsing: text)) : .ipv4(try IPv4Prefix(parsing: text))
  }

  /// The family it is of.
  public var family: AddressFamily {
    switch self {
    case .ipv4: .ipv4
    case .ipv6: .ipv6
    }
  }

  /// The prefix in its family's text form.
  public var description: String {
    switch self {
    case .ipv4(let prefix): prefix.description
    case .ipv6(let prefix): prefix.description
    }
  }
}
