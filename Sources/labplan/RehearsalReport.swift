import LabCore
import LabFormats
import LabRehearsal

/// What was predicted for a lab beside what was measured in it.
struct RehearsalReport {
  let lab: Lab
  let predicted: ConnectivityMatrix
  let measured: Measurement

  /// A cell in which the two disagree. Where two machines claim an address, who is heard is
  /// chance, and `address-conflict` disagrees with nothing.
  struct Difference {
    let source: Endpoint
    let target: Endpoint
    let outcome: Outcome
    let isMeasured: Bool
  }

  /// Row by row.
  var differences: [Difference] {
    predicted.endpoints.enumerated().flatMap { row, source in
      predicted.endpoints.enumerated().compactMap { column, target in
        let outcome = predicted[row, column]
        let isMeasured = isReached(source, target)
        guard row != column, outcome != .addressConflict, outcome.isReachable != isMeasured else {
          return nil
        }
        return Difference(
          source: source, target: target, outcome: outcome, isMeasured: isMeasured)
      }
    }
  }

  private func isReached(_ source: Endpoint, _ target: Endpoint) -> Bool {
    measured.isReachable(from: source.station, to: target.station)
  }

  /// Both matrices as one table, the differences, and how many there are.
  var text: String {
    var table = TextTable(["from \\ to"] + predicted.endpoints.map(lab.name))
    for (row, source) in predicted.endpoints.enumerated() {
      table.append(
        [lab.name(of: source)]
          + predicted.endpoints.enumerated().map { column, target in
            let sign = row == column ? "" : isReached(source, target) ? "+ " : "- "
            return sign + predicted[row, column].name
          })
    }
    let pairs = predicted.endpoints.count * (predicted.endpoints.count - 1)
    let found = differences
    let lines = found.map { difference in
      "\(lab.name(of: difference.source)) to \(lab.name(of: difference.target)): predicted "
        + "\(difference.outcome.name), measured \(difference.isMeasured ? "+" : "-")\n"
    }
    return "Measured (+ reached, - not) and predicted\n\n\(table.text)\n\(lines.joined())"
      + "\(measured.results.count) dials for \(pairs) pairs, \(found.count) "
      + "\(found.count == 1 ? "difference" : "differences")\n"
  }
}

extension Endpoint {
  /// The same as rehearsals name it.
  fileprivate var station: Station {
    switch self {
    case .machine(let index): .machine(index)
    case .host: .host
    case .lan: .lan
    case .internet: .internet
    case .site: .site
    }
  }
}
