extension FindingRule {
  /// The gateway of a network, or of a VM, is a machine that does not route.
  ///
  /// Packets for other networks reach it and end there. The host routes between its networks only
  /// where it is told to.
  ///
  /// Warning. The fix lets a VM forward; the host is left as it is and the gateway taken away.
  ///
  /// Source: RFC 1122 section 3.3.1.1 (hosts must not forward); Linux `net.ipv4.ip_forward`.
  static let gatewayDoesNotForward = FindingRule("gateway-does-not-forward") { survey, report in
    findIdle(IPv4Address.self, survey, &report)
    findIdle(IPv6Address.self, survey, &report)
  }
}

private func findIdle<Address: DocumentFamily>(
  _: Address.Type, _ survey: LabSurvey, _ report: inout FindingReport
) {
  for gateway in SegmentOwners<Address>(survey).gateways() {
    guard let (owner, fix) = idleOwner(of: gateway, survey) else { continue }
    report.add(
      .warning, at: gateway.pointer,
      "\(gateway.address), the gateway of \(gateway.title), is \(owner), which does not forward",
      fix: fix)
  }
}

private func idleOwner<Address: DocumentFamily>(
  of gateway: ConfiguredGateway<Address>, _ survey: LabSurvey
) -> (String, [Edit])? {
  switch gateway.owner {
  case .natRouter, .lan, .nobody: return nil
  case .host:
    return survey.lab.host.forwards ? nil : ("the host", [.remove(gateway.pointer)])
  case .server: return ("a server of the hypervisor", [.remove(gateway.pointer)])
  case .machine(let machine):
    guard !survey.lab.machines[machine].forwards else { return nil }
    return (survey.title(machine: machine), survey.forwardingEdits(machine))
  }
}
