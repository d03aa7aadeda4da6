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
    var taken = Dictionary(
      grouping: survey.neighbours.flatMap { neighbour in
        hostListeners(of: neighbour.lab).map { TakenPort(listener: $0, lab: neighbour.lab) }
      }, by: \.listener.port)
    for listener in hostListeners(of: survey.lab) {
      let clash = taken[listener.port]?.first { $0.listener.clashes(with: listener) }
      taken[listener.port, default: []].append(TakenPort(listener: listener, lab: survey.lab))
      guard let clash else { continue }
      let pointer = survey.pointer(forward: listener.index)["host_port"]
      let isOwn = clash.lab.name == survey.lab.name
      let port = report.unused.nextHostPort(
        guestPort: listener.forward.guestPort, after: listener.forward.hostPort)
      report.add(
        .error, at: pointer, collision(listener, clash, isOwn: isOwn),
        related: isOwn ? [survey.pointer(forward: clash.listener.index)["host_port"]] : [],
        fix: port.map { [.replace(pointer, .integer($0))] } ?? [])
    }
  }
}

private struct TakenPort {
  let listener: HostListener
  let lab: Lab
}

private func collision(_ listener: HostListener, _ taken: TakenPort, isOwn: Bool) -> String {
  let forward = taken.listener.forward
  let vm = taken.lab.machines[forward.machine].name
  return
    "\(listener.forward.transport) port \(listener.forward.hostPort) of the host already leads "
    + "to port \(forward.guestPort) of \"\(vm)\""
    + (isOwn ? "" : " in lab \"\(taken.lab.name)\" on the same host")
}
