/// How much two lists have in common at their ends.
public struct CommonEnds {
  /// How many elements at the front.
  public let front: Int
  /// How many elements at the back, none of which counts at the front.
  public let back: Int

  /// Compares from the front up to the first difference, and then from the back.
  @inlinable
  public init<Element>(
    of one: [Element], and other: [Element], by isSame: (Element, Element) -> Bool
  ) {
    let shorter = min(one.count, other.count)
    let front = (0..<shorter).prefix { isSame(one[$0], other[$0]) }.count
    self.front = front
    back =
      (0..<(shorter - front)).prefix {
        isSame(one[one.count - 1 - $0], other[other.count - 1 - $0])
      }.count
  }
}
