import LabCore

extension JSONPatch {
  /// Operations that turn one document into an equivalent of another: removals, replacements and
  /// additions alone. Lists are compared from both ends, so that one element added or removed
  /// anywhere is one operation.
  public static func difference(
    from old: DocumentNode, to new: DocumentNode
  ) -> JSONPatch {
    var differ = Differ()
    differ.compare(old, new)
    return JSONPatch(differ.operations)
  }
}

private struct Differ {
  var operations: [JSONPatch.Operation] = []
  private var path: [String] = []

  private var pointer: JSONPointer { JSONPointer(tokens: path) }

  mutating func compare(_ old: DocumentNode, _ new: DocumentNode) {
    switch (old.value, new.value) {
    case (.object(let old), .object(let new)): compareMembers(old, new)
    case (.array(let old), .array(let new)): compareElements(old, new)
    default:
      if !old.isEquivalent(to: new) { operations.append(.replace(pointer, new)) }
    }
  }

  private mutating func descend(_ token: String, _ step: (inout Differ) -> Void) {
    path.append(token)
    step(&self)
    path.removeLast()
  }

  private mutating func compareMembers(_ old: [DocumentMember], _ new: [DocumentMember]) {
    let oldValues = Dictionary(old.map { ($0.key, $0.value) }) { first, _ in first }
    let newKeys = Set(new.map(\.key))
    for member in old where !newKeys.contains(member.key) {
      descend(member.key) { $0.operations.append(.remove($0.pointer)) }
    }
    for member in new {
      descend(member.key) { differ in
        if let before = oldValues[member.key] {
          differ.compare(before, member.value)
        } else {
          differ.operations.append(.add(differ.pointer, member.value))
        }
      }
    }
  }

  /// What is alike at both ends stays; of what is between, elements at one index are compared, and
  /// the rest is removed from the end, or added to it.
  private mutating func compareElements(_ old: [DocumentNode], _ new: [DocumentNode]) {
    let same = CommonEnds(of: old, and: new) { $0.isEquivalent(to: $1) }
    let oldEnd = old.count - same.back
    let newEnd = new.count - same.back
    let common = min(oldEnd, newEnd)
    for index in same.front..<max(same.front, common) {
      descend("\(index)") { $0.compare(old[index], new[index]) }
    }
    for index in (common..<oldEnd).reversed() {
      descend("\(index)") { $0.operations.append(.remove($0.pointer)) }
    }
    for index in common..<max(common, newEnd) {
      // Only where nothing follows is the list's end the place.
      let token = same.back == 0 ? "-" : "\(index)"
      descend(token) { $0.operations.append(.add($0.pointer, new[index])) }
    }
  }
}
