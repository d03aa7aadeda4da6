extension FindingRule {
  /// VMs on NAT are to reach the host, whose loopback is closed to them.
  ///
  /// Since VirtualBox 7.0 the router's address leads to services on the host's loopback only where
  /// that is switched on; before, always. The host's other addresses are reached either way, so
  /// this matters for services that listen on 127.0.0.1 alone. A ping to the router proves nothing:
  /// from 7.1 on it answers by itself.
  ///
  /// Info. The fix switches it on. A document that says `localhost_reachable: false` knows.
  ///
  /// Source: VirtualBox manual, `--nat-localhostreachable`; hashicorp/packer#12118.
  static let hostLoopbackClosed = FindingRule("host-loopback-closed", of: .virtualbox) {
    survey, report in
    guard survey.lab.hypervisor.version.isAtLeast(7, 0) else { return }
    var reported: Set<Int> = []
    for (index, requirement) in survey.lab.requirements.enumerated()
    where requirement.allow && requirement.to == .host && requirement.transport != .icmp {
      for case .machine(let machine) in survey.lab.endpoints(of: requirement.from) {
        for adapter in survey.lab.machines[machine].adapters where adapter.cableConnected {
          guard let network = adapter.network, isClosed(survey.lab.networks[network]),
            reported.insert(network).inserted
          else { continue }
          let pointer = survey.pointer(network: network)
          report.add(
            .info, at: pointer,
            "\(survey.title(machine: machine)) on \(survey.title(network: network)) does not reach "
              + "services that listen on the host's loopback alone",
            related: [survey.pointer(requirement: index)],
            fix: [.add(pointer["localhost_reachable"], .bool(true))])
        }
      }
    }
  }
}

private func isClosed(_ network: Network) -> Bool {
  network.mode == .nat && network.localhostReachable == nil
}
