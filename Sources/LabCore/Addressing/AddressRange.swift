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
    self.first = Swift.min(first, last)
    self.last = Swift.max(first, last)
  }

  /// How many addresses it has; all of IPv6 counts as one less than it has.
  public var count: UInt128 {
    let steps = UInt128(last.bits - first.bits)
    return steps == .max ? steps : steps + 1
  }

  /// Whether an address is in it.
  public func contains(_ address: Address) -> Bool { first <= address && address <= last }

  /// Whether all of another range is in it.
  public func contains(_ other: AddressRange) -> Bool {
    first <= other.first && other.last <= last
  }

  /// Whether the two have an address in common.
  public func overlaps(_ other: AddressRange) -> Bool {
    first <= other.last && other.first <= last
  }

  /// The addresses the two have in common; nil when there are none.
  public func intersection(_ other: AddressRange) -> AddressRange? {
    AddressRange(first: Swift.max(first, other.first), last: Swift.min(last, other.last))
  }

  /// The fewest prefixes that make it up, in order; at most two of each length.
  public func prefixes() -> [Prefix<Address>] {
    var prefixes: [Prefix<Address>] = []
    var start = first
    while true {
      let prefix = widestPrefix(from: start)
      prefixes.append(prefix)
      guard prefix.last < last else { return prefixes }
      start = Address(bits: prefix.last.bits + 1)
    }
  }

  /// The widest prefix that begins at an address of the range and doesn't go beyond it.
  private func widestPrefix(from start: Address) -> Prefix<Address> {
    let width = Address.Bits.bitWidth
    let steps = last.bits - start.bits
    // A prefix of 2^n addresses takes 2^n - 1 steps: as many as fit, or all of the address's bits.
    let fitting = steps == .max ? width : width - 1 - (steps + 1).leadingZeroBitCount
    let aligned = start.bits.trailingZeroBitCount
    return Prefix(containing: start, length: width - Swift.min(fitting, aligned))
  }

  /// First and last address with a hyphen.
  public var description: String { "\(first)-\(last)" }
}

extension AddressRange: Comparable {
  /// By first address, the shorter first.
  public static func < (left: AddressRange, right: AddressRange) -> Bool {
    (left.first, left.last) < (right.first, right.last)
  }
}

extension AddressRange: Sequence {
  /// Gives the addresses from the lowest to the highest.
  public struct Iterator: IteratorProtocol, Sendable {
    fileprivate var following: Address?
    fileprivate let last: Address

    /// The address after the one last given; nil when that was the last.
    public mutating func next() -> Address? {
      guard let current = following else { return nil }
      following = current < last ? Address(bits: current.bits + 1) : nil
      return current
    }
  }

  /// The addresses one by one; a range of IPv6 may have more than a program can visit.
  public func makeIterator() -> Iterator { Iterator(following: first, last: last) }
}
