/// A set of addresses, kept as ranges: looking one up takes O(log n) of n ranges.
public struct AddressSet<Address: IPAddress>: Hashable, Sendable, CustomStringConvertible {
  /// **Invariant:** sorted, disjoint, and with at least one address between two neighbours.
  public private(set) var ranges: [AddressRange<Address>] = []

  /// No addresses.
  public init() {}

  /// The addresses of ranges in any order, overlapping or not.
  public init(_ ranges: some Sequence<AddressRange<Address>>) {
    for range in ranges.sorted() { append(range) }
  }

  /// The addresses of prefixes in any order, overlapping or not.
  public init(_ prefixes: some Sequence<Prefix<Address>>) {
    self.init(prefixes.map(\.addresses))
  }

  /// How many addresses are in it; all of IPv6 counts as one less than it has.
  public var count: UInt128 { ranges.reduce(0) { $0 + $1.count } }

  /// Whether none is in it.
  public var isEmpty: Bool { ranges.isEmpty }

  /// The ranges with commas between.
  public var description: String {
    "{\(ranges.map(\.description).joined(separator: ", "))}"
  }

  /// The first range that doesn't end before an address; the number of ranges when all do.
  func index(endingAtOrAfter address: Address) -> Int {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].last < address { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Adds a range that doesn't begin before any of those there.
  mutating func append(_ range: AddressRange<Address>) {
    guard let end = ranges.last, end.last.bits == .max || end.last.bits + 1 >= range.first.bits
    else { return ranges.append(range) }
    ranges[ranges.count - 1] = AddressRange(
      from: end.first, through: max(end.last, range.last))
  }
}

// MARK: Asking

extension AddressSet {
  /// Whether an address is in it.
  public func contains(_ address: Address) -> Bool {
    let index = index(endingAtOrAfter: address)
    return index < ranges.count && ranges[index].first <= address
  }

  /// Whether all of a range is in it.
  public func contains(_ range: AddressRange<Address>) -> Bool {
    let index = index(endingAtOrAfter: range.first)
    return index < ranges.count && ranges[index].contains(range)
  }

  /// Whether all of a prefix is in it.
  public func contains(_ prefix: Prefix<Address>) -> Bool { contains(prefix.addresses) }

  /// Whether the set and a range have an address in common.
  public func overlaps(_ range: AddressRange<Address>) -> Bool {
    let index = index(endingAtOrAfter: range.first)
    return index < ranges.count && ranges[index].first <= range.last
  }

  /// Whether the set and a prefix have an address in common.
  public func overlaps(_ prefix: Prefix<Address>) -> Bool { overlaps(prefix.addresses) }

  /// The fewest prefixes that make it up, in order.
  public func prefixes() -> [Prefix<Address>] { ranges.flatMap { $0.prefixes() } }
}

// MARK: Changing

extension AddressSet {
  /// Adds an address.
  public mutating func insert(_ address: Address) {
    insert(AddressRange(from: address, through: address))
  }

  /// Adds all addresses of a prefix.
  public mutating func insert(_ prefix: Prefix<Address>) { insert(prefix.addresses) }

  /// Adds all addresses of a range, joining it with those it overlaps or touches.
  public mutating func insert(_ range: AddressRange<Address>) {
    var joined = range
    let before = range.first.bits == 0 ? range.first : Address(bits: range.first.bits - 1)
    let start = index(endingAtOrAfter: before)
    var end = start
    while end < ranges.count,
      joined.last.bits == .max || ranges[end].first.bits <= joined.last.bits + 1
    {
      joined = AddressRange(
        from: min(joined.first, ranges[end].first), through: max(joined.last, ranges[end].last))
      end += 1
    }
    ranges.replaceSubrange(start..<end, with: CollectionOfOne(joined))
  }

  /// Takes an address out.
  public mutating func remove(_ address: Address) {
    remove(AddressRange(from: address, through: address))
  }

  /// Takes all addresses of a prefix out.
  public mutating func remove(_ prefix: Prefix<Address>) { remove(prefix.addresses) }

  /// Takes all addresses of a range out.
  public mutating func remove(_ range: AddressRange<Address>) {
    let start = index(endingAtOrAfter: range.first)
    var end = start
    while end < ranges.count, ranges[end].first <= range.last { end += 1 }
    guard start < end else { return }
    let lowest = ranges[start].first
    let highest = ranges[end - 1].last
    var rest: [AddressRange<Address>] = []
    if lowest < range.first {
      rest.append(AddressRange(from: lowest, through: Address(bits: range.first.bits - 1)))
    }
    if range.last < highest {
      rest.append(AddressRange(from: Address(bits: range.last.bits + 1), through: highest))
    }
    ranges.replaceSubrange(start..<end, with: rest)
  }
}
