/// The prefixes of one length that make up a wider one, made one by one as they are asked for.
public struct Subprefixes<Address: IPAddress>: Sequence, IteratorProtocol, Sendable {
  private var following: Prefix<Address>?
  private let last: Address

  init(of prefix: Prefix<Address>, length: Int) {
    let isPossible = (prefix.length...Address.Bits.bitWidth).contains(length)
    following = isPossible ? Prefix(containing: prefix.network, length: length) : nil
    last = prefix.last
  }

  /// The one after the prefix last given; nil when that was the last.
  public mutating func next() -> Prefix<Address>? {
    guard let current = following else { return nil }
    following =
      current.last < last
      ? Prefix(containing: Address(bits: current.last.bits + 1), length: current.length) : nil
    return current
  }
}
