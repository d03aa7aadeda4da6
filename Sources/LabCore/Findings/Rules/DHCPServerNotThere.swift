extension FindingRule {
  /// The VM that is to serve DHCP on a network is not on it, or has no static address there.
  ///
  /// A server needs an address before it can hand out others, and answers only on links that it
  /// has. The hypervisor runs no server beside it, so nobody gets an address.
  ///
  /// Error. The fix gives the VM the lowest address that is free outside the pool, or else lets the
  /// hypervisor serve.
  ///
  /// Source: RFC 2131 section 4.1; ISC DHCP, "No subnet declaration for eth0".
  static let dhcpServerNotThere = FindingRule("dhcp-server-not-there") { survey, report in
    for (index, network) in survey.lab.networks.enumerated() {
      guard let machine = network.dhcpMachine, case .served = network.dhcp else { continue }
      let owner = survey.lab.switches[index]
      let server = survey.segments.first { $0.network == owner }?.members
        .first { $0.machine == machine }
      let pointer = survey.pointer(network: index)["dhcp"]["server"]
      let title =
        "\(survey.title(machine: machine)), the DHCP server of "
        + survey.title(network: index)
      guard let server else {
        report.add(
          .error, at: pointer, "\(title), has no adapter on it",
          related: [survey.pointer(machine: machine)], fix: [.remove(pointer)])
        continue
      }
      guard survey.adapter(server).address == nil else { continue }
      report.add(
        .error, at: pointer, "\(title), has no static address there",
        related: [survey.pointer(server)], fix: survey.staticAddress(for: server, on: owner))
    }
  }
}

extension LabSurvey {
  /// An edit that gives an adapter the lowest address that is free outside the DHCP pool.
  fileprivate func staticAddress(for server: AdapterReference, on owner: Int) -> [Edit] {
    guard let segment = segments.first(where: { $0.network == owner }),
      let prefix = plan.networks[owner].ipv4?.prefix
    else { return [] }
    var taken = fixedAddresses(on: segment)
    if let pool = dhcpPool(on: segment) { taken.insert(pool) }
    // Another network of the switch may have a prefix of its own.
    let own = lab.network(of: adapter(server))?.ipv4 ?? prefix
    guard let free = taken.firstFree(in: prefix.hosts), own.hosts.contains(free) else { return [] }
    return [.add(pointer(server)["address"], .string(free.description))]
  }
}
