extension FindingRule {
  /// Two port forwards want the same port of the same address of the host.
  ///
  /// Only one of them can have it: the other VM does not start, or starts without its forward. All
  /// VMs and NAT networks of the host count, those of other labs too; a forward without a host
  /// address listens on every one.
  ///
  /// Error. The fix gives the later one the next free port: from 2200 on for SSH, as Vagrant counts,
  /// else from its own on.
  ///
  /// Source: VirtualBox manual section 6.3.1 (`VERR_NAT_REDIR_SETUP`).
  static let portForwardCollision = FindingRule("port-forward-collision") { survey, report in
    let others = Dictionary(
      grouping: survey.neighbours.flatMap { neighbour in
        neighbour.listeners.map { (listener: $0, share: neighbour) }
      }, by: \.listener.port)
    var taken: [HostPort: [HostListener]] = [:]
    for listener in hostListeners(of: survey.lab) {
      let own = taken[listener.port]?.first { $0.clashes(with: listener) }
      let other = others[listener.port]?.first { $0.listener.clashes(with: listener) }
      taken[listener.port, default: []].append(listener)
      guard let target = other.map({ $0.share.title(of: $0.listener) }) ?? own.map(survey.target)
      else { continue }
      let pointer = survey.pointer(forward: listener.index)["host_port"]
      let port = report.unused.nextHostPort(
        guestPort: listener.forward.guestPort, after: listener.forward.hostPort)
      report.add(
        .error, at: pointer,
        "\(listener.forward.transport) port \(listener.forward.hostPort) of the host already leads "
          + "to \(target)",
        related: other == nil
          ? own.map { [survey.pointer(forward: $0.index)["host_port"]] } ?? [] : [],
        fix: port.map { [.replace(pointer, .integer($0))] } ?? [])
    }
  }
}

extension LabSurvey {
  /// Where one of the lab's port forwards leads, in a sentence.
  fileprivate func target(of listener: HostListener) -> String {
    "port \(listener.forward.guestPort) of \(title(machine: listener.forward.machine))"
  }
}
