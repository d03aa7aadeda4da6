import LabStorage

/// An entity tag of the service: a lab's version in quotes.
func entityTag(_ version: VersionTag) -> String { "\"\(version.text)\"" }

/// The entity tag of a lab's document.
func entityTag(_ revision: Int) -> String { entityTag(VersionTag(revision: revision)) }

/// The value of `If-Match` or `If-None-Match` (RFC 9110 sections 13.1.1 and 13.1.2).
enum EntityTags: Hashable {
  /// `*`.
  case any
  /// The tags given; those that are none of this service's match nothing.
  case versions(Set<VersionTag>)

  /// Reads a list of tags; nil where it is none.
  ///
  /// - Parameter isWeak: whether `W/"3"` matches version 3: for `If-None-Match` it does.
  init?(_ text: String, isWeak: Bool) {
    var rest = trimmed(text[...])
    guard rest != "*" else {
      self = .any
      return
    }
    var versions: Set<VersionTag> = []
    var hasTags = false
    repeat {
      // Elements of a list may be empty (section 5.6.1.2).
      if rest.first == "," {
        rest = trimmed(rest.dropFirst())
        continue
      }
      let hasWeakMark = rest.hasPrefix("W/")
      if hasWeakMark { rest = rest.dropFirst(2) }
      guard rest.first == "\"" else { return nil }
      rest = rest.dropFirst()
      guard let end = rest.firstIndex(of: "\"") else { return nil }
      guard rest[..<end].utf8.allSatisfy({ (33...126).contains($0) }) else { return nil }
      if let version = VersionTag(text: rest[..<end]), isWeak || !hasWeakMark {
        versions.insert(version)
      }
      hasTags = true
      rest = trimmed(rest[end...].dropFirst())
      guard rest.isEmpty || rest.first == "," else { return nil }
    } while !rest.isEmpty
    guard hasTags else { return nil }
    self = .versions(versions)
  }

  /// Whether an answer of a version has one of the tags.
  func matches(_ version: VersionTag) -> Bool {
    switch self {
    case .any: true
    case .versions(let versions): versions.contains(version)
    }
  }
}
