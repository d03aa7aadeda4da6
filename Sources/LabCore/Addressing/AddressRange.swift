/// The addresses from a first to a last one, both included.
public struct AddressRange<Address: IPAddress>: Hashable, Sendable, CustomStringConvertible {
  /// The lowest. **Invariant:** not greater than `last`.
  public let first: Address
  /// The highest.
  public let last: Address

  /// A range; nil when it would end before it begins.
  public init?(first: Address, last: Address) {
    guard first <= last else { return nil }
    self.first = first
    self.last = last
  }

  init(from first: Address, through last: Address) {
    self.first = min(first, last)
    self.last = max(first, last)
  }

  /// How many addresses it has; all of IPv6 counts as one less than it has.
  public var count: UInt128 {
    let steps = UInt128(last.bits - first.bits)
    return steps == .max ? steps : steps + 1
  }

  /// Whether an address is in it.
  public func contains(_ address: Address) -> Bool { first <= address && address <= last }

  /// Whether the two have an address in common.
  public func overlaps(_ other: AddressRange) -> Bool {
    first <= other.last && other.first <= last
  }

  /// The fewest prefixes that make it up, in order.
  public func prefixes() -> [Prefix<Address>] {
    var prefixes: [Prefix<Address>] = []
    var start = first.bits
    while true {
      var length = Address.Bits.bitWidth
      while length > 0 {
        let wider = Prefix(containing: Address(bits: start), length: length - 1)
        guard wider.network.bits == start, wider.last <= last else { break }
        length -= 1
      }
      let prefix = Prefix(containing: Address(bits: start), length: length)
      prefixes.append(prefix)
      guard prefix.last < last else { return prefixes }
      start = prefix.last.bits + 1
    }
  }

  /// First and last address with a hyphen.
  public var description: String { "\(first)-\(last)" }
}
