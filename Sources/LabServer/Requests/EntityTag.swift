import LabStorage

/// An entity tag of the service: a lab's revision in quotes.
func entityTag(_ revision: Int) -> String { "\"\(revision)\"" }

/// The value of `If-Match` or `If-None-Match` (RFC 9110 sections 13.1.1 and 13.1.2).
enum EntityTags: Hashable {
  /// `*`.
  case any
  /// Revisions of the tags given; tags that are none of this service's match nothing.
  case revisions(Set<Int>)

  /// Reads a list of tags; nil where it is none.
  ///
  /// - Parameter isWeak: whether `W/"3"` matches revision 3: for `If-None-Match` it does.
  init?(_ text: String, isWeak: Bool) {
    var rest = trimmed(text[...])
    guard rest != "*" else {
      self = .any
      return
    }
    var revisions: Set<Int> = []
    repeat {
      let hasWeakMark = rest.hasPrefix("W/")
      if hasWeakMark { rest = rest.dropFirst(2) }
      guard rest.first == "\"" else { return nil }
      rest = rest.dropFirst()
      guard let end = rest.firstIndex(of: "\"") else { return nil }
      if let revision = Int(rest[..<end]),
        entityTag(revision).dropFirst().dropLast() == rest[..<end],
        isWeak || !hasWeakMark
      {
        revisions.insert(revision)
      }
      rest = trimmed(rest[end...].dropFirst())
      guard rest.isEmpty || rest.first == "," else { return nil }
      rest = trimmed(rest.dropFirst())
    } while !rest.isEmpty
    self = .revisions(revisions)
  }

  /// Whether a lab at a revision has one of the tags.
  func matches(_ revision: Int) -> Bool {
    switch self {
    case .any: true
    case .revisions(let revisions): revisions.contains(revision)
    }
  }
}
