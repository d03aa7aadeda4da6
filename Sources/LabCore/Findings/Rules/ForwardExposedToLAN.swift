extension FindingRule {
  /// The LAN must not reach a VM, but a port forward lets it.
  ///
  /// A forward without a host address listens on every one, the LAN's included.
  ///
  /// Error, because the document forbids it. The fix lets the forward listen on the host's loopback
  /// alone.
  ///
  /// Source: VirtualBox manual section 6.3.1; Vagrant documentation, `host_ip`.
  static let forwardExposedToLAN = FindingRule("forward-exposed-to-lan") { survey, report in
    for failure in survey.verdicts.failures {
      guard case .exposingForward(let index) = failure.reason else { continue }
      let forward = survey.lab.portForwards[index]
      let whole = survey.pointer(forward: index)
      let isWritten = forward.hostAddress != nil
      let pointer = whole["host_address"]
      let loopback = EditValue.string("127.0.0.1")
      report.add(
        .error, at: survey.pointer(whole, "host_address", isWritten: isWritten),
        "the LAN must not reach \(survey.title(machine: forward.machine)), but "
          + "\(forward.transport) port \(forward.hostPort) of the host leads there",
        related: [survey.pointer(requirement: failure.requirement)],
        fix: [isWritten ? .replace(pointer, loopback) : .add(pointer, loopback)])
    }
  }
}
