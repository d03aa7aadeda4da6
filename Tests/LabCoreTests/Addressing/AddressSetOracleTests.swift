import LabCore
import TestSupport
import Testing

/// Something done to a set, in indices of a universe's addresses and prefixes.
private enum Change: Sendable, CustomStringConvertible {
  case insertAddress(Int)
  case insertRange(ClosedRange<Int>)
  case insertPrefix(Int)
  case removeAddress(Int)
  case removeRange(ClosedRange<Int>)
  case removePrefix(Int)

  static func any(_ random: inout SeededGenerator) -> Change {
    let one = Int.random(in: 0..<256, using: &random)
    let length = random.pick([0, 1, 2, 5, 20, 100])
    let range = one...min(one + length, 255)
    // Of the 511 prefixes all but the first 7 are short enough to leave something to others.
    let prefix = Int.random(in: 7..<511, using: &random)
    switch Int.random(in: 0..<6, using: &random) {
    case 0: return .insertAddress(one)
    case 1: return .insertRange(range)
    case 2: return .insertPrefix(prefix)
    case 3: return .removeAddress(one)
    case 4: return .removeRange(range)
    default: return .removePrefix(prefix)
    }
  }

  var description: String {
    switch self {
    case .insertAddress(let index): "insert address \(index)"
    case .insertRange(let indices): "insert \(indices)"
    case .insertPrefix(let index): "insert prefix \(index)"
    case .removeAddress(let index): "remove address \(index)"
    case .removeRange(let indices): "remove \(indices)"
    case .removePrefix(let index): "remove prefix \(index)"
    }
  }
}

/// An `AddressSet` and a plain set of addresses, changed alike.
private struct Pair<Address: IPAddress> {
  let universe: Universe<Address>
  var set = AddressSet<Address>()
  var members: Set<Address> = []

  mutating func make(_ change: Change) {
    switch change {
    case .insertAddress(let index):
      set.insert(universe.addresses[index])
      members.insert(universe.addresses[index])
    case .insertRange(let indices):
      set.insert(universe.range(indices))
      members.formUnion(universe.addresses[indices])
    case .insertPrefix(let index):
      set.insert(universe.prefixes[index])
      members.formUnion(universe.addresses.filter(universe.prefixes[index].contains))
    case .removeAddress(let index):
      set.remove(universe.addresses[index])
      members.remove(universe.addresses[index])
    case .removeRange(let indices):
      set.remove(universe.range(indices))
      members.subtract(universe.addresses[indices])
    case .removePrefix(let index):
      set.remove(universe.prefixes[index])
      members.subtract(universe.addresses.filter(universe.prefixes[index].contains))
    }
  }

  /// The first question the two answer differently; nil when there is none.
  var difference: String? {
    if set.ranges != universe.runs(members) { return "ranges are \(set)" }
    if set.count != UInt128(members.count) { return "count" }
    if set.isEmpty != members.isEmpty { return "isEmpty" }
    if set.prefixes() != universe.cover(members) { return "prefixes" }
    for address in universe.addresses
    where set.contains(address) != members.contains(address) {
      return "contains \(address)"
    }
    return nil
  }

  /// The same for the questions about a range.
  func difference(in indices: ClosedRange<Int>) -> String? {
    let range = universe.range(indices)
    let asked = Set(universe.addresses[indices])
    let free = asked.subtracting(members)
    if set.contains(range) != free.isEmpty { return "contains \(range)" }
    if set.overlaps(range) != (free != asked) { return "overlaps \(range)" }
    if set.firstFree(in: range) != free.min() { return "firstFree in \(range)" }
    if set.freeCount(in: range) != UInt128(free.count) { return "freeCount in \(range)" }
    if set.freeRanges(in: range) != universe.runs(free) { return "freeRanges in \(range)" }
    return nil
  }

  /// The same for the questions about a prefix.
  func difference(in prefix: Prefix<Address>) -> String? {
    let asked = Set(universe.addresses.filter(prefix.contains))
    let free = universe.cover(asked.subtracting(members))
    if set.contains(prefix) != free.isEmpty { return "contains \(prefix)" }
    if set.overlaps(prefix) == asked.isDisjoint(with: members) { return "overlaps \(prefix)" }
    if set.freePrefixes(in: prefix) != free { return "freePrefixes in \(prefix)" }
    for length in prefix.length...Address.Bits.bitWidth {
      // One at a time, each from the smallest that has room, the lowest of those.
      var taken = members
      for given in set.freePrefixes(ofLength: length, in: prefix).prefix(4) {
        let fitting = universe.cover(asked.subtracting(taken)).filter { $0.length <= length }
        let longest = fitting.map(\.length).max()
        let best = fitting.filter { $0.length == longest }.min()
        guard let best, given == Prefix(containing: best.network, length: length) else {
          return "free /\(length) in \(prefix)"
        }
        taken.formUnion(universe.addresses.filter(given.contains))
      }
      let first = set.freePrefix(ofLength: length, in: prefix)
      if (first == nil) != !free.contains(where: { $0.length <= length }) {
        return "no free /\(length) in \(prefix)"
      }
    }
    return nil
  }
}

private func difference<Address: IPAddress>(
  in universe: Universe<Address>, after changes: [Change], seed: UInt64
) -> String? {
  var pair = Pair(universe: universe)
  for change in changes {
    pair.make(change)
    if let difference = pair.difference { return difference }
  }
  var random = SeededGenerator(seed: seed)
  for _ in 0..<20 {
    let first = Int.random(in: 0..<256, using: &random)
    let last = Int.random(in: first..<256, using: &random)
    if let difference = pair.difference(in: first...last) { return difference }
  }
  let prefixes = [universe.prefix, random.pick(universe.prefixes), universe.prefixes[11]]
  return prefixes.lazy.compactMap { pair.difference(in: $0) }.first
}

private func algebraDifference<Address: IPAddress>(
  in universe: Universe<Address>, _ changes: [Change], _ others: [Change]
) -> String? {
  var one = Pair(universe: universe)
  var other = Pair(universe: universe)
  for change in changes { one.make(change) }
  for change in others { other.make(change) }
  let results = [
    ("union", one.set.union(other.set), one.members.union(other.members)),
    ("intersection", one.set.intersection(other.set), one.members.intersection(other.members)),
    ("subtracting", one.set.subtracting(other.set), one.members.subtracting(other.members)),
  ]
  return results.first { $0.1.ranges != universe.runs($0.2) }?.0
}

/// The changes that are needed to see a difference still.
private func shrunk(_ changes: [Change], _ isWrong: ([Change]) -> Bool) -> [Change] {
  var changes = changes
  var index = 0
  while index < changes.count {
    var fewer = changes
    fewer.remove(at: index)
    if isWrong(fewer) { changes = fewer } else { index += 1 }
  }
  return changes
}

/// Sets over a small universe against a plain set of all its addresses.
struct AddressSetOracleTests {
  @Test(arguments: Universe<IPv4Address>.all, 0..<10 as Range<UInt64>)
  func agreesInIPv4(universe: Universe<IPv4Address>, seed: UInt64) { check(universe, seed) }

  @Test(arguments: Universe<IPv6Address>.all, 0..<10 as Range<UInt64>)
  func agreesInIPv6(universe: Universe<IPv6Address>, seed: UInt64) { check(universe, seed) }

  private func check<Address: IPAddress>(_ universe: Universe<Address>, _ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let changes = (0..<20).map { _ in Change.any(&random) }
    if difference(in: universe, after: changes, seed: seed) != nil {
      let few = shrunk(changes) { difference(in: universe, after: $0, seed: seed) != nil }
      let found = difference(in: universe, after: few, seed: seed) ?? ""
      Issue.record("seed \(seed), after \(few): \(found)")
    }
    let others = (0..<20).map { _ in Change.any(&random) }
    if algebraDifference(in: universe, changes, others) != nil {
      let few = shrunk(changes) { algebraDifference(in: universe, $0, others) != nil }
      let fewOthers = shrunk(others) { algebraDifference(in: universe, few, $0) != nil }
      let found = algebraDifference(in: universe, few, fewOthers) ?? ""
      Issue.record("seed \(seed), \(few) and \(fewOthers): \(found)")
    }
  }
}
