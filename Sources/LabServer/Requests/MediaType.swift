/// The media types that the service answers in.
enum MediaType: String, CaseIterable, Sendable {
  case json = "application/json"
  /// RFC 9512.
  case yaml = "application/yaml"
  case plainText = "text/plain; charset=utf-8"
  /// Prometheus' text format.
  case prometheus = "text/plain; version=0.0.4; charset=utf-8"
  /// RFC 4180.
  case csv = "text/csv; charset=utf-8; header=present"
  /// SVG 1.1, appendix P.
  case svg = "image/svg+xml"
  /// WHATWG HTML, section 9.2.
  case eventStream = "text/event-stream"
  /// RFC 9457.
  case problem = "application/problem+json"

  /// Type and subtype, without parameters.
  var essence: Substring { rawValue.prefix { $0 != ";" } }

  /// Names that mean the same and that clients still send.
  var aliases: [Substring] {
    self == .yaml ? ["text/yaml", "application/x-yaml", "text/x-yaml"] : []
  }
}

/// Which of the media types an operation offers a client likes best (RFC 9110 section 12.5.1).
///
/// - Parameters:
///   - accept: the field's value; nil and the empty text accept everything.
///   - offers: in the order in which the operation prefers them; the first wins where the client
///     likes several alike.
/// - Returns: nil where the client takes none of them.
func negotiate(_ accept: String?, among offers: [MediaType]) -> MediaType? {
  preferred(by: accept, among: offers.map { [$0.essence] + $0.aliases }).map { offers[$0] }
}

/// Which of some representations, each under all names of its media type, a client likes best.
///
/// - Returns: its index in `offers`; nil where the client takes none of them.
func preferred(by accept: String?, among offers: [[Substring]]) -> Int? {
  guard let accept, accept != "*/*", !accept.isEmpty else { return offers.indices.first }
  let ranges = accept.split(separator: ",").compactMap(MediaRange.init)
  var best: (index: Int, quality: Int)?
  for (index, names) in offers.enumerated() {
    let liking = names.map { quality(of: $0, in: ranges) }.max() ?? 0
    if liking > best?.quality ?? 0 { best = (index, liking) }
  }
  return best?.index
}

/// The quality of the most specific range that matches; 0 where none does.
private func quality(of name: Substring, in ranges: [MediaRange]) -> Int {
  let matching = ranges.filter { $0.matches(name) }
  return matching.max { $0.specificity < $1.specificity }?.quality ?? 0
}

/// One element of `Accept`: `text/*;q=0.5`.
private struct MediaRange {
  let type: String
  let subtype: String
  /// 0…1000.
  let quality: Int

  init?(_ text: Substring) {
    let parts = text.split(separator: ";", omittingEmptySubsequences: false).map(trimmed)
    let names = parts[0].lowercased().split(separator: "/", omittingEmptySubsequences: false)
    guard names.count == 2, !names[0].isEmpty, !names[1].isEmpty,
      names[0] != "*" || names[1] == "*"
    else { return nil }
    type = String(names[0])
    subtype = String(names[1])
    let weight = parts.dropFirst().first { $0.lowercased().hasPrefix("q=") }
    quality = weight.map { thousandths($0.dropFirst(2)) } ?? 1000
  }

  var specificity: Int { type == "*" ? 0 : subtype == "*" ? 1 : 2 }

  func matches(_ name: Substring) -> Bool {
    guard type != "*" else { return true }
    let slash = name.firstIndex(of: "/") ?? name.endIndex
    return name[..<slash] == type && (subtype == "*" || name[slash...].dropFirst() == subtype)
  }
}

/// A weight such as `0.75` in thousandths; what is no weight counts as 1.
private func thousandths(_ text: Substring) -> Int {
  let digits = text.split(separator: ".", omittingEmptySubsequences: false)
  guard let whole = digits.first.flatMap({ Int($0) }), whole == 0 || whole == 1 else { return 1000 }
  guard whole == 0, digits.count == 2 else { return whole * 1000 }
  let fraction = digits[1].prefix(3)
  guard fraction.utf8.allSatisfy({ (48...57).contains($0) }) else { return 1000 }
  return Int(fraction + String(repeating: "0", count: 3 - fraction.count)) ?? 0
}

/// A text without blanks at either end.
func trimmed(_ text: Substring) -> Substring {
  let start = text.drop { $0 == " " || $0 == "\t" }
  let blanks = start.reversed().prefix { $0 == " " || $0 == "\t" }.count
  return start.dropLast(blanks)
}
