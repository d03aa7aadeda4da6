import LabCore

/// What a part of a path names.
enum Sought: Sendable {
  case lab, network, machine, revision, address
  /// A format of exports.
  case format
  /// Who dials (`from`) or is dialled (`to`).
  case source, target

  /// What a problem says if there is none.
  var code: ProblemCode {
    switch self {
    case .lab: .unknownLab
    case .network: .unknownNetwork
    case .machine: .unknownVM
    case .source, .target: .unknownEndpoint
    case .revision: .unknownRevision
    case .address: .unknownAddress
    case .format: .unknownFormat
    }
  }

  /// The parameter of the path that names it.
  var parameter: String {
    switch self {
    case .lab: "lab"
    case .network: "network"
    case .machine: "vm"
    case .source: "from"
    case .target: "to"
    case .revision: "revision"
    case .address: "address"
    case .format: "format"
    }
  }

  /// What it is called in sentences.
  var noun: String {
    switch self {
    case .machine: "VM"
    case .source, .target: "endpoint"
    case .lab, .network, .revision, .address, .format: parameter
    }
  }
}

extension Problem {
  /// A name that nothing bears, with those that are most like it.
  static func notFound(_ sought: Sought, _ name: String, among known: [String]) -> Problem {
    let nearest = nearestNames(to: name, among: known).map { "\"\($0)\"" }
    let hint = nearest.isEmpty ? "." : "; did you mean \(nearest.joined(separator: " or "))?"
    return notFound(sought, "There is no \(sought.noun) \"\(excerpt(name))\"\(hint)")
  }

  /// A part of the path that names nothing, in a sentence.
  static func notFound(_ sought: Sought, _ detail: String) -> Problem {
    Problem(
      sought.code, detail,
      items: [Item(code: .notFound, detail: detail, parameter: sought.parameter)])
  }
}
