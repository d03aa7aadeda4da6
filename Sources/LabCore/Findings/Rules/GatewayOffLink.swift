extension FindingRule {
  /// A VM's own gateway is on none of its links, or is the VM itself.
  ///
  /// The guest's system refuses such a route, and the VM stays without a default route.
  ///
  /// Error. The fix takes the gateway away, so that the networks' gateways count.
  ///
  /// Source: RFC 1122 section 3.3.1.4; ip-route(8), "Nexthop has invalid gateway".
  static let gatewayOffLink = FindingRule("gateway-off-link") { survey, report in
    findOffLink(IPv4Address.self, survey, &report)
    findOffLink(IPv6Address.self, survey, &report)
  }
}

private func findOffLink<Address: DocumentFamily>(
  _: Address.Type, _ survey: LabSurvey, _ report: inout FindingReport
) {
  for (index, machine) in survey.lab.machines.enumerated() {
    guard let gateway = Address.gateway(machine), !gateway.isLinkLocal else { continue }
    let title = survey.title(machine: index)
    let detail: String
    switch survey.link(to: gateway, of: index) {
    case .on, .unknown: continue
    case .own: detail = "\(gateway), the gateway of \(title), is its own address"
    case .off: detail = "\(gateway), the gateway of \(title), is on none of its links"
    }
    let pointer = survey.pointer(machine: index)[Address.gatewayKey]
    report.add(.error, at: pointer, detail, fix: [.remove(pointer)])
  }
}
