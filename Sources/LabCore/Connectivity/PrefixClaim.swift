/// A segment's claim to the addresses of a prefix.
struct PrefixClaim: Hashable {
  /// Nil for all enclosed private segments of NAT together.
  let segment: Int?
  let prefix: FabricPrefix
  /// Behind a NAT and without a router VM: nobody outside ever reaches it by its addresses.
  let isEnclosed: Bool
}

/// The claims that compete with others: an address may be meant for either, or one segment has two
/// prefixes, or a route to a part of the prefix leads elsewhere.
///
/// Two prefixes that have an address in common lie one in the other, so that one walk through all of
/// them in order, with those around the present one on a stack, finds every competition.
func contestedClaims(
  _ claims: Set<PrefixClaim>, partialRoutes: [FabricPrefix]
) -> Set<PrefixClaim> {
  var walk = ClaimWalk(claims.sorted { $0.prefix.isBefore($1.prefix) })
  walk.run()
  let routes = partialRoutes.sorted { $0.isBefore($1) }
  let several = segmentsWithSeveralPrefixes(claims)
  return claims.filter { claim in
    walk.overlapping.contains(claim) || claim.segment.map(several.contains) ?? false
      || routes.haveProperPart(of: claim.prefix)
  }
}

private func segmentsWithSeveralPrefixes(_ claims: Set<PrefixClaim>) -> Set<Int> {
  var first: [Int: FabricPrefix] = [:]
  var several: Set<Int> = []
  for claim in claims {
    guard let segment = claim.segment else { continue }
    if let known = first[segment], known != claim.prefix { several.insert(segment) }
    first[segment] = claim.prefix
  }
  return several
}

/// The walk through claims of which an outer one comes before those in it.
private struct ClaimWalk {
  private let sorted: [PrefixClaim]
  /// The claims around the present one, by index in `sorted`, the outermost first.
  private var around: [Int] = []
  private var openAround = 0
  /// By claim: whether one is inside it, and whether one that is not enclosed is.
  private var hasInner: [Bool]
  private var hasOpenInner: [Bool]
  /// Those that have addresses in common with others, not both enclosed.
  private(set) var overlapping: Set<PrefixClaim> = []

  init(_ sorted: [PrefixClaim]) {
    self.sorted = sorted
    hasInner = Array(repeating: false, count: sorted.count)
    hasOpenInner = hasInner
  }

  mutating func run() {
    for (index, claim) in sorted.enumerated() {
      while let outer = around.last, !sorted[outer].prefix.contains(claim.prefix.network) {
        leave()
      }
      if claim.isEnclosed ? openAround > 0 : !around.isEmpty { overlapping.insert(claim) }
      around.append(index)
      if !claim.isEnclosed { openAround += 1 }
    }
    while !around.isEmpty { leave() }
  }

  private mutating func leave() {
    let index = around.removeLast()
    let claim = sorted[index]
    if !claim.isEnclosed { openAround -= 1 }
    if claim.isEnclosed ? hasOpenInner[index] : hasInner[index] { overlapping.insert(claim) }
    guard let outer = around.last else { return }
    hasInner[outer] = true
    if hasOpenInner[index] || !claim.isEnclosed { hasOpenInner[outer] = true }
  }
}

extension FabricPrefix {
  /// By first address, an outer prefix before those in it.
  func isBefore(_ other: FabricPrefix) -> Bool {
    (network, length) < (other.network, other.length)
  }
}

extension [FabricPrefix] {
  /// Whether one of these, which are in order, is a part of a prefix, but not all of it.
  fileprivate func haveProperPart(of whole: FabricPrefix) -> Bool {
    var (low, high) = (startIndex, endIndex)
    while low < high {
      let middle = low + (high - low) / 2
      if whole.isBefore(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low < endIndex && whole.contains(self[low].network)
  }
}
