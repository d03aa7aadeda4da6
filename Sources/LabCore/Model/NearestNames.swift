/// The names most like a mistyped one, best first, at most three; none when nothing is near.
///
/// Near is a Damerau–Levenshtein distance (adjacent transpositions count once) of at most a third
/// of the name's length, and at least one edit. A text that is longer than any name (63 bytes) is
/// like none of them, and no more than the first 5,000 names are compared.
public func nearestNames(to name: String, among known: some Sequence<String>) -> [String] {
  let length = name.utf8.count
  guard length <= 63 else { return [] }
  let letters = Array(name.utf8)
  let allowed = max(1, length / 3)
  var scored: [(distance: Int, name: String)] = []
  for candidate in known.prefix(5000) {
    if let distance = editDistance(letters, Array(candidate.utf8), atMost: allowed) {
      scored.append((distance, candidate))
    }
  }
  scored.sort { ($0.distance, $0.name) < ($1.distance, $1.name) }
  return scored.prefix(3).map(\.name)
}

/// The distance of two texts, nil where it is larger than allowed: only the cells of the matrix that
/// lie as near to its diagonal are worked out.
private func editDistance(_ a: [UInt8], _ b: [UInt8], atMost allowed: Int) -> Int? {
  guard abs(a.count - b.count) <= allowed else { return nil }
  let tooFar = allowed + 1
  var beforePrevious: [Int] = []
  var previous = Array(0...b.count)
  for i in 1..<(a.count + 1) {
    var current = [Int](repeating: tooFar, count: b.count + 1)
    if i <= allowed { current[0] = i }
    for j in max(1, i - allowed)..<(max(1, min(b.count, i + allowed) + 1)) {
      let substitution = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
      var best = min(previous[j] + 1, current[j - 1] + 1, substitution)
      if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
        best = min(best, beforePrevious[j - 2] + 1)
      }
      current[j] = best
    }
    beforePrevious = previous
    previous = current
  }
  return previous[b.count] <= allowed ? previous[b.count] : nil
}
