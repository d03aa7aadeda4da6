extension FindingRule {
  /// A port forward listens on an address that the host does not have.
  ///
  /// The socket cannot be made, and the VM starts without its forward or not at all. The host has
  /// its loopback, its address on the LAN and one in every host-only network; in prefixes that the
  /// document calls occupied it may have others. Where the LAN is not known, only addresses inside
  /// the lab's own networks are certainly not the host's.
  ///
  /// Error. The fix lets the forward listen on every address of the host, on a free port where
  /// another has its own.
  ///
  /// Source: VirtualBox manual section 6.3.1; bind(2), `EADDRNOTAVAIL`.
  static let forwardBoundElsewhere = FindingRule("forward-bound-elsewhere") { survey, report in
    let addresses = HostAddresses(survey)
    let listeners = hostListeners(of: survey.lab)
    let count = Dictionary(grouping: listeners, by: \.port).mapValues(\.count)
    for listener in listeners {
      guard let address = listener.boundAddress, addresses.lack(address) else { continue }
      let pointer = survey.pointer(forward: listener.index)
      var fix = [Edit.remove(pointer["host_address"])]
      if count[listener.port] ?? 0 > 1 {
        let port = report.unused.nextHostPort(
          guestPort: listener.forward.guestPort, after: listener.forward.hostPort)
        fix = port.map { fix + [.replace(pointer["host_port"], .integer($0))] } ?? []
      }
      report.add(
        .error, at: pointer["host_address"],
        "the host has no address \(address) to listen on for "
          + survey.title(machine: listener.forward.machine),
        fix: fix)
    }
  }
}

/// What is known of the host's own addresses.
struct HostAddresses {
  private let known: Set<IPv4Address>
  /// Where it may have more.
  private let possible: [IPv4Prefix]
  private let knowsLAN: Bool
  private let lab: [IPv4Prefix]

  init(_ survey: LabSurvey) {
    var known: Set<IPv4Address> = []
    if let own = survey.lab.host.uplink.ipv4?.address { known.insert(own) }
    known.formUnion(hostOnlyAddresses(survey.lab, survey.plan))
    known.formUnion(survey.neighbours.flatMap(\.networks).compactMap(\.hostAddress))
    self.known = known
    possible = survey.lab.host.occupied.compactMap { IPv4Address.prefix($0) }
    knowsLAN = survey.lab.host.uplink.ipv4 != nil
    lab =
      survey.switchPrefixes(IPv4Address.self).map(\.prefix)
      + survey.natPrefixes(IPv4Address.self).map(\.prefix)
  }

  func lack(_ address: IPv4Address) -> Bool {
    guard !address.isLoopback, !known.contains(address),
      !possible.contains(where: { $0.contains(address) })
    else { return false }
    return knowsLAN || lab.contains { $0.contains(address) }
  }
}

private func hostOnlyAddresses(_ lab: Lab, _ plan: AddressPlan) -> [IPv4Address] {
  lab.networks.indices.compactMap {
    lab.networks[$0].profile.host.isOnSwitch ? plan.networks[$0].ipv4?.host : nil
  }
}
