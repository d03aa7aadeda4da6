extension FindingRule {
  /// A VM has adapters on networks with different default routers.
  ///
  /// It sends everything for elsewhere to one of them; which one depends on the guest. Answers to
  /// connections that came in by the other leave by the wrong one. A VM that says which gateway it
  /// uses is not meant.
  ///
  /// Warning. The fix makes the router of the lowest slot, which the planner counts on, the VM's
  /// own gateway, where that one does route.
  ///
  /// Source: RFC 1122 section 3.3.1.2; Netplan documentation, `dhcp4-overrides.use-routes`.
  static let severalDefaultGateways = FindingRule("several-default-gateways") { survey, report in
    let owners = SegmentOwners<IPv4Address>(survey)
    for machine in survey.lab.machines.indices
    where survey.lab.machines[machine].gateway == nil {
      let routers = defaultRouters(of: machine, survey)
      guard let first = routers.first,
        let second = routers.dropFirst().first(where: { !first.isSame(as: $0) })
      else { continue }
      report.add(
        .warning, at: survey.pointer(second.adapter), doubt(first, second, machine, survey),
        related: [survey.pointer(first.adapter)], fix: choosing(first, owners, survey))
    }
  }
}

private func choosing(
  _ router: DefaultRouter, _ owners: SegmentOwners<IPv4Address>, _ survey: LabSurvey
) -> [Edit] {
  let adapter = survey.adapter(router.adapter)
  guard let address = router.address, let network = adapter.network else { return [] }
  let routes =
    switch owners.owner(of: address, on: network, slot: adapter.slot) {
    case .natRouter, .lan: true
    case .machine(let machine): survey.lab.machines[machine].forwards
    case .host: survey.lab.host.forwards
    case .server, .nobody: false
    }
  guard routes else { return [] }
  let pointer = survey.pointer(machine: router.adapter.machine)["gateway"]
  return [.add(pointer, .string(address.description))]
}

private struct DefaultRouter {
  let adapter: AdapterReference
  /// Nil for the router of a LAN of which nothing is known.
  let address: IPv4Address?
  /// Nil where the adapter is alone with its router.
  let segment: Int?

  func isSame(as other: DefaultRouter) -> Bool {
    address == other.address && segment == other.segment && segment != nil
  }
}

private func defaultRouters(of machine: Int, _ survey: LabSurvey) -> [DefaultRouter] {
  let lab = survey.lab
  let adapters = lab.machines[machine].adapters
  let own = survey.plan.adapters[machine].compactMap(\.ipv4.address)
  return adapters.indices.compactMap { position in
    guard adapters[position].cableConnected, let network = adapters[position].network else {
      return nil
    }
    let assignment = survey.plan.adapters[machine][position].ipv4
    let scope = lab.networks[network].profile.segment
    let isUnknown = scope == .uplink && lab.host.uplink == Uplink()
    guard isUnknown || assignment.gateway.map({ !own.contains($0) }) ?? false else { return nil }
    return DefaultRouter(
      adapter: AdapterReference(machine: machine, adapter: position),
      address: isUnknown ? nil : assignment.gateway,
      segment: scope == .adapter ? nil : scope == .uplink ? -1 : lab.switches[network])
  }
}

private func doubt(
  _ first: DefaultRouter, _ second: DefaultRouter, _ machine: Int, _ survey: LabSurvey
) -> String {
  func named(_ router: DefaultRouter) -> String {
    let address = router.address?.description ?? "the LAN's router"
    return "\(address) on adapter \(survey.adapter(router.adapter).slot)"
  }
  return "\(survey.title(machine: machine)) is offered two default gateways, \(named(first)) and "
    + "\(named(second)); which one it uses is its own choice"
}
