/// A path pattern taken apart.
struct RoutePattern: Sendable {
  enum Segment: Hashable, Sendable {
    case literal(String)
    case capture(name: String)
  }

  let segments: [Segment]

  /// Parses a pattern: `/`, or segments each behind a slash, none of them empty.
  init(_ text: String) throws(RouterError) {
    guard text.first == "/" else { throw .malformedPattern(text) }
    guard text != "/" else {
      segments = []
      return
    }
    var segments: [Segment] = []
    for part in text.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
      guard let segment = Self.segment(part), !segments.contains(repeating: segment) else {
        throw .malformedPattern(text)
      }
      segments.append(segment)
    }
    self.segments = segments
  }

  private static func segment(_ part: Substring) -> Segment? {
    guard let first = part.first, let last = part.last else { return nil }
    if first == "{", last == "}" {
      let name = part.dropFirst().dropLast()
      return name.isEmpty || name.contains(where: isBrace) ? nil : .capture(name: String(name))
    }
    return part.contains(where: isBrace) ? nil : .literal(String(part))
  }

  private static func isBrace(_ character: Character) -> Bool {
    character == "{" || character == "}"
  }
}

extension [RoutePattern.Segment] {
  /// Whether a capture of the same name is there already.
  fileprivate func contains(repeating segment: Element) -> Bool {
    if case .capture = segment { return contains(segment) }
    return false
  }
}
