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

  /// The prefix it is on.
  public var prefix: Prefix<Address> { Prefix(containing: address, length: prefixLength) }

  /// The text form.
  public var description: String { "\(address)/\(prefixLength)" }
}

extension InterfaceAddress: Comparable {
  /// By address, the shorter prefix first.
  public static func < (left: InterfaceAddress, right: InterfaceAddress) -> Bool {
    (left.address, left.prefixLength) < (right.address, right.prefixLength)
  }
}
