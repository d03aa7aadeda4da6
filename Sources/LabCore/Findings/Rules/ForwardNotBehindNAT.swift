extension FindingRule {
  /// A port forward leads to an adapter for which nothing forwards ports.
  ///
  /// VirtualBox forwards ports on NAT and on NAT networks. On a bridged or a host-only network the
  /// VM is dialled at its own address, on an internal network not at all. libvirt forwards none,
  /// ESXi and XCP-ng neither, and UTM's shared network none.
  ///
  /// Warning. Where the VM has another adapter behind a NAT, the fix leads the forward there, from
  /// another port of the host where its own is taken, unless the host lacks the address to listen on;
  /// else it takes it away.
  ///
  /// Source: VirtualBox manual sections 6.3.1 and 6.4; libvirt, docs/firewall.rst; UTM#2725.
  static let forwardNotBehindNAT = FindingRule("forward-not-behind-nat") { survey, report in
    let own = hostListeners(of: survey.lab)
    let addresses = HostAddresses(survey)
    let listening = Set(own.map(\.index))
    let taken = Dictionary(grouping: own, by: \.port)
    let takenByOthers = Dictionary(
      grouping: survey.neighbours.flatMap(\.listeners), by: \.port)
    for (index, forward) in survey.lab.portForwards.enumerated() where !listening.contains(index) {
      let listener = HostListener(index: index, forward: forward)
      let isTaken =
        taken[listener.port, default: []].contains { $0.clashes(with: listener) }
        || takenByOthers[listener.port, default: []].contains { $0.clashes(with: listener) }
      let port =
        isTaken
        ? report.unused.nextHostPort(guestPort: forward.guestPort, after: forward.hostPort) : nil
      report.add(
        .warning, at: survey.pointer(forward: index), dead(forward, survey),
        fix: leadingElsewhere(
          index, forward, survey, from: port,
          canListen: !(listener.boundAddress.map(addresses.lack) ?? false)))
    }
  }
}

private func leadingElsewhere(
  _ index: Int, _ forward: PortForward, _ survey: LabSurvey, from hostPort: Int?,
  canListen: Bool
) -> [Edit] {
  let pointer = survey.pointer(forward: index)
  let other = survey.lab.machines[forward.machine].adapters.first {
    survey.lab.profile(of: $0).map { $0.forwards != .nobody } ?? false
  }
  guard let other else { return [.remove(pointer)] }
  guard canListen else { return [] }
  let isWritten = survey.lab.draft.portForwards[index].slot != nil
  let slot: Edit =
    isWritten
    ? .replace(pointer["slot"], .integer(other.slot))
    : .add(pointer["slot"], .integer(other.slot))
  return [slot] + (hostPort.map { [.replace(pointer["host_port"], .integer($0))] } ?? [])
}

private func dead(_ forward: PortForward, _ survey: LabSurvey) -> String {
  let start = "\(forward.transport) port \(forward.hostPort) of the host leads nowhere: "
  guard let position = forward.adapter else {
    return start + "no adapter of \(survey.title(machine: forward.machine)) is behind a NAT"
  }
  let member = AdapterReference(machine: forward.machine, adapter: position)
  guard let network = survey.lab.network(of: survey.adapter(member)) else {
    return start + "\(survey.title(member)) is not attached"
  }
  let profile = survey.lab.profile(of: survey.adapter(member))
  if profile?.isSharedBehindNAT == true || profile?.segment == .adapter {
    return start + "\(survey.lab.product.name) forwards no ports to "
      + "\"\(network.name)\" (\(network.profile.native.name)), where \(survey.title(member)) is"
  }
  return start + "\(survey.title(member)) is on the \(network.mode.noun) "
    + "\"\(network.name)\", not behind a NAT"
}
