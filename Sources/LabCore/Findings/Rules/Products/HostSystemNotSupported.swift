extension FindingRule {
  /// The product does not run on the host's system.
  ///
  /// Error. The fix takes the system away, so that it is the first that the product runs on.
  ///
  /// Source: the products' lists of supported hosts; `GET /v1/products` has them.
  static let hostSystemNotSupported = FindingRule("host-system-not-supported") { survey, report in
    let facts = survey.lab.product.facts
    let system = survey.lab.host.operatingSystem
    guard !facts.systems.contains(system) else { return }
    let pointer = JSONPointer.root["host"]["os"]
    let known = facts.systems.map(\.rawValue).joined(separator: ", ")
    report.add(
      .error, at: pointer,
      "\(facts.name) does not run on \(system.rawValue), but on \(known)",
      fix: [.remove(pointer)])
  }
}
