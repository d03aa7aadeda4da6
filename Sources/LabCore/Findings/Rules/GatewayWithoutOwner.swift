extension FindingRule {
  /// The gateway of a network, or of a VM, is an address that nobody has.
  ///
  /// Packets for other networks go nowhere. On an internal network only a VM can be the router; on
  /// a host-only network a VM, or the host where it forwards; on a NAT network and on NAT the
  /// hypervisor's router has a fixed address.
  ///
  /// Error. Where exactly one VM on the network forwards and has no address of its own there, the
  /// fix gives it the gateway's; else it takes the gateway away.
  ///
  /// Source: VirtualBox manual section 6.6; RFC 1122 section 3.3.1.6.
  static let gatewayWithoutOwner = FindingRule("gateway-without-owner") { survey, report in
    findAbsentRouters(survey, &report)
    findAbandoned(IPv4Address.self, survey, &report)
    findAbandoned(IPv6Address.self, survey, &report)
  }
}

/// Networks whose router the document names, without an adapter of it there.
private func findAbsentRouters(_ survey: LabSurvey, _ report: inout FindingReport) {
  for (index, network) in survey.lab.networks.enumerated() {
    guard let machine = network.gatewayMachine else { continue }
    let owner = survey.lab.switches[index]
    let isThere = survey.lab.machines[machine].adapters.contains {
      $0.network.map { survey.lab.switches[$0] == owner } ?? false
    }
    guard !isThere else { continue }
    let pointer = survey.pointer(network: index)["gateway"]
    report.add(
      .error, at: pointer,
      "\(survey.title(machine: machine)), the gateway of \(survey.title(network: index)), has no "
        + "adapter on it",
      related: [survey.pointer(machine: machine)], fix: [.remove(pointer)])
  }
}

private func findAbandoned<Address: DocumentFamily>(
  _: Address.Type, _ survey: LabSurvey, _ report: inout FindingReport
) {
  for gateway in SegmentOwners<Address>(survey).gateways() where gateway.owner == .nobody {
    report.add(
      .error, at: gateway.pointer,
      "nobody on \(survey.title(network: gateway.network)) has the address \(gateway.address) of "
        + "the gateway of \(gateway.title)",
      fix: router(for: gateway, survey) ?? [.remove(gateway.pointer)])
  }
}

/// An edit that gives the network's only router the gateway's address.
private func router<Address: DocumentFamily>(
  for gateway: ConfiguredGateway<Address>, _ survey: LabSurvey
) -> [Edit]? {
  guard Address.gateway(survey.lab.networks[gateway.network]) == gateway.address,
    let prefix = Address.addresses(survey.plan.networks[gateway.network])?.prefix,
    prefix.hosts.contains(gateway.address),
    let segment = survey.segments.first(where: { $0.network == gateway.network })
  else { return nil }
  // Another network on the same switch has a prefix of its own.
  let routers = survey.plugged(segment).filter {
    survey.lab.machines[$0.machine].forwards && survey.adapter($0).network == gateway.network
  }
  guard let router = routers.first, routers.count == 1,
    Address.address(survey.adapter(router)) == nil
  else { return nil }
  return [
    .add(survey.pointer(router)[Address.addressKey], .string(gateway.address.description))
  ]
}
