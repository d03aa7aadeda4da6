public import LabCore
import LabFormats

/// Everything wrong or risky in some files, in one pass.
///
/// A file with faults is answered with all of them; findings are looked for in files without any,
/// since what a faulty part was meant to be nobody knows. Labs whose hosts have the same name are
/// checked together; a host without a name is called `host`, as the service has it.
public struct CheckReport: Sendable {
  /// The files' names, each once, in the order given.
  public let files: [String]
  /// By file in that order, then by place in the text, the worst first at one place.
  public let findings: [CheckFinding]

  /// Checks files; one that is named twice is checked once.
  public init(_ files: [CheckedFile]) {
    var names: Set<String> = []
    let readings = files.filter { names.insert($0.name).inserted }.map(Reading.init)
    self.files = readings.map(\.name)
    findings = readings.indices.flatMap { inReadingOrder(findFindings(on: $0, of: readings)) }
  }

  /// How many findings are of a severity.
  public func count(of severity: Severity) -> Int {
    findings.count { $0.severity == severity }
  }

  /// Whether any finding is at least as bad as that.
  public func has(_ severity: Severity) -> Bool { findings.contains { $0.severity >= severity } }
}

/// What became of a file.
private struct Reading {
  /// A file that holds a lab.
  struct Success {
    let document: DocumentNode
    let lab: Lab
    let plan: AddressPlan
  }

  let name: String
  /// Why it is no lab; empty where it is one.
  let faults: [CheckFinding]
  let success: Success?

  init(_ file: CheckedFile) {
    name = file.name
    switch file.content {
    case .unreadable(let reason):
      success = nil
      faults = [
        CheckFinding(
          file: file.name, position: nil, pointer: nil, severity: .error,
          rule: CheckRule.unreadable.id, detail: reason)
      ]
    case .text(let bytes, let format):
      do throws(DocumentRefusal) {
        let (document, lab) = try readLabWithDocument(bytes, as: format)
        success = Success(document: document, lab: lab, plan: assignAddresses(in: lab))
        faults = []
      } catch {
        success = nil
        faults =
          switch error {
          case .syntax(let faults): faults.faults.map { CheckFinding($0, file: file.name) }
          case .faults(let faults): faults.map { CheckFinding($0, file: file.name) }
          }
      }
    }
  }
}

private func readLabWithDocument(
  _ bytes: [UInt8], as format: DocumentFormat
) throws(DocumentRefusal) -> (DocumentNode, Lab) {
  let document: DocumentNode
  do throws(SyntaxFaults) {
    document = try format.read(bytes)
  } catch {
    throw .syntax(error)
  }
  return (document, try readLab(document))
}

private func findFindings(on index: Int, of readings: [Reading]) -> [CheckFinding] {
  guard let read = readings[index].success else { return readings[index].faults }
  let others = readings.indices.compactMap { other -> (Lab, AddressPlan)? in
    guard other != index, let neighbour = readings[other].success,
      neighbour.lab.host.name?.text ?? "host" == read.lab.host.name?.text ?? "host"
    else { return nil }
    return (neighbour.lab, neighbour.plan)
  }
  return findings(in: read.lab, plan: read.plan, sharingHost: others).map {
    CheckFinding($0, file: readings[index].name, in: read.document)
  }
}

private func inReadingOrder(_ findings: [CheckFinding]) -> [CheckFinding] {
  findings.sorted { left, right in
    let places = (left.position ?? .start, right.position ?? .start)
    if places.0 != places.1 { return places.0 < places.1 }
    if left.severity != right.severity { return left.severity > right.severity }
    return (left.rule, left.detail) < (right.rule, right.detail)
  }
}
