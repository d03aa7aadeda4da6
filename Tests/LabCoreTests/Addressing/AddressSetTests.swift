import LabCore
import Testing

struct AddressSetTests {
  private static func range(_ text: String) throws -> AddressRange<IPv4Address> {
    let ends = try text.split(separator: "-").map { try IPv4Address(parsing: "10.0.2.\($0)") }
    return try #require(AddressRange(first: ends[0], last: ends[ends.count - 1]))
  }

  /// The last numbers of addresses of 10.0.2.0/24.
  static let inserted: [(before: [String], added: String, after: [String])] = [
    ([], "10-20", ["10-20"]),
    // Inside what is there, and around it.
    (["10-20"], "12-15", ["10-20"]),
    (["12-15"], "10-20", ["10-20"]),
    // Over either end.
    (["10-20"], "15-30", ["10-30"]),
    (["10-20"], "5-15", ["5-20"]),
    // Touching is joining; one address between keeps them apart.
    (["10-20"], "21-30", ["10-30"]),
    (["10-20"], "5-9", ["5-20"]),
    (["10-20"], "22-30", ["10-20", "22-30"]),
    // Filling the hole between two, and swallowing several.
    (["10-20", "22-30"], "21", ["10-30"]),
    (["10-12", "14-16", "18-20", "30-40"], "11-19", ["10-20", "30-40"]),
  ]

  @Test(arguments: inserted)
  func insertJoins(before: [String], added: String, after: [String]) throws {
    var set = AddressSet(try before.map(Self.range))
    set.insert(try Self.range(added))
    #expect(set.ranges == (try after.map(Self.range)))
  }

  static let removed: [(before: [String], taken: String, after: [String])] = [
    ([], "10-20", []),
    // All of it, more than it, none of it.
    (["10-20"], "10-20", []),
    (["10-20"], "5-30", []),
    (["10-20"], "21-30", ["10-20"]),
    // A hole, and either end.
    (["10-20"], "15", ["10-14", "16-20"]),
    (["10-20"], "10-12", ["13-20"]),
    (["10-20"], "18-30", ["10-17"]),
    // Over several.
    (["10-12", "14-16", "18-20"], "11-19", ["10", "20"]),
  ]

  @Test(arguments: removed)
  func removeSplits(before: [String], taken: String, after: [String]) throws {
    var set = AddressSet(try before.map(Self.range))
    set.remove(try Self.range(taken))
    #expect(set.ranges == (try after.map(Self.range)))
  }

  @Test func isMadeFromRangesAndPrefixesInAnyOrder() throws {
    let ranges = try ["30-40", "10-20", "15-16", "21-22", "35"].map(Self.range)
    #expect(AddressSet(ranges).ranges == (try ["10-22", "30-40"].map(Self.range)))
    let prefixes = try ["10.0.3.0/24", "10.0.2.0/24", "10.0.2.0/25"].map {
      try IPv4Prefix(parsing: $0)
    }
    #expect(AddressSet(prefixes).description == "{10.0.2.0-10.0.3.255}")
    #expect(AddressSet(prefixes).prefixes().map(\.description) == ["10.0.2.0/23"])
    #expect(AddressSet<IPv4Address>().description == "{}")
  }

  @Test func countsUpToAllOfIPv6() throws {
    let all = try IPv6Prefix(parsing: "::/0")
    var set = AddressSet<IPv6Address>()
    #expect(set.freeCount(in: all.addresses) == .max)
    set.insert(all.network)
    #expect(set.freeCount(in: all.addresses) == .max)
    set.insert(all.last)
    #expect(set.freeCount(in: all.addresses) == UInt128.max - 1)
    set.insert(all)
    #expect(set.count == .max)
    #expect(set.ranges == [all.addresses])
    set.remove(all.network)
    #expect(set.count == .max)
    #expect(set.freeCount(in: all.addresses) == 1)
    #expect(set.firstFree(in: all.addresses) == all.network)
  }

  @Test func bestFitKeepsWidePrefixesWhole() throws {
    let lab = try IPv4Prefix(parsing: "10.0.0.0/16")
    var taken = AddressSet([try IPv4Prefix(parsing: "10.0.4.0/24")])
    // The lowest /24 is 10.0.0.0, but taking it would break a /22; beside 10.0.4.0 it breaks none.
    #expect(taken.freePrefix(ofLength: 24, in: lab)?.description == "10.0.5.0/24")
    taken.insert(lab)
    #expect(taken.freePrefix(ofLength: 24, in: lab) == nil)
    #expect(taken.freePrefix(ofLength: 8, in: try IPv4Prefix(parsing: "10.1.0.0/16")) == nil)
  }

  @Test func freePrefixesAreMadeAsTheyAreAskedFor() throws {
    let all = try IPv6Prefix(parsing: "fd00::/8")
    let free = AddressSet<IPv6Address>().freePrefixes(ofLength: 64, in: all)
    #expect(free.prefix(2).map(\.description) == ["fd00::/64", "fd00:0:0:1::/64"])
  }
}
