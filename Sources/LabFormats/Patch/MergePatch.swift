/// JSON Merge Patch (RFC 7396): a document in the shape of the one it changes, where `null` removes
/// a key and a list replaces a list.
public struct MergePatch: Hashable, Sendable {
  /// The patch as a document.
  public let document: DocumentNode

  /// Any document is a patch.
  public init(_ document: DocumentNode) {
    self.document = document
  }

  /// The target, changed. Keys that stay keep their order, new ones follow them; what the patch
  /// gives keeps its place in the patch's text.
  public func applied(to target: DocumentNode) -> DocumentNode {
    merge(target, with: document)
  }
}

/// `MergePatch` of RFC 7396 section 2.
private func merge(_ target: DocumentNode?, with patch: DocumentNode) -> DocumentNode {
  guard case .object(let changes) = patch.value else { return patch }
  var members: [DocumentMember] = []
  if case .object(let present)? = target?.value { members = present }
  var indices = Dictionary(members.enumerated().map { ($1.key, $0) }) { first, _ in first }
  var removed: Set<Int> = []
  for change in changes {
    let index = indices[change.key]
    if case .null = change.value.value {
      if let index { removed.insert(index) }
      continue
    }
    let value = merge(index.map { members[$0].value }, with: change.value)
    if let index {
      members[index].value = value
    } else {
      indices[change.key] = members.count
      members.append(DocumentMember(change.key, at: change.keyPosition, value))
    }
  }
  let kept = members.indices.filter { !removed.contains($0) }.map { members[$0] }
  return DocumentNode(.object(kept), at: target?.position ?? patch.position)
}
