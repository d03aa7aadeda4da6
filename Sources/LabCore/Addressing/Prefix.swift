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

  private static func mask(_ length: Int) -> Address.Bits {
    // A shift by the whole width, that of length 0, leaves zero.
    Address.Bits.max << (Address.Bits.bitWidth - length)
  }

  private var hostMask: Address.Bits { ~Self.mask(length) }

  /// The last address.
  public var last: Address { Address(bits: network.bits | hostMask) }

  /// The length as a mask: 255.255.255.0 for /24.
  public var netmask: Address { Address(bits: Self.mask(length)) }

  /// The address that all hosts of the link hear; nil for IPv6, /31 and /32 (RFC 919, RFC 3021).
  public var broadcast: Address? {
    Address.family == .ipv4 && length <= 30 ? last : nil
  }

  /// The addresses that machines may have: without network and broadcast address in IPv4 (but all
  /// of a /31 and a /32, RFC 3021), without the subnet-router anycast address in IPv6 (but all of a
  /// /127 and a /128, RFC 6164).
  public var hosts: AddressRange<Address> {
    guard length < Address.Bits.bitWidth - 1 else { return addresses }
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

  /// The prefixes of a length that make it up, in order; none when the length is less than its own
  /// or more than an address has bits.
  public func subprefixes(ofLength length: Int) -> Subprefixes<Address> {
    Subprefixes(of: self, length: length)
  }

  /// The text form.
  public var description: String { "\(network)/\(length)" }
}

/// A prefix of IPv4 addresses.
public typealias IPv4Prefix = Prefix<IPv4Address>
/// A prefix of IPv6 addresses.
public typealias IPv6Prefix = Prefix<IPv6Address>

extension Prefix where Address == IPv4Address {
  /// The prefix of a length that an address of four numbers is in.
  init(_ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: UInt32, length: Int) {
    self.init(containing: IPv4Address(a, b, c, d), length: length)
  }

  /// IPv4 link-local addresses (RFC 3927).
  static var linkLocal: IPv4Prefix { IPv4Prefix(169, 254, 0, 0, length: 16) }
}

extension Prefix: Comparable {
  /// By first address, the shorter first.
  public static func < (left: Prefix, right: Prefix) -> Bool {
    (left.network, left.length) < (right.network, right.length)
  }
}
