/// The names most like a mistyped one, best first, at most three; none when nothing is near.
///
/// Near is a Damerau–Levenshtein distance (adjacent transpositions count once) of at most a third
/// of the name's length, and at least one edit.
public func nearestNames(to name: String, among known: [String]) -> [String] {
  let allowed = max(1, name.utf8.count / 3)
  let scored = known.map { (distance: editDistance(name, $0), name: $0) }
    .filter { $0.distance <= allowed }
    .sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }
  return scored.prefix(3).map(\.name)
}

private func editDistance(_ left: String, _ right: String) -> Int {
  let a = Array(left.utf8)
  let b = Array(right.utf8)
  var beforePrevious: [Int] = []
  var previous = Array(0...b.count)
  for i in 1..<(a.count + 1) {
    var current = [i]
    for j in 1..<(b.count + 1) {
      let substitution = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
      var best = min(previous[j] + 1, current[j - 1] + 1, substitution)
      if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
        best = min(best, beforePrevious[j - 2] + 1)
      }
      current.append(best)
    }
    beforePrevious = previous
    previous = current
  }
  return previous[b.count]
}
