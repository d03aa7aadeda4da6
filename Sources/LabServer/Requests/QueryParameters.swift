import HTTPServer
import LabCore

/// A query parameter that an operation knows.
enum QueryParameter: String, CaseIterable, Sendable {
  case `protocol`
  case port
  case family
  case address
  case limit
  case cursor
  case dryRun = "dry_run"
  case base
  case from
  case to
  case limitMilliseconds = "limit_ms"
  case fields
  case vm
  case force
  case product
  case version
}

/// What the query of a request says, as far as its operation knows the parameters.
struct QueryParameters: Sendable {
  /// How many labs, revisions or reservations a page has: 1 to 1,000.
  static let pageSizes = 1...1000
  /// After how many faults the rest of a query is not read.
  private static let listedFaults = 10

  /// What `protocol`, `port` and `family` ask about.
  private(set) var connectivity = ConnectivityQuery()
  /// The only address that is dialled; nil for all that the target has.
  private(set) var address: AnyAddress?
  /// How many a page is to have.
  private(set) var limit = 100
  /// Where a page begins, as its operation understands it.
  private(set) var cursor: String?

  /// Whether nothing is to be stored, and the answer is to say what would change.
  private(set) var isDryRun = false
  /// The stored lab that a document is compared with.
  private(set) var base: DNSLabel?
  /// The revision that another is compared with.
  private(set) var to: Int?
  /// The endpoint that a way leads from, as sent.
  private(set) var source: String?
  /// The endpoint that a way leads to, as sent.
  private(set) var target: String?

  /// How long an answer may take to find, in milliseconds, 1 to 60,000; nil for as long as the
  /// usual effort takes.
  private(set) var limitMilliseconds: Int?
  /// The VM whose files alone are wanted; nil for all.
  private(set) var vm: DNSLabel?
  /// Whether a lab with errors is exported all the same.
  private(set) var isForced = false
  /// The product that is asked about; nil where the query names none.
  private(set) var product: Hypervisor.Product?
  /// The version of it.
  private(set) var version: HypervisorVersion?
  /// What of the answer is wanted; nil for all.
  private(set) var fields: FieldSelection?

  /// Reads the query of a request to an operation, strictly: every parameter that is unknown, there
  /// twice, or of a value that it cannot have is reported.
  init(_ query: Query, of operation: Operation) throws(Problem) {
    guard !query.items.isEmpty else { return }
    let known = operation.query
    var faults: [Problem.Item] = []
    var seen: Set<QueryParameter> = []
    for item in query.items {
      guard faults.count < Self.listedFaults else { break }
      guard let parameter = known.first(where: { $0.rawValue == item.name }) else {
        faults.append(.unknown(item.name, known: known.map(\.rawValue)))
        continue
      }
      if !seen.insert(parameter).inserted {
        faults.append(.parameter(item.name, .duplicateParameter, "\(item.name) is there twice"))
      } else if parameter == .fields {
        faults += take(fields: item.value, of: operation)
      } else if let (code, detail) = take(parameter, item.value, of: operation) {
        faults.append(.parameter(item.name, code, detail))
      }
    }
    if connectivity.transport == .icmp, connectivity.port != nil {
      faults.append(
        .parameter("port", .contradiction, "ICMP has no ports; leave the port out"))
    }
    if let address, address.family != connectivity.family {
      if seen.contains(.family) {
        let name = connectivity.family == .ipv4 ? "IPv4" : "IPv6"
        faults.append(
          .parameter(
            "address", .contradiction,
            "\(address) is not an \(name) address; leave the family out, or name the other one"))
      } else {
        connectivity.family = address.family
      }
    }
    guard faults.isEmpty else {
      let details = faults.map(\.detail).joined(separator: "; ")
      let stop = details.hasSuffix("?") ? "" : "."
      throw Problem(
        .invalidQuery, "The query cannot be answered: \(details)\(stop)", items: faults)
    }
  }

  /// Takes a value, or says what is wrong with it.
  private mutating func take(
    _ parameter: QueryParameter, _ text: String, of operation: Operation
  ) -> (code: FaultCode, detail: String)? {
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
        return (.outOfRange, "port is a number from 1 to 65535, not \"\(excerpt(text))\"")
      }
      connectivity.port = port
    case .address:
      guard let address = try? AnyAddress(parsing: text) else {
        return (.invalidValue, "address is an IPv4 or IPv6 address, not \"\(excerpt(text))\"")
      }
      self.address = address
    case .limit:
      guard let limit = number(text, in: Self.pageSizes) else {
        return (.outOfRange, "limit is a number from 1 to 1000, not \"\(excerpt(text))\"")
      }
      self.limit = limit
    case .cursor:
      cursor = text  // Depends on the operation.
    case .dryRun:
      guard let value = truth(text) else { return notTrueOrFalse(parameter, text) }
      isDryRun = value
    case .force:
      guard let value = truth(text) else { return notTrueOrFalse(parameter, text) }
      isForced = value
    case .vm:
      guard let vm = try? DNSLabel(parsing: text) else {
        return (.invalidValue, "vm is the name of a VM; \"\(excerpt(text))\" can be none")
      }
      self.vm = vm
    case .base:
      guard let base = try? DNSLabel(parsing: text) else {
        return (.invalidValue, "base is the name of a stored lab; \"\(excerpt(text))\" can be none")
      }
      self.base = base
    case .from:
      source = text  // Depends on the lab.
    case .to where operation.query.contains(.from):
      target = text
    case .to where operation.path.contains("/transl"): return take(product: text)
    case .to:
      guard let revision = number(text, in: 1...Int.max) else {
        return (.outOfRange, "to is the number of a revision, from 1, not \"\(excerpt(text))\"")
      }
      to = revision
    case .limitMilliseconds:
      guard let limit = number(text, in: 1...60_000) else {
        return (.outOfRange, "limit_ms is a number from 1 to 60000, not \"\(excerpt(text))\"")
      }
      limitMilliseconds = limit
    case .product: return take(product: text)
    case .version: return take(version: text)
    case .fields:
      break  // Depends on the operation.
    }
    return nil
  }

  private mutating func take(product text: String) -> (code: FaultCode, detail: String)? {
    guard let product = Hypervisor.Product(rawValue: text) else {
      return notOneOf(Hypervisor.Product.self, text)
    }
    self.product = product
    return nil
  }

  private mutating func take(version text: String) -> (code: FaultCode, detail: String)? {
    guard let version = HypervisorVersion(parsing: text) else {
      return (
        .invalidValue, "version is one to three numbers joined by dots, not \"\(excerpt(text))\""
      )
    }
    self.version = version
    return nil
  }

  /// Takes the fields that are wanted, or says which of them the answer does not have.
  private mutating func take(fields text: String, of operation: Operation) -> [Problem.Item] {
    do throws(UnknownFields) {
      fields = try FieldSelection(text, of: .of(operation))
      return []
    } catch {
      return error.details.map {
        .parameter(QueryParameter.fields.rawValue, .unknownField, $0)
      }
    }
  }
}

private func truth(_ text: String) -> Bool? {
  switch text {
  case "true": true
  case "false": false
  default: nil
  }
}

private func notTrueOrFalse(
  _ parameter: QueryParameter, _ text: String
) -> (code: FaultCode, detail: String) {
  (.invalidValue, "\(parameter.rawValue) is true or false, not \"\(excerpt(text))\"")
}

private func notOneOf<Choice: RawRepresentable & CaseIterable>(
  _ type: Choice.Type, _ text: String
) -> (code: FaultCode, detail: String) where Choice.RawValue == String {
  let allowed = Choice.allCases.map(\.rawValue).joined(separator: ", ")
  return (.invalidValue, "\"\(excerpt(text))\" is not one of \(allowed)")
}

/// A number in decimal digits without zeros before them; nil for other texts and outside of the
/// range.
private func number(_ text: String, in range: ClosedRange<Int>) -> Int? {
  guard let number = Int(text), String(number) == text else { return nil }
  return range.contains(number) ? number : nil
}

extension Problem.Item {
  fileprivate static func parameter(
    _ name: String, _ code: FaultCode, _ detail: String
  ) -> Problem.Item {
    Problem.Item(code: code, detail: detail, parameter: name)
  }

  fileprivate static func unknown(_ name: String, known: [String]) -> Problem.Item {
    let others =
      known.isEmpty ? "this operation has none" : "there are \(known.joined(separator: ", "))"
    let hint = nearestNames(to: name, among: known).first.map { "did you mean \"\($0)\"?" }
    return parameter(
      excerpt(name), .unknownParameter,
      "there is no parameter \"\(excerpt(name))\"; \(hint ?? others)")
  }
}
