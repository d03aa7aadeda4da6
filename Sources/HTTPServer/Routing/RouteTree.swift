/// Routes by path: one node for each segment of a pattern.
final class RouteTree: Sendable {
  /// What stands at the end of a pattern: a route and the names its pattern gives to captures.
  struct Leaf: Sendable {
    let route: Route
    let names: [String]
  }

  let literals: [String: RouteTree]
  let capture: RouteTree?
  let leaves: [Method: Leaf]
  /// The methods to name in `Allow`, HEAD and OPTIONS among them; empty where no route ends.
  let allowed: [Method]

  /// A tree of routes whose patterns agree in their first `depth` segments.
  init(_ entries: [(pattern: RoutePattern, route: Route)], depth: Int = 0) throws(RouterError) {
    var leaves: [Method: Leaf] = [:]
    var literals: [String: [(RoutePattern, Route)]] = [:]
    var captures: [(RoutePattern, Route)] = []
    for entry in entries {
      guard depth < entry.pattern.segments.count else {
        guard leaves[entry.route.method] == nil else {
          throw .repeatedRoute(entry.route.method, entry.route.pattern)
        }
        leaves[entry.route.method] = Leaf(route: entry.route, names: entry.pattern.captureNames)
        continue
      }
      switch entry.pattern.segments[depth] {
      case .literal(let text): literals[text, default: []].append(entry)
      case .capture: captures.append(entry)
      }
    }
    var children: [String: RouteTree] = [:]
    for (text, entries) in literals {
      children[text] = try RouteTree(entries, depth: depth + 1)
    }
    self.literals = children
    capture = captures.isEmpty ? nil : try RouteTree(captures, depth: depth + 1)
    self.leaves = leaves
    allowed = allowedMethods(Set(leaves.keys))
  }

  /// The node where a path ends, and what was captured on the way. A literal goes before a
  /// capture; the capture is tried when nothing behind the literal matches.
  func find(_ path: ArraySlice<String>, _ captured: inout [String]) -> RouteTree? {
    guard let segment = path.first else { return leaves.isEmpty ? nil : self }
    if let child = literals[segment], let end = child.find(path.dropFirst(), &captured) {
      return end
    }
    guard let capture, !segment.isEmpty else { return nil }
    captured.append(segment)
    if let end = capture.find(path.dropFirst(), &captured) { return end }
    captured.removeLast()
    return nil
  }
}

extension RoutePattern {
  fileprivate var captureNames: [String] {
    segments.compactMap { segment in
      if case .capture(let name) = segment { name } else { nil }
    }
  }
}

private func allowedMethods(_ routed: Set<Method>) -> [Method] {
  guard !routed.isEmpty else { return [] }
  var allowed = routed.union([.options])
  if routed.contains(.get) { allowed.insert(.head) }
  return allowed.sorted()
}
