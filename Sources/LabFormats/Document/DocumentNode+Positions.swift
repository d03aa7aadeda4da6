public import LabCore

extension DocumentNode {
  /// Where in its text each of some faults is: at the key for a key that does not belong there.
  ///
  /// One walk through the document finds all of them, however many keys its objects have.
  public func positions(of faults: [Fault]) -> [SourcePosition?] {
    var search = PositionSearch(faults: faults)
    search.visit(self, depth: 0, of: Array(faults.indices))
    return search.found
  }
}

private struct PositionSearch {
  let faults: [Fault]
  var found: [SourcePosition?]

  init(faults: [Fault]) {
    self.faults = faults
    found = [SourcePosition?](repeating: nil, count: faults.count)
  }

  /// Notes the place of a node for faults in it: the innermost node that there is counts.
  ///
  /// - Parameter depth: how many tokens of their pointers lead to the node.
  mutating func visit(_ node: DocumentNode, depth: Int, of indices: [Int]) {
    for index in indices { found[index] = node.position }
    var wanted: [String: [Int]] = [:]
    for index in indices where faults[index].pointer.tokens.count > depth {
      wanted[faults[index].pointer.tokens[depth], default: []].append(index)
    }
    guard !wanted.isEmpty else { return }
    switch node.value {
    case .object(let members): visit(members, depth: depth + 1, &wanted)
    case .array(let elements):
      for (token, indices) in wanted {
        guard let index = arrayIndex(token, in: elements.indices) else { continue }
        visit(elements[index], depth: depth + 1, of: indices)
      }
    default: break
    }
  }

  private mutating func visit(
    _ members: [DocumentMember], depth: Int, _ wanted: inout [String: [Int]]
  ) {
    for member in members {
      // The first member of a key is the one that counts.
      guard let indices = wanted.removeValue(forKey: member.key) else { continue }
      visit(member.value, depth: depth, of: indices)
      for index in indices where isAtKey(faults[index], depth: depth) {
        found[index] = member.keyPosition ?? found[index]
      }
      if wanted.isEmpty { return }
    }
  }

  private func isAtKey(_ fault: Fault, depth: Int) -> Bool {
    fault.code == .unknownKey && fault.pointer.tokens.count == depth
  }
}
