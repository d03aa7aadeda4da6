import LabCore
import LabFormats

extension CheckReport {
  /// SARIF 2.1.0 (OASIS), for code scanning: the rules that were broken, and a result for each
  /// finding. A fix is a JSON Patch, which SARIF's own `fixes` cannot say, and stands in the
  /// result's `properties`.
  public var sarif: [UInt8] {
    let rules = CheckRule.all.filter { rule in findings.contains { $0.rule == rule.id } }
    let indices = Dictionary(
      uniqueKeysWithValues: rules.enumerated().map { ($1.id, $0) })
    var writer = JSONWriter(.pretty)
    writer.object { writer in
      writer.member("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
      writer.member("version", "2.1.0")
      writer.key("runs")
      writer.array([rules]) { writer, rules in
        writer.object { writer in
          writer.member("tool") { $0.member("driver") { $0.driver(rules) } }
          // Columns count Unicode scalars, as `SourcePosition` does.
          writer.member("columnKind", "unicodeCodePoints")
          writer.member("results", array: findings) { writer, finding in
            writer.result(finding, ruleIndex: indices[finding.rule])
          }
        }
      }
    }
    return writer.bytes + [0x0A]
  }
}

extension JSONWriter {
  fileprivate mutating func driver(_ rules: [CheckRule]) {
    member("name", "labplan")
    member("rules", array: rules) { writer, rule in
      writer.object { writer in
        writer.member("id", rule.id)
        writer.text("shortDescription", rule.summary)
      }
    }
  }

  fileprivate mutating func result(_ finding: CheckFinding, ruleIndex: Int?) {
    object { writer in
      writer.member("ruleId", finding.rule)
      if let ruleIndex { writer.member("ruleIndex", ruleIndex) }
      writer.member("level", finding.severity.level)
      writer.text("message", finding.detail)
      writer.key("locations")
      writer.array([finding.position]) { writer, position in
        writer.object { $0.location(finding, position, finding.pointer) }
      }
      if !finding.related.isEmpty { writer.relatedLocations(of: finding) }
      if !finding.fix.isEmpty {
        writer.member("properties") { writer in
          writer.key("fix")
          writer.patch(JSONPatch(finding.fix.map(\.operation)))
        }
      }
    }
  }

  private mutating func relatedLocations(of finding: CheckFinding) {
    member("relatedLocations", array: Array(finding.related.enumerated())) { writer, place in
      writer.object { writer in
        writer.member("id", place.offset)
        writer.text("message", finding.sentence(on: place.element))
        writer.location(finding, place.element.position, place.element.pointer)
      }
    }
  }

  private mutating func location(
    _ finding: CheckFinding, _ position: SourcePosition?, _ pointer: JSONPointer?
  ) {
    member("physicalLocation") { writer in
      writer.member("artifactLocation") { $0.member("uri", uriReference(of: finding.file)) }
      guard let position else { return }
      writer.member("region") { writer in
        writer.member("startLine", position.line)
        writer.member("startColumn", position.column)
      }
    }
    guard let pointer else { return }
    key("logicalLocations")
    array([pointer]) { writer, pointer in
      writer.object { $0.member("fullyQualifiedName", pointer.description) }
    }
  }

  private mutating func text(_ key: StaticString, _ text: String) {
    member(key) { $0.member("text", text) }
  }
}

extension Severity {
  fileprivate var level: String {
    switch self {
    case .info: "note"
    case .warning: "warning"
    case .error: "error"
    }
  }
}

/// A path as a URI reference (RFC 3986 section 4.1): whatever is not unreserved or a slash is
/// percent-encoded, a colon too, so that no first segment looks like a scheme.
private func uriReference(of path: String) -> String {
  let encoded = path.utf8.map { byte in
    isUnreservedOrSlash(byte) ? String(Unicode.Scalar(byte)) : percentEncoded(byte)
  }.joined()
  return path.hasPrefix("/") ? "file://" + encoded : encoded
}

private func isUnreservedOrSlash(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
    UInt8(ascii: "0")...UInt8(ascii: "9"):
    true
  default: "-._~/".utf8.contains(byte)
  }
}

private func percentEncoded(_ byte: UInt8) -> String {
  let digits = String(byte, radix: 16, uppercase: true)
  return byte < 16 ? "%0\(digits)" : "%\(digits)"
}
