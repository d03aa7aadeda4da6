/// How long something took, counted by bounds.
struct Histogram: Sendable {
  /// The bounds, in nanoseconds: 1, 2.5 and 5 of each power of ten from 10 µs to 10 s.
  static let bounds: [Int64] = [
    10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000, 5_000_000, 10_000_000,
    25_000_000, 50_000_000, 100_000_000, 250_000_000, 500_000_000, 1_000_000_000, 2_500_000_000,
    5_000_000_000, 10_000_000_000,
  ]

  /// How many were above the bound before and not above this one; at the end those above all.
  private(set) var counts = [Int](repeating: 0, count: Self.bounds.count + 1)
  /// Nanoseconds in all.
  private(set) var sum: Int64 = 0

  /// Counts one more.
  mutating func add(nanoseconds: Int64) {
    var place = 0
    while place < Self.bounds.count, nanoseconds > Self.bounds[place] { place += 1 }
    counts[place] += 1
    sum += nanoseconds
  }

  /// Adds what another one has counted.
  mutating func add(_ other: Histogram) {
    for place in counts.indices { counts[place] += other.counts[place] }
    sum += other.sum
  }
}
