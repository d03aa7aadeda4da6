import LabCore
import TestSupport
import Testing

struct AddressRangeTests {
  private static func range(_ first: String, _ last: String) throws -> AddressRange<IPv4Address>? {
    AddressRange(first: try IPv4Address(parsing: first), last: try IPv4Address(parsing: last))
  }

  static let splits: [(first: String, last: String, prefixes: [String])] = [
    ("10.0.2.5", "10.0.2.5", ["10.0.2.5/32"]),
    ("10.0.2.0", "10.0.2.255", ["10.0.2.0/24"]),
    ("0.0.0.0", "255.255.255.255", ["0.0.0.0/0"]),
    // Two halves that don't make a whole: the upper of one pair, the lower of the next.
    ("10.0.1.0", "10.0.2.255", ["10.0.1.0/24", "10.0.2.0/24"]),
    // The longest climb and descent.
    (
      "10.0.2.1", "10.0.2.14",
      ["10.0.2.1/32", "10.0.2.2/31", "10.0.2.4/30", "10.0.2.8/30", "10.0.2.12/31", "10.0.2.14/32"]
    ),
    ("255.255.255.254", "255.255.255.255", ["255.255.255.254/31"]),
    ("255.255.255.253", "255.255.255.255", ["255.255.255.253/32", "255.255.255.254/31"]),
  ]

  @Test(arguments: splits)
  func splitsIntoPrefixes(first: String, last: String, prefixes: [String]) throws {
    let range = try #require(try Self.range(first, last))
    #expect(range.prefixes().map(\.description) == prefixes)
  }

  @Test func isNothingWhenReversed() throws {
    #expect(try Self.range("10.0.2.6", "10.0.2.5") == nil)
    #expect(try Self.range("10.0.2.5", "10.0.2.5")?.count == 1)
  }

  @Test func reachesTheEndsOfIPv6() throws {
    let all = try #require(
      AddressRange(first: IPv6Address(bits: 0), last: IPv6Address(bits: .max)))
    #expect(all.count == .max)
    #expect(all.prefixes().map(\.description) == ["::/0"])
    #expect(all.prefix(2).map(\.description) == ["::", "::1"])
    let most = try #require(
      AddressRange(first: IPv6Address(bits: 1), last: IPv6Address(bits: .max - 1)))
    #expect(most.count == UInt128.max - 1)
    // Each length from 2 to 128 twice: as many as a range can take.
    #expect(most.prefixes().count == 254)
  }

  @Test func sortsByFirstThenLast() throws {
    let sorted = try [
      Self.range("10.0.0.0", "10.0.0.1"), Self.range("10.0.0.0", "10.0.0.2"),
      Self.range("10.0.0.1", "10.0.0.1"),
    ].compactMap { $0 }
    #expect(sorted.reversed().sorted() == sorted)
    #expect(sorted.map(\.description).first == "10.0.0.0-10.0.0.1")
  }

  @Test(arguments: Universe<IPv4Address>.all)
  func agreesWithListsInIPv4(universe: Universe<IPv4Address>) throws { try check(universe) }

  @Test(arguments: Universe<IPv6Address>.all)
  func agreesWithListsInIPv6(universe: Universe<IPv6Address>) throws { try check(universe) }

  private func check<Address: IPAddress>(_ universe: Universe<Address>) throws {
    var random = SeededGenerator(seed: 1)
    let addresses = universe.addresses
    func randomRange() -> (AddressRange<Address>, Set<Address>) {
      let one = Int.random(in: 0..<256, using: &random)
      let other = random.oneIn(4) ? random.pick([0, 255]) : Int.random(in: 0..<256, using: &random)
      let indices = min(one, other)...max(one, other)
      return (universe.range(indices), Set(addresses[indices]))
    }
    for _ in 0..<200 {
      let (one, mine) = randomRange()
      let (other, theirs) = randomRange()
      let sample = "\(one) \(other)"
      try #require(Array(one) == addresses.filter(mine.contains), "\(sample)")
      try #require(addresses.filter(one.contains) == Array(one), "\(sample)")
      try #require(one.count == UInt128(mine.count), "\(sample)")
      try #require(one.overlaps(other) == !mine.isDisjoint(with: theirs), "\(sample)")
      try #require(one.contains(other) == theirs.isSubset(of: mine), "\(sample)")
      try #require(Set(one.intersection(other).map(Array.init) ?? []) == mine.intersection(theirs))
      try #require(one.prefixes() == universe.cover(mine), "\(sample)")
    }
  }

  /// Over the whole width: the prefixes follow each other without gap, from first to last.
  @Test(arguments: 0..<4 as Range<UInt64>)
  func prefixesCoverExactly(seed: UInt64) throws {
    var maker = AddressTextMaker(seed: seed)
    for _ in 0..<200 {
      let ends = [IPv6Address(bits: maker.bits()), IPv6Address(bits: maker.bits())].sorted()
      let range = try #require(AddressRange(first: ends[0], last: ends[1]))
      let prefixes = range.prefixes()
      try #require(prefixes.first?.network == range.first, "seed \(seed), \(range)")
      try #require(prefixes.last?.last == range.last, "seed \(seed), \(range)")
      for (one, next) in zip(prefixes, prefixes.dropFirst()) {
        try #require(one.last.bits + 1 == next.network.bits, "seed \(seed), \(range)")
        // Two halves of one prefix would have been that prefix.
        let parent = IPv6Prefix(containing: one.network, length: one.length - 1)
        try #require(one.length != next.length || !parent.contains(next), "seed \(seed), \(range)")
      }
    }
  }
}
