extension FindingRule {
  /// A port forward leads to an adapter that has no address, or whose cable is out.
  ///
  /// The host listens, and every connection runs into a timeout.
  ///
  /// Error without an address, warning without a cable. The fix plugs the cable in; why there is no
  /// address is another finding.
  ///
  /// Source: VirtualBox manual sections 6.3.1 and 6.4, on the guest's address in a rule.
  static let forwardWithoutTarget = FindingRule("forward-without-target") { survey, report in
    for listener in hostListeners(of: survey.lab) {
      guard let position = listener.forward.adapter else { continue }
      let member = AdapterReference(machine: listener.forward.machine, adapter: position)
      let pointer = survey.pointer(forward: listener.index)
      let start =
        "\(listener.forward.transport) port \(listener.forward.hostPort) of the host leads to "
        + survey.title(member)
      if !survey.adapter(member).cableConnected {
        let cable = survey.pointer(member)["cable_connected"]
        report.add(
          .warning, at: pointer, start + ", whose cable is out", related: [cable],
          fix: [.replace(cable, .bool(true))])
      } else if survey.adapterPlan(member).ipv4.address == nil {
        report.add(
          .error, at: pointer, start + ", which has no IPv4 address",
          related: [survey.pointer(member)])
      }
    }
  }
}
