import LabCore
import TestSupport
import Testing

/// Suggestions for mistyped names, checked against the whole matrix of edit distances.
@Suite struct NearestNamesTests {
  @Test(arguments: [
    ("nmae", ["name", "mode"], ["name"]),
    ("adaptors", ["adapters", "routes"], ["adapters"]),
    ("x", ["y", "z", "w", "v"], ["v", "w", "y"]),
    ("", ["a", "ab"], ["a"]),
    ("ubuntu", ["debian"], []),
  ])
  func table(name: String, known: [String], expected: [String]) {
    #expect(nearestNames(to: name, among: known) == expected)
  }

  @Test func aTextLongerThanANameIsLikeNone() {
    let name = String(repeating: "a", count: 63)
    #expect(nearestNames(to: name, among: [name]) == [name])
    #expect(nearestNames(to: name + "a", among: [name]) == [])
  }

  @Test func agreesWithTheWholeMatrix() {
    var random = SeededGenerator(seed: 14)
    for round in 0..<3000 {
      func word() -> String {
        let letters = (0..<Int.random(in: 0...9, using: &random)).map { _ in
          Character(["a", "b", "c"].randomElement(using: &random) ?? "a")
        }
        return String(letters)
      }
      let name = word()
      let known = (0..<5).map { _ in word() }
      let allowed = max(1, name.utf8.count / 3)
      let expected = known.map { (distance(Array(name.utf8), Array($0.utf8)), $0) }
        .filter { $0.0 <= allowed }.sorted { $0 < $1 }.prefix(3).map(\.1)
      #expect(nearestNames(to: name, among: known) == expected, "round \(round): \(name) \(known)")
    }
  }

  /// The distance by its definition, each cell from the four before it.
  private func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var cells = [[Int]](repeating: Array(0...b.count), count: a.count + 1)
    for i in 0...a.count {
      for j in 0...b.count {
        guard i > 0, j > 0 else {
          cells[i][j] = max(i, j)
          continue
        }
        let isSame = a[i - 1] == b[j - 1]
        cells[i][j] = min(
          cells[i - 1][j] + 1, cells[i][j - 1] + 1, cells[i - 1][j - 1] + (isSame ? 0 : 1))
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
          cells[i][j] = min(cells[i][j], cells[i - 2][j - 2] + 1)
        }
      }
    }
    return cells[a.count][b.count]
  }
}
