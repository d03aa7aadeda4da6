import LabCore
import LabFormats

extension CheckReport {
  /// For programs: `findings`, each with `file`, `line`, `column`, `pointer`, `severity`, `rule`,
  /// `detail`, `related` and `fix` (a JSON Patch), and `summary`.
  public var json: [UInt8] {
    var writer = JSONWriter(.pretty)
    writer.object { writer in
      writer.member("findings", array: findings) { $0.checkFinding($1) }
      writer.member("summary") { writer in
        writer.member("files", files.count)
        for severity in Severity.allCases.reversed() {
          writer.key(text: severity.rawValue)
          writer.integer(count(of: severity))
        }
      }
    }
    return writer.bytes + [0x0A]
  }
}

extension JSONWriter {
  fileprivate mutating func checkFinding(_ finding: CheckFinding) {
    object { writer in
      writer.member("file", finding.file)
      writer.position(finding.position)
      writer.member("pointer", finding.pointer?.description)
      writer.member("severity", finding.severity.rawValue)
      writer.member("rule", finding.rule)
      writer.member("detail", finding.detail)
      writer.member("related", array: finding.related) { writer, place in
        writer.object { writer in
          writer.position(place.position)
          writer.member("pointer", place.pointer.description)
        }
      }
      writer.key("fix")
      writer.patch(JSONPatch(finding.fix.map(\.operation)))
    }
  }

  private mutating func position(_ position: SourcePosition?) {
    member("line", position?.line)
    member("column", position?.column)
  }
}
