import Testing

@testable import LabCore

/// Holds what a rule finds in a lab against the text that says so: a line for each finding, then
/// what it relates to and what its fix does.
func expect(
  _ rule: FindingRule, in draft: LabDraft, sharingHost others: [LabDraft] = [],
  finds expected: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let found = try findings(in: draft, sharingHost: others).filter { $0.rule == rule.id }
  let text = found.map(rendered).joined(separator: "\n")
  #expect(text == expected, sourceLocation: sourceLocation)
  for finding in found where !finding.fix.isEmpty {
    try expectFixed(finding, in: draft, sharingHost: others, sourceLocation: sourceLocation)
  }
}

/// Holds that a rule has nothing to say about labs that nearly have its fault.
func expect(
  _ rule: FindingRule, isSilentOn drafts: LabDraft...,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  for draft in drafts {
    let found = try findings(in: draft).filter { $0.rule == rule.id }
    #expect(found.map(rendered).joined(separator: "\n") == "", sourceLocation: sourceLocation)
  }
}

/// After its fix a lab still resolves, and the finding is gone.
func expectFixed(
  _ finding: Finding, in draft: LabDraft, sharingHost others: [LabDraft] = [],
  _ comment: Comment? = nil, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let fixed = try draft.applying(finding.fix)
  let left = try findings(in: fixed, sharingHost: others)
  #expect(
    !left.contains { $0.rule == finding.rule && $0.detail == finding.detail }, comment,
    sourceLocation: sourceLocation)
}

func findings(in draft: LabDraft, sharingHost others: [LabDraft] = []) throws -> [Finding] {
  let lab = try resolve(draft).get()
  let neighbours = try others.map { other in
    let lab = try resolve(other).get()
    return (lab, assignAddresses(in: lab))
  }
  return findings(in: lab, plan: assignAddresses(in: lab), sharingHost: neighbours)
}

func rendered(_ finding: Finding) -> String {
  var lines = ["\(finding.severity) \(finding.pointer): \(finding.detail)"]
  lines += finding.related.map { "  see \($0)" }
  lines += finding.fix.map { "  \(rendered($0))" }
  return lines.joined(separator: "\n")
}

private func rendered(_ edit: Edit) -> String {
  switch edit {
  case .add(let pointer, let value): "add \(pointer) \(rendered(value))"
  case .replace(let pointer, let value): "replace \(pointer) \(rendered(value))"
  case .remove(let pointer): "remove \(pointer)"
  }
}

private func rendered(_ value: EditValue) -> String {
  switch value {
  case .null: "null"
  case .bool(let bool): "\(bool)"
  case .integer(let number): "\(number)"
  case .string(let text): "\"\(text)\""
  case .array(let values): "[" + values.map(rendered).joined(separator: ", ") + "]"
  case .object(let members):
    "{" + members.map { "\($0.key): \(rendered($0.value))" }.joined(separator: ", ") + "}"
  }
}
