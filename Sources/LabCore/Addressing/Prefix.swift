/// A block of addresses that share their first bits: `10.0.2.0/24` (RFC 4632, RFC 4291).
public struct Prefix<Address: IPAddress>: Hashable, Sendable, CustomStringConvertible {
  /// The first address. **Invariant:** its host bits are zero.
  public let network: Address
  /// How many bits are shared. **Invariant:** 0…32 or 0…128.
  public let length: Int

  /// A prefix; nil when the address has host bits or the length is out of range.
  public init?(network: Address, length: Int) {
    guard (0...Address.Bits.bitWidth).contains(length),
      network.bits & ~Self.mask(length) == 0
    else { return nil }
    self.network = network
    self.length = length
  }

  /// The prefix of a length that an address is in; lengths out of range count as the nearest one
  /// in range.
  public init(containing address: Address, length: Int) {
    let length = min(max(length, 0), Address.Bits.bitWidth)
    network = Address(bits: address.bits & Self.mask(length))
    self.length = length
  }

  /// Reads an address, a slash and a length. Host bits are an error that names the prefix meant.
  public init(parsing text: String) throws(AddressSyntaxError) {
    let (address, length) = try parseAddressAndLength(text, as: Address.self, of: "prefix")
    let prefix = Prefix(containing: address, length: length)
    guard prefix.network == address else {
      throw AddressSyntaxError(
        "\(Address.familyName) prefix", text, "it has host bits set; the prefix is \(prefix)",
        at: 0)
    }
    self = prefix
  }

  private static func mask(_ length: Int) -> Address.Bits {
    length == 0 ? 0 : Address.Bits.max << Address.Bits(Address.Bits.bitWidth - length)
  }

  private var hostMask: Address.Bits { ~Self.mask(length) }

  /// The last address.
  public var last: Address { Address(bits: network.bits | hostMask) }

  /// The address that all hosts of the link hear; nil for IPv6, /31 and /32 (RFC 919, RFC 3021).
  public var broadcast: Address? {
    Address.family == .ipv4 && length <= 30 ? last : nil
  }

  /// The addresses that machines may have: without network and broadcast address in IPv4 (but all
  /// of a /31 and a /32, RFC 3021), without the subnet-router anycast address in IPv6 (but all of a
  /// /127 and a /128, RFC 6164).
  public var hosts: AddressRange<Address> {
    guard length < Address.Bits.bitWidth - 1 else {
      return AddressRange(from: network, through: last)
    }
    let final = Address.family == .ipv4 ? last.bits - 1 : last.bits
    return AddressRange(from: Address(bits: network.bits + 1), through: Address(bits: final))
  }

  /// All of its addresses.
  public var addresses: AddressRange<Address> { AddressRange(from: network, through: last) }

  /// How many addresses it has; ::/0 counts as one less than it has.
  public var addressCount: UInt128 { addresses.count }

  /// Whether an address is in it.
  public func contains(_ address: Address) -> Bool {
    address.bits & Self.mask(length) == network.bits
  }

  /// Whether all of another prefix is in it.
  public func contains(_ other: Prefix) -> Bool {
    length <= other.length && contains(other.network)
  }

  /// Whether the two have an address in common.
  public func overlaps(_ other: Prefix) -> Bool {
    contains(other) || other.contains(self)
  }

  /// The address so many after the first; nil when that is outside.
  public func address(at offset: some BinaryInteger) -> Address? {
    guard let offset = Address.Bits(exactly: offset), offset <= hostMask else { return nil }
    return Address(bits: network.bits + offset)
  }

  /// How many addresses come before this one; nil when it is outside.
  public func offset(of address: Address) -> Address.Bits? {
    contains(address) ? address.bits - network.bits : nil
  }

  /// The prefixes of a greater length that make it up, in order; none for a smaller length.
  public func subprefixes(ofLength longer: Int) -> some Sequence<Prefix> {
    let isPossible = longer >= length && longer <= Address.Bits.bitWidth
    let end = last.bits
    return sequence(first: isPossible ? Prefix(containing: network, length: longer) : nil) {
      current in
      guard let current, current.last.bits < end else { return .none }
      return Prefix(containing: Address(bits: current.last.bits + 1), length: longer)
    }.lazy.compactMap { $0 }
  }

  /// The text form.
  public var description: String { "\(network)/\(length)" }
}

/// A prefix of IPv4 addresses.
public typealias IPv4Prefix = Prefix<IPv4Address>
/// A prefix of IPv6 addresses.
public typealias IPv6Prefix = Prefix<IPv6Address>

extension Prefix: Comparable {
  /// By first address, the shorter first.
  public static func < (left: Prefix, right: Prefix) -> Bool {
    (left.network, left.length) < (right.network, right.length)
  }
}

/// An address as an interface has it, with the length of the prefix it is on.
public struct InterfaceAddress<Address: IPAddress>: Hashable, Sendable, CustomStringConvertible {
  /// The interface's own address.
  public let address: Address
  /// **Invariant:** 0…32 or 0…128.
  public let prefixLength: Int

  /// An address with a prefix length; lengths out of range count as the nearest one in range.
  public init(address: Address, prefixLength: Int) {
    self.address = address
    self.prefixLength = min(max(prefixLength, 0), Address.Bits.bitWidth)
  }

  /// Reads an address, a slash and a length.
  public init(parsing text: String) throws(AddressSyntaxError) {
    (address, prefixLength) = try parseAddressAndLength(
      text, as: Address.self, of: "address with its prefix length")
  }

  /// The prefix it is on.
  public var prefix: Prefix<Address> { Prefix(containing: address, length: prefixLength) }

  /// The text form.
  public var description: String { "\(address)/\(prefixLength)" }
}

extension IPAddress {
  static var familyName: String {
    switch family {
    case .ipv4: "IPv4"
    case .ipv6: "IPv6"
    }
  }
}

private func parseAddressAndLength<Address: IPAddress>(
  _ text: String, as: Address.Type, of kind: String
) throws(AddressSyntaxError) -> (Address, Int) {
  let expected = "\(Address.familyName) \(kind)"
  guard let slash = text.utf8.firstIndex(of: UInt8(ascii: "/")) else {
    throw AddressSyntaxError(
      expected, text, "a slash and a length such as /24 belong behind the address",
      at: text.utf8.count)
  }
  let address: Address
  do {
    address = try Address(parsing: String(text[..<slash]))
  } catch {
    throw AddressSyntaxError(expected, text, error.reason, at: error.offset)
  }
  let digits = text[text.index(after: slash)...]
  let offset = text.utf8.distance(from: text.startIndex, to: slash) + 1
  let maximum = Address.Bits.bitWidth
  guard (1...3).contains(digits.utf8.count), digits.utf8.allSatisfy({ (48...57).contains($0) }),
    digits.utf8.count == 1 || digits.utf8.first != UInt8(ascii: "0"), let length = Int(digits),
    length <= maximum
  else {
    throw AddressSyntaxError(
      expected, text, "a length from 0 to \(maximum) belongs behind the slash", at: offset)
  }
  return (address, length)
}
