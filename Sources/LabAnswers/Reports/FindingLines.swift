import LabCore

/// Findings for people: a line each, but one for all where a rule found many.
struct FindingLines {
  private let groups: [[Finding]]

  /// Groups findings of one rule and severity, in the order of the first of each.
  init(_ findings: [Finding]) {
    var places: [Kind: Int] = [:]
    var groups: [[Finding]] = []
    for finding in findings {
      let kind = Kind(rule: finding.rule, severity: finding.severity)
      if let place = places[kind] {
        groups[place].append(finding)
      } else {
        places[kind] = groups.count
        groups.append([finding])
      }
    }
    self.groups = groups
  }

  private struct Kind: Hashable {
    let rule: String
    let severity: Severity
  }

  /// More of one kind become one line.
  private static let mostAlone = 3
  /// How many places such a line names.
  private static let placesTold = 3

  var text: String {
    groups.flatMap { group in
      group.count > Self.mostAlone ? [Self.line(group)] : group.map(Self.line)
    }.joined()
  }

  private static func line(_ finding: Finding) -> String {
    "\(finding.severity.rawValue)  \(place(finding)): \(finding.detail)  [\(finding.rule)]\n"
  }

  /// How many parts of the document have it, where, and what the rule looks for.
  private static func line(_ group: [Finding]) -> String {
    guard let first = group.first else { return "" }
    let places = group.prefix(placesTold).map(place).joined(separator: ", ")
    let what = findingSummaries[first.rule] ?? first.detail
    return "\(first.severity.rawValue)  \(group.count) \(parts(first)): \(what.asClause) "
      + "(\(places) and \(group.count - placesTold) more)  [\(first.rule)]\n"
  }

  /// What a finding is at, as people call several.
  private static func parts(_ finding: Finding) -> String {
    let path = finding.pointer.description.split(separator: "/")
    return switch path.first {
    case "networks": "networks"
    case "vms": path.count > 2 && path[2] == "adapters" ? "adapters" : "VMs"
    case "port_forwards": "port forwards"
    case "requirements": "requirements"
    default: "places"
    }
  }

  private static func place(_ finding: Finding) -> String {
    let place = finding.pointer.description
    return place.isEmpty ? "/" : place
  }
}

extension String {
  /// Without a capital first letter and a full stop.
  fileprivate var asClause: String {
    let text = last == "." ? dropLast() : self[...]
    guard let second = text.dropFirst().first, second.isLowercase || second == " " else {
      return String(text)
    }
    return text.prefix(1).lowercased() + text.dropFirst()
  }
}
