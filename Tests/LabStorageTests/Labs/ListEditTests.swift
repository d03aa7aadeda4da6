import Testing

@testable import LabStorage

@Suite("Edits of lists")
struct ListEditTests {
  // A part is its name and what it says.
  @Test(
    arguments: [
      ("", "", [], 0..<0, 0..<0),
      ("", "a1 b1", [], 0..<0, 0..<2),
      ("a1 b1", "", [], 0..<2, 0..<0),
      ("a1 b1", "a1 b1", [], 2..<2, 2..<2),
      ("a1 b1", "a2 b1", [0], 2..<2, 2..<2),
      ("a1 b1", "a2 b1 c1", [0], 2..<2, 2..<3),
      ("a1 b1 c1", "a1 c1", [], 1..<3, 1..<2),
      ("a1 b1", "b1 a1", [], 0..<2, 0..<2),
    ] as [(String, String, [Int], Range<Int>, Range<Int>)])
  func edit(old: String, new: String, changed: [Int], removed: Range<Int>, added: Range<Int>) {
    let edit = ListEdit(from: old.split(separator: " "), to: new.split(separator: " ")) {
      $0.first == $1.first
    }
    #expect(edit.changed == changed)
    #expect(edit.removed == removed)
    #expect(edit.added == added)
    #expect(edit.written == changed + added)
  }
}
