import HTTPServer
import LabCore

/// A query parameter that an operation knows.
enum QueryParameter: String, CaseIterable, Sendable {
  case `protocol`
  case port
  case family
  case limit
  case cursor
  case dryRun = "dry_run"
  case base
  case to
  case limitMilliseconds = "limit_ms"
}

/// What the query of a request says, as far as its operation knows the parameters.
struct QueryParameters: Sendable {
  /// How many labs or revisions a page has: 1 to 1,000.
  static let pageSizes = 1...1000

  /// What `protocol`, `port` and `family` ask about.
  private(set) var connectivity = ConnectivityQuery()
  /// How many a page is to have.
  private(set) var limit = 100
  /// Where a page begins: after which lab, or before which revision.
  private(set) var cursor: DNSLabel?

  /// Whether nothing is to be stored, and the answer is to say what would change.
  private(set) var isDryRun = false
  /// The stored lab that a document is compared with.
  private(set) var base: DNSLabel?
  /// The revision that another is compared with.
  private(set) var to: Int?

  /// How long an answer may take to find, in milliseconds, 1 to 60,000; nil for as long as the
  /// usual effort takes.
  private(set) var limitMilliseconds: Int?

  /// Reads a query, strictly: every parameter that is unknown, there twice, or of a value that it
  /// cannot have is reported.
  init(_ query: Query, known: [QueryParameter]) throws(Problem) {
    guard !query.items.isEmpty else { return }
    var faults: [Problem.Item] = []
    var seen: Set<QueryParameter> = []
    for item in query.items {
      guard let parameter = known.first(where: { $0.rawValue == item.name }) else {
        faults.append(.unknown(item.name, known: known.map(\.rawValue)))
        continue
      }
      if !seen.insert(parameter).inserted {
        faults.append(.parameter(item.name, "duplicate-parameter", "\(item.name) is there twice"))
      } else if let (code, detail) = take(parameter, item.value) {
        faults.append(.parameter(item.name, code, detail))
      }
    }
    if connectivity.transport == .icmp, connectivity.port != nil {
      faults.append(
        .parameter("port", "contradiction", "ICMP has no ports; leave the port out"))
    }
    guard faults.isEmpty else {
      let details = faults.map(\.detail).joined(separator: "; ")
      throw Problem(.invalidQuery, "The query cannot be answered: \(details).", items: faults)
    }
  }

  /// Takes a value, or says what is wrong with it.
  private mutating func take(
    _ parameter: QueryParameter, _ text: String
  ) -> (code: String, detail: String)? {
    switch parameter {
    case .protocol:
      guard let transport = Requirement.Transport(rawValue: text) else {
        return notOneOf(Requirement.Transport.self, text)
      }
      connectivity.transport = transport
    case .family:
      guard let family = AddressFamily(rawValue: text) else {
        return notOneOf(AddressFamily.self, text)
      }
      connectivity.family = family
    case .port:
      guard let port = number(text, in: 1...65535) else {
        return ("out-of-range", "port is a number from 1 to 65535, not \"\(text)\"")
      }
      connectivity.port = port
    case .limit:
      guard let limit = number(text, in: Self.pageSizes) else {
        return ("out-of-range", "limit is a number from 1 to 1000, not \"\(text)\"")
      }
      self.limit = limit
    case .cursor:
      guard let cursor = try? DNSLabel(parsing: text) else {
        return ("invalid-value", "\"\(text)\" is no cursor; take the one in \"next\" as it is")
      }
      self.cursor = cursor
    case .dryRun:
      guard text == "true" || text == "false" else {
        return ("invalid-value", "dry_run is true or false, not \"\(text)\"")
      }
      isDryRun = text == "true"
    case .base:
      guard let base = try? DNSLabel(parsing: text) else {
        return ("invalid-value", "base is the name of a stored lab; \"\(text)\" can be none")
      }
      self.base = base
    case .to:
      guard let revision = number(text, in: 1...Int.max) else {
        return ("out-of-range", "to is the number of a revision, from 1, not \"\(text)\"")
      }
      to = revision
    case .limitMilliseconds:
      guard let limit = number(text, in: 1...60_000) else {
        return ("out-of-range", "limit_ms is a number from 1 to 60000, not \"\(text)\"")
      }
      limitMilliseconds = limit
    }
    return nil
  }
}

private func notOneOf<Choice: RawRepresentable & CaseIterable>(
  _ type: Choice.Type, _ text: String
) -> (code: String, detail: String) where Choice.RawValue == String {
  let allowed = Choice.allCases.map(\.rawValue).joined(separator: ", ")
  return ("invalid-value", "\"\(text)\" is not one of \(allowed)")
}

/// A number in decimal digits; nil for other texts and outside of the range.
private func number(_ text: String, in range: ClosedRange<Int>) -> Int? {
  guard text.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int(text) else { return nil }
  return range.contains(number) ? number : nil
}

extension Problem.Item {
  fileprivate static func parameter(
    _ name: String, _ code: String, _ detail: String
  ) -> Problem.Item {
    Problem.Item(code: code, detail: detail, parameter: name)
  }

  fileprivate static func unknown(_ name: String, known: [String]) -> Problem.Item {
    let others =
      known.isEmpty ? "this operation has none" : "there are \(known.joined(separator: ", "))"
    let hint = nearestNames(to: name, among: known).first.map { "did you mean \"\($0)\"?" }
    return parameter(
      name, "unknown-parameter", "there is no parameter \"\(name)\"; \(hint ?? others)")
  }
}
