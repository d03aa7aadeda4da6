extension AddressSet {
  /// The addresses that are in either set; O(n + m).
  public func union(_ other: AddressSet) -> AddressSet {
    var result = AddressSet()
    var mine = ranges[...]
    var theirs = other.ranges[...]
    while let left = mine.first, let right = theirs.first {
      if left < right {
        result.append(left)
        mine.removeFirst()
      } else {
        result.append(right)
        theirs.removeFirst()
      }
    }
    for range in mine { result.append(range) }
    for range in theirs { result.append(range) }
    return result
  }

  /// The addresses that are in both sets.
  public func intersection(_ other: AddressSet) -> AddressSet {
    var result = AddressSet()
    for range in ranges {
      for common in other.ranges(within: range) { result.append(common) }
    }
    return result
  }

  /// The addresses that are in this set and not in the other.
  public func subtracting(_ other: AddressSet) -> AddressSet {
    var result = AddressSet()
    for range in ranges {
      for rest in other.freeRanges(in: range) { result.append(rest) }
    }
    return result
  }

  /// The parts of a range that are in the set, in order.
  func ranges(within range: AddressRange<Address>) -> [AddressRange<Address>] {
    ranges[index(endingAtOrAfter: range.first)...]
      .prefix { $0.first <= range.last }
      .compactMap { $0.intersection(range) }
  }
}
