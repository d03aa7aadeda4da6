// What is free: the set is read as the addresses that are taken.

extension AddressSet {
  /// The lowest address of a range that is not in the set; nil when all are.
  public func firstFree(in range: AddressRange<Address>) -> Address? {
    let index = index(endingAtOrAfter: range.first)
    guard index < ranges.count, ranges[index].first <= range.first else { return range.first }
    guard ranges[index].last < range.last else { return nil }
    return Address(bits: ranges[index].last.bits + 1)
  }

  /// How many addresses of a range are not in the set; all of IPv6 counts as one less than it has.
  public func freeCount(in range: AddressRange<Address>) -> UInt128 {
    freeRanges(in: range).reduce(0) { $0 + $1.count }
  }

  /// The parts of a range that are not in the set, in order, each as long as can be.
  public func freeRanges(in range: AddressRange<Address>) -> [AddressRange<Address>] {
    var free: [AddressRange<Address>] = []
    var start = range.first
    for taken in ranges(within: range) {
      if start < taken.first {
        free.append(AddressRange(from: start, through: Address(bits: taken.first.bits - 1)))
      }
      guard taken.last < range.last else { return free }
      start = Address(bits: taken.last.bits + 1)
    }
    free.append(AddressRange(from: start, through: range.last))
    return free
  }

  /// The fewest prefixes that make up what is free of a prefix, in order.
  public func freePrefixes(in prefix: Prefix<Address>) -> [Prefix<Address>] {
    freeRanges(in: prefix.addresses).flatMap { $0.prefixes() }
  }

  /// The free prefixes of a length inside a wider prefix, best fit first: those in the smallest
  /// free prefix with room for one, the lowest of equals, so that the wide ones stay whole for as
  /// long as possible. Taken one after another they are what asking anew after each would give.
  public func freePrefixes(
    ofLength length: Int, in prefix: Prefix<Address>
  ) -> some Sequence<Prefix<Address>> {
    freePrefixes(in: prefix)
      .filter { $0.length <= length }
      .sorted { ($1.length, $0.network) < ($0.length, $1.network) }
      .lazy.flatMap { $0.subprefixes(ofLength: length) }
  }

  /// The best fitting of the free prefixes of a length inside a wider prefix; nil when there is
  /// none.
  public func freePrefix(ofLength length: Int, in prefix: Prefix<Address>) -> Prefix<Address>? {
    freePrefixes(ofLength: length, in: prefix).first { _ in true }
  }
}
