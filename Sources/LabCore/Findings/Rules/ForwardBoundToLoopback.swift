extension FindingRule {
  /// The LAN is to reach a VM by a port forward that listens on the host's loopback alone.
  ///
  /// It works on the host, where one tries it, and from nowhere else.
  ///
  /// Error, because the document requires it. The fix lets the forward listen on every address of
  /// the host.
  ///
  /// Source: VirtualBox manual section 6.3.1, on the host's address in a rule.
  static let forwardBoundToLoopback = FindingRule("forward-bound-to-loopback") { survey, report in
    for failure in survey.verdicts.failures {
      guard case .loopbackForward(let index) = failure.reason else { continue }
      let forward = survey.lab.portForwards[index]
      let pointer = survey.pointer(forward: index)["host_address"]
      let address = forward.hostAddress?.description ?? "the loopback"
      report.add(
        .error, at: pointer,
        "the LAN is to reach \(forward.transport) port \(forward.guestPort) of "
          + "\(survey.title(machine: forward.machine)), but the port forward listens on \(address) "
          + "alone",
        related: [survey.pointer(requirement: failure.requirement)], fix: [.remove(pointer)])
    }
  }
}
