import LabCore

/// The addresses of some ranges, in order, from one of them on.
struct AddressCandidates<Address: IPAddress> {
  private var ranges: ArraySlice<AddressRange<Address>>

  init(ranges: [AddressRange<Address>], from start: Address) {
    self.ranges = ranges[...]
    drop(before: start)
  }

  mutating func next() -> Address? {
    guard let range = ranges.first else { return nil }
    skip(range.first)
    return range.first
  }

  mutating func next(below limit: Address) -> Address? {
    guard let range = ranges.first, range.first < limit else { return nil }
    return next()
  }

  /// Goes on after an address, if it has not got there yet.
  mutating func skip(_ address: Address) {
    let (bits, overflow) = address.bits.addingReportingOverflow(1)
    if overflow { ranges = [] } else { drop(before: Address(bits: bits)) }
  }

  private mutating func drop(before start: Address) {
    while let range = ranges.first, range.first < start {
      guard let rest = AddressRange(first: start, last: range.last) else {
        ranges.removeFirst()
        continue
      }
      ranges[ranges.startIndex] = rest
    }
  }
}
