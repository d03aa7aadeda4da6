public import LabCore
public import LabFormats

extension JSONWriter {
  /// Writes what is wrong or risky in a lab.
  public mutating func findings(_ findings: [Finding]) {
    object { writer in
      let left = writer.member("findings", firstOf: findings) { $0.finding($1) }
      writer.member("summary") { writer in
        for severity in Severity.allCases.reversed() {
          writer.key(text: severity.rawValue)
          writer.integer(findings.count { $0.severity == severity })
        }
      }
      writer.more(["findings": left])
    }
  }

  /// Writes something wrong or risky.
  public mutating func finding(_ finding: Finding) {
    object { writer in
      writer.member("rule", finding.rule)
      writer.member("severity", finding.severity.rawValue)
      writer.member("pointer", finding.pointer.description)
      writer.member("detail", finding.detail)
      writer.member("related", array: finding.related) { $0.string($1.description) }
      writer.key("fix")
      writer.patch(JSONPatch(edits: finding.fix))
    }
  }
}
