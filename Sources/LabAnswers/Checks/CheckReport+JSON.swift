import LabCore
import LabFormats

extension CheckReport {
  /// For programs: `remarks`, each with `file`, `line`, `column`, `pointer`, `severity`, `rule`,
  /// `detail`, `related` and `fix` (a JSON Patch), and `summary`.
  public var json: [UInt8] {
    var writer = JSONWriter(.pretty)
    writer.object { writer in
      writer.member("remarks", array: remarks) { $0.remark($1) }
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
  fileprivate mutating func remark(_ remark: Remark) {
    object { writer in
      writer.member("file", remark.file)
      writer.position(remark.position)
      writer.member("pointer", remark.pointer?.description)
      writer.member("severity", remark.severity.rawValue)
      writer.member("rule", remark.rule)
      writer.member("detail", remark.detail)
      writer.member("related", array: remark.related) { writer, place in
        writer.object { writer in
          writer.position(place.position)
          writer.member("pointer", place.pointer.description)
        }
      }
      writer.key("fix")
      writer.patch(JSONPatch(remark.fix.map(\.operation)))
    }
  }

  private mutating func position(_ position: SourcePosition?) {
    member("line", position?.line)
    member("column", position?.column)
  }
}
