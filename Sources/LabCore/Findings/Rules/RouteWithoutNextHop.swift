extension FindingRule {
  /// A static route leads to a router that the VM cannot find, or that does not route.
  ///
  /// The guest's system refuses a route whose router is on none of its links; through an address
  /// that nobody has, or a machine that does not forward, packets are lost.
  ///
  /// Warning. The fix takes the route away, or lets the VM that is to route forward.
  ///
  /// Source: RFC 1122 section 3.3.1; ip-route(8).
  static let routeWithoutNextHop = FindingRule("route-without-next-hop") { survey, report in
    guard survey.lab.machines.contains(where: { !$0.routes.isEmpty }) else { return }
    findLost(IPv4Address.self, survey, &report)
    findLost(IPv6Address.self, survey, &report)
  }
}

private func findLost<Address: DocumentFamily>(
  _: Address.Type, _ survey: LabSurvey, _ report: inout FindingReport
) {
  let owners = SegmentOwners<Address>(survey)
  for (machine, virtualMachine) in survey.lab.machines.enumerated() {
    for (index, route) in virtualMachine.routes.enumerated() {
      guard let (destination, router) = Address.route(route), !router.isLinkLocal,
        let loss = loss(router, of: machine, owners, survey)
      else { continue }
      let pointer = survey.pointer(machine: machine)["routes"][index]
      report.add(
        .warning, at: pointer["via"],
        "\(router), by which \(survey.title(machine: machine)) is to reach \(destination), "
          + loss.reason,
        fix: loss.fix ?? [.remove(pointer)])
    }
  }
}

/// Why packets end at a router; nil when they do not.
private func loss<Address: DocumentFamily>(
  _ router: Address, of machine: Int, _ owners: SegmentOwners<Address>, _ survey: LabSurvey
) -> (reason: String, fix: [Edit]?)? {
  switch survey.link(to: router, of: machine) {
  case .unknown: return nil
  case .own: return ("is its own address", nil)
  case .off: return ("is on none of its links", nil)
  case .on(let link):
    let adapter = survey.adapter(link)
    guard let network = adapter.network else { return nil }
    switch owners.owner(of: router, on: network, slot: adapter.slot) {
    case .natRouter, .lan: return nil
    case .nobody: return ("is nobody's on \(survey.title(network: network))", nil)
    case .server: return ("is a server of the hypervisor and does not forward", nil)
    case .host: return survey.lab.host.forwards ? nil : ("is the host, which does not forward", nil)
    case .machine(let owner):
      guard !survey.lab.machines[owner].forwards else { return nil }
      return (
        "is \(survey.title(machine: owner)), which does not forward",
        survey.forwardingEdits(owner)
      )
    }
  }
}
