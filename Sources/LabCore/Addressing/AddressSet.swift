/// A set of addresses, kept as ranges.
public struct AddressSet<Address: IPAddress>: Hashable, Sendable {
  /// **Invariant:** sorted, disjoint, and with at least one address between two neighbours.
  public private(set) var ranges: [AddressRange<Address>] = []

  /// No addresses.
  public init() {}

  /// How many addresses are in it.
  public var count: UInt128 { ranges.reduce(0) { $0 &+ $1.count } }

  /// Whether none is in it.
  public var isEmpty: Bool { ranges.isEmpty }

  /// Whether an address is in it.
  public func contains(_ address: Address) -> Bool {
    let index = firstRange(endingAtOrAfter: address)
    return index < ranges.count && ranges[index].first <= address
  }

  /// Whether the set and a prefix have an address in common.
  public func overlaps(_ prefix: Prefix<Address>) -> Bool {
    let index = firstRange(endingAtOrAfter: prefix.network)
    return index < ranges.count && ranges[index].first <= prefix.last
  }

  /// Adds an address.
  public mutating func insert(_ address: Address) {
    insert(AddressRange(from: address, through: address))
  }

  /// Adds all addresses of a prefix.
  public mutating func insert(_ prefix: Prefix<Address>) { insert(prefix.addresses) }

  /// Adds all addresses of a range, joining it with those it overlaps or touches.
  public mutating func insert(_ range: AddressRange<Address>) {
    var first = range.first
    var last = range.last
    let before = range.first.bits == 0 ? range.first : Address(bits: range.first.bits - 1)
    let start = firstRange(endingAtOrAfter: before)
    var end = start
    while end < ranges.count,
      last.bits == .max || ranges[end].first.bits <= last.bits + 1
    {
      first = min(first, ranges[end].first)
      last = max(last, ranges[end].last)
      end += 1
    }
    ranges.replaceSubrange(
      start..<end, with: CollectionOfOne(AddressRange(from: first, through: last)))
  }

  /// Takes an address out.
  public mutating func remove(_ address: Address) {
    let index = firstRange(endingAtOrAfter: address)
    guard index < ranges.count, ranges[index].first <= address else { return }
    let range = ranges[index]
    var rest: [AddressRange<Address>] = []
    if range.first < address {
      rest.append(AddressRange(from: range.first, through: Address(bits: address.bits - 1)))
    }
    if address < range.last {
      rest.append(AddressRange(from: Address(bits: address.bits + 1), through: range.last))
    }
    ranges.replaceSubrange(index...index, with: rest)
  }

  /// The lowest address of a range that is not in the set; nil when all are.
  public func firstFree(in range: AddressRange<Address>) -> Address? {
    let index = firstRange(endingAtOrAfter: range.first)
    guard index < ranges.count, ranges[index].first <= range.first else { return range.first }
    guard ranges[index].last < range.last else { return nil }
    return Address(bits: ranges[index].last.bits + 1)
  }

  /// How many addresses of a range are not in the set.
  public func freeCount(in range: AddressRange<Address>) -> UInt128 {
    var free = range.count
    var index = firstRange(endingAtOrAfter: range.first)
    while index < ranges.count, ranges[index].first <= range.last {
      let taken = AddressRange(
        from: max(ranges[index].first, range.first), through: min(ranges[index].last, range.last))
      free -= min(free, taken.count)
      index += 1
    }
    return free
  }

  private func firstRange(endingAtOrAfter address: Address) -> Int {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].last < address { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
