public import LabCore
public import LabFormats

/// One thing that is wrong or risky in one of the files that were checked.
public struct CheckFinding: Hashable, Sendable {
  /// A place that a finding also speaks of.
  public struct Place: Hashable, Sendable {
    /// Where in the document.
    public let pointer: JSONPointer
    /// Where in its text; nil where the place is in no text.
    public let position: SourcePosition?
  }

  /// A step of what would mend it.
  public struct Step: Hashable, Sendable {
    /// The change of the document.
    public let operation: JSONPatch.Operation
    /// Where in the text it is to be made.
    public let position: SourcePosition?
  }

  /// The file's name as the user gave it.
  public let file: String
  /// Where in its text; nil where no text could be read.
  public let position: SourcePosition?
  /// Where in the document; nil for what is wrong with the text itself.
  public let pointer: JSONPointer?
  /// How bad it is. Whatever keeps a document from being a lab is an error.
  public let severity: Severity
  /// What kind of finding: a `FindingRule`'s id or a fault's code; stable, for programs.
  public let rule: String
  /// The sentence for the person who wrote the document.
  public let detail: String
  /// The other parties, in the same document.
  public let related: [Place]
  /// What would mend it, in the order in which it is to be done; empty where nothing is offered.
  public let fix: [Step]

  init(
    file: String, position: SourcePosition?, pointer: JSONPointer?, severity: Severity,
    rule: String, detail: String, related: [Place] = [], fix: [Step] = []
  ) {
    self.file = file
    self.position = position
    self.pointer = pointer
    self.severity = severity
    self.rule = rule
    self.detail = detail
    self.related = related
    self.fix = fix
  }
}

extension CheckFinding {
  init(_ fault: SyntaxFault, file: String) {
    self.init(
      file: file, position: fault.position, pointer: nil, severity: .error,
      rule: fault.code.rawValue, detail: fault.detail)
  }

  init(_ fault: LocatedFault, file: String) {
    self.init(
      file: file, position: fault.position, pointer: fault.fault.pointer, severity: .error,
      rule: fault.fault.code.rawValue, detail: fault.fault.detail)
  }

  init(_ finding: Finding, file: String, in document: DocumentNode) {
    self.init(
      file: file, position: document.position(of: finding.pointer), pointer: finding.pointer,
      severity: finding.severity, rule: finding.rule, detail: finding.detail,
      related: finding.related.map { Place(pointer: $0, position: document.position(of: $0)) },
      fix: steps(of: JSONPatch(edits: finding.fix), in: document))
  }
}

/// Each step's place is looked up in the document as the steps before it leave it, for a removal
/// moves the indices of what follows.
private func steps(of patch: JSONPatch, in document: DocumentNode) -> [CheckFinding.Step] {
  var document = document
  return patch.operations.map { operation in
    let step = CheckFinding.Step(
      operation: operation, position: document.position(of: operation.place))
    document = (try? JSONPatch([operation]).applied(to: document)) ?? document
    return step
  }
}

extension JSONPatch.Operation {
  /// Where the document changes.
  fileprivate var place: JSONPointer {
    switch self {
    case .add(let place, _), .remove(let place), .replace(let place, _), .test(let place, _),
      .move(_, let place), .copy(_, let place):
      place
    }
  }
}
