import LabCore
import LabFormats

extension CheckReport {
  /// As compilers write it: a line `FILE:LINE:COLUMN: SEVERITY: SENTENCE [RULE]` for each finding,
  /// `note:` lines below it for the other parties and for what would mend it, and how many there
  /// are.
  public var text: String {
    findings.flatMap(\.lines).map { $0 + "\n" }.joined() + summary + "\n"
  }

  /// How many findings there are, in words: `3 errors and 1 warning in 2 files`.
  public var summary: String {
    let counts = [
      (count(of: .error), "error"), (count(of: .warning), "warning"), (count(of: .info), "info"),
    ].filter { $0.0 > 0 }.map(counted)
    let place = counted(files.count, "file")
    switch counts.count {
    case 0: return "nothing wrong in \(place)"
    case 1: return "\(counts[0]) in \(place)"
    default:
      return counts.dropLast().joined(separator: ", ") + " and \(counts[counts.count - 1])"
        + " in \(place)"
    }
  }
}

private func counted(_ count: Int, _ noun: String) -> String {
  "\(count) \(noun)\(count == 1 ? "" : "s")"
}

extension CheckFinding {
  /// Its line, and those of its notes.
  fileprivate var lines: [String] {
    ["\(start(at: position)): \(severity.rawValue): \(detail) [\(rule)]"]
      + related.map { "\(start(at: $0.position)): note: \(sentence(on: $0))" }
      + fix.map { "\(start(at: $0.position)): note: fix: \($0.sentence)" }
  }

  private func start(at position: SourcePosition?) -> String {
    (position ?? self.position).map { "\(file):\($0.line):\($0.column)" } ?? file
  }
}

extension CheckFinding {
  /// What it says of another place.
  func sentence(on place: Place) -> String {
    severity == .error ? "conflicts with \(place.pointer)" : "see \(place.pointer)"
  }
}

extension CheckFinding.Step {
  /// What to do.
  var sentence: String {
    switch operation {
    case .add(let place, let value): "add \(place): \(json(value))"
    case .remove(let place): "remove \(place)"
    case .replace(let place, let value): "change \(place) to \(json(value))"
    case .move(let source, let place): "move \(source) to \(place)"
    case .copy(let source, let place): "copy \(source) to \(place)"
    case .test(let place, let value): "make sure that \(place) is \(json(value))"
    }
  }

  private func json(_ value: DocumentNode) -> String {
    var writer = JSONWriter()
    writer.document(value)
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
