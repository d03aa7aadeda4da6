/// How one list of named parts becomes another with few rows touched.
///
/// Parts that stand at the same place under the same name keep their rows, up to the first that do
/// not; from there on every row goes and is written anew.
struct ListEdit {
  /// Places whose rows stay and say something else.
  let changed: [Int]
  /// Places whose rows go.
  let removed: Range<Int>
  /// Places that get new rows.
  let added: Range<Int>

  init<Part: Equatable>(from old: [Part], to new: [Part], isSame: (Part, Part) -> Bool) {
    let kept = zip(old, new).prefix { isSame($0, $1) }.count
    changed = (0..<kept).filter { old[$0] != new[$0] }
    removed = kept..<old.count
    added = kept..<new.count
  }

  /// Every row goes and is written anew.
  init(removing removed: Int, adding added: Int) {
    changed = []
    self.removed = 0..<removed
    self.added = 0..<added
  }

  /// Places to write, in document order.
  var written: [Int] { changed + added }
}
