/// A set of endpoints by their places in the matrix: a bit for each.
struct EndpointSet: Hashable {
  fileprivate(set) var words: [UInt64]

  /// An empty set of so many endpoints at most.
  init(capacity: Int) {
    words = Array(repeating: 0, count: (capacity + 63) / 64)
  }

  init(_ places: some Sequence<Int>, capacity: Int) {
    self.init(capacity: capacity)
    for place in places { insert(place) }
  }

  mutating func insert(_ place: Int) { words[place >> 6] |= 1 << UInt64(place & 63) }

  mutating func formUnion(_ other: EndpointSet) {
    for index in words.indices { words[index] |= other.words[index] }
  }

  func contains(_ place: Int) -> Bool { words[place >> 6] >> UInt64(place & 63) & 1 != 0 }

  var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }
}

/// A set of ordered pairs of endpoints: a row of bits for each source. The pairs of 5,000 VMs take
/// 3 MB.
struct PairSet {
  /// How many words a row has.
  let width: Int
  private var words: [UInt64]

  init(count: Int) {
    width = (count + 63) / 64
    words = Array(repeating: 0, count: count * width)
  }

  mutating func insert(_ source: Int, _ target: Int) {
    words[source * width + (target >> 6)] |= 1 << UInt64(target & 63)
  }

  /// Adds the pairs of a source with each of some targets.
  mutating func insert(_ source: Int, _ targets: EndpointSet) {
    let start = source * width
    for index in 0..<width { words[start + index] |= targets.words[index] }
  }

  func contains(_ source: Int, _ target: Int) -> Bool {
    words[source * width + (target >> 6)] >> UInt64(target & 63) & 1 != 0
  }

  /// A word of a source's row: 64 targets.
  func word(_ source: Int, _ index: Int) -> UInt64 { words[source * width + index] }

  /// How many bytes the pairs of so many endpoints take.
  static func bytes(count: Int) -> Int { count * ((count + 63) / 64) * 8 }
}
