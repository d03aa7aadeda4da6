import HTTPServer
import LabCore

/// A query parameter that an operation knows.
enum QueryParameter: String, CaseIterable, Sendable {
  case `protocol`
  case port
  case family
  case limit
  case cursor
}

extension Call {
  /// Refuses a query with parameters that the operation does not know, or with one twice.
  func checkQuery(_ known: [QueryParameter]) throws(Problem) {
    guard !request.query.items.isEmpty else { return }
    var items: [Problem.Item] = []
    var seen: Set<String> = []
    let names = known.map(\.rawValue)
    for item in request.query.items {
      if !names.contains(item.name) {
        let nearest = nearestNames(to: item.name, among: names).first
        let hint =
          names.isEmpty
          ? "this takes no parameters"
          : nearest.map { "did you mean \"\($0)\"?" } ?? "it has \(names.joined(separator: ", "))"
        items.append(
          .parameter(
            item.name, "unknown-parameter", "there is no parameter \"\(item.name)\"; \(hint)"))
      } else if !seen.insert(item.name).inserted {
        items.append(.parameter(item.name, "duplicate-parameter", "the parameter is there twice"))
      }
    }
    guard items.isEmpty else { throw Problem(query: items) }
  }

  /// What `protocol`, `port` and `family` ask about.
  func connectivityQuery() throws(Problem) -> ConnectivityQuery {
    guard !request.query.items.isEmpty else { return ConnectivityQuery() }
    var reader = QueryReader(query: request.query)
    let query = ConnectivityQuery(
      transport: reader.choice(.protocol) ?? .tcp, port: reader.integer(.port, in: 1...65535),
      family: reader.choice(.family) ?? .ipv4)
    if query.transport == .icmp, query.port != nil {
      reader.report(.port, "contradiction", "ICMP has no ports; leave the port out")
    }
    try reader.finish()
    return query
  }

  /// Which page of a list is asked for: 1 to 1,000 labs, 100 where nothing is said.
  func page() throws(Problem) -> (limit: Int, cursor: DNSLabel?) {
    var reader = QueryReader(query: request.query)
    let limit = reader.integer(.limit, in: 1...1000) ?? 100
    let cursor = reader.name(.cursor)
    try reader.finish()
    return (limit, cursor)
  }
}

extension Problem {
  fileprivate init(query items: [Item]) {
    let details = items.map(\.detail).joined(separator: "; ")
    self.init(.invalidQuery, "The query cannot be answered: \(details)", items: items)
  }
}

extension Problem.Item {
  fileprivate static func parameter(
    _ name: String, _ code: String, _ detail: String
  ) -> Problem.Item {
    Problem.Item(code: code, detail: detail, parameter: name)
  }
}

/// Reads parameters one after the other and gathers what is wrong with them.
private struct QueryReader {
  let query: Query
  private var items: [Problem.Item] = []

  init(query: Query) {
    self.query = query
  }

  mutating func report(_ parameter: QueryParameter, _ code: String, _ detail: String) {
    items.append(.parameter(parameter.rawValue, code, detail))
  }

  func finish() throws(Problem) {
    guard items.isEmpty else { throw Problem(query: items) }
  }

  mutating func choice<Choice: RawRepresentable & CaseIterable>(
    _ parameter: QueryParameter
  ) -> Choice? where Choice.RawValue == String {
    guard let text = query[parameter.rawValue] else { return nil }
    if let choice = Choice(rawValue: text) { return choice }
    let allowed = Choice.allCases.map(\.rawValue).joined(separator: ", ")
    report(parameter, "invalid-value", "\"\(text)\" is not one of \(allowed)")
    return nil
  }

  mutating func integer(_ parameter: QueryParameter, in range: ClosedRange<Int>) -> Int? {
    guard let text = query[parameter.rawValue] else { return nil }
    let isNumber = !text.isEmpty && text.utf8.allSatisfy { (48...57).contains($0) }
    if isNumber, let number = Int(text), range.contains(number) { return number }
    report(
      parameter, "out-of-range",
      "\(parameter.rawValue) is a number from \(range.lowerBound) to \(range.upperBound),"
        + " not \"\(text)\"")
    return nil
  }

  mutating func name(_ parameter: QueryParameter) -> DNSLabel? {
    guard let text = query[parameter.rawValue] else { return nil }
    if let name = try? DNSLabel(parsing: text) { return name }
    report(
      parameter, "invalid-value", "\"\(text)\" is no cursor; take the one in \"next\" as it is")
    return nil
  }
}
