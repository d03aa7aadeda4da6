/// What the rules have found so far, and what their fixes may still take.
///
/// What a lab breaks is bounded by nothing but the lab: each of 5,000 networks may overlap another,
/// with a fix of hundreds of edits. So a rule's first findings are listed, and the rest counted.
struct FindingReport {
  private(set) var findings: [Finding] = []
  /// Shared by all rules, so that no two fixes take the same.
  var unused: UnusedNumbers
  private var rule = ""
  /// Of the present rule.
  private var listed = 0
  private var omitted: Omitted?
  private var editsLeft = maximumEdits

  /// How many findings of a rule are listed.
  static let maximumFindings = 250
  /// How many other places a finding names.
  static let maximumRelated = 50
  /// How many edits the fixes of all findings have together.
  static let maximumEdits = 10_000

  private struct Omitted {
    var count = 1
    var severity: Severity
    let pointer: JSONPointer
  }

  init(_ survey: LabSurvey) {
    unused = UnusedNumbers(survey)
  }

  mutating func run(_ rule: FindingRule, on survey: LabSurvey) {
    self.rule = rule.id
    listed = 0
    omitted = nil
    unused.isClosed = editsLeft == 0
    rule.check(survey, &self)
    guard let omitted else { return }
    let rest = omitted.count == 1 ? "1 more finding" : "\(omitted.count) more findings"
    findings.append(
      Finding(
        rule: self.rule, severity: omitted.severity, pointer: omitted.pointer,
        detail: "\(rest) of this rule, from here on, are not listed one by one"))
  }

  /// - Parameter fix: not worked out for a finding that is only counted.
  mutating func add(
    _ severity: Severity, at pointer: JSONPointer, _ detail: String,
    related: [JSONPointer] = [], fix: @autoclosure () -> [Edit] = []
  ) {
    guard listed < Self.maximumFindings else {
      count(severity, at: pointer)
      return
    }
    var edits = fix()
    if edits.count > editsLeft { edits = [] }
    editsLeft -= edits.count
    let hidden = related.count - Self.maximumRelated
    findings.append(
      Finding(
        rule: rule, severity: severity, pointer: pointer,
        detail: hidden > 0 ? "\(detail) (and \(hidden) more places)" : detail,
        related: Array(related.prefix(Self.maximumRelated)), fix: edits))
    listed += 1
    // What is only counted needs no fix.
    if listed == Self.maximumFindings || editsLeft == 0 { unused.isClosed = true }
  }

  private mutating func count(_ severity: Severity, at pointer: JSONPointer) {
    guard var rest = omitted else {
      omitted = Omitted(severity: severity, pointer: pointer)
      return
    }
    rest.count += 1
    rest.severity = max(rest.severity, severity)
    omitted = rest
  }
}
