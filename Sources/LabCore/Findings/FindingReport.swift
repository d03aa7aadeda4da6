/// What the rules have found so far, and what their fixes may still take.
struct FindingReport {
  private(set) var findings: [Finding] = []
  /// Shared by all rules, so that no two fixes take the same.
  var unused: UnusedNumbers
  private var rule = ""

  init(_ survey: LabSurvey) {
    unused = UnusedNumbers(survey)
  }

  mutating func run(_ rule: FindingRule, on survey: LabSurvey) {
    self.rule = rule.id
    rule.check(survey, &self)
  }

  mutating func add(
    _ severity: Severity, at pointer: JSONPointer, _ detail: String,
    related: [JSONPointer] = [], fix: [Edit] = []
  ) {
    findings.append(
      Finding(
        rule: rule, severity: severity, pointer: pointer, detail: detail, related: related,
        fix: fix))
  }
}
