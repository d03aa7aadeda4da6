import LabCore

/// What VirtualBox does not do of a lab, in document order.
func virtualBoxWarnings(of source: ExportSource) -> [ExportWarning] {
  hostWarnings(source) + networkWarnings(source) + machineWarnings(source)
    + forwardWarnings(source)
}

private func hostWarnings(_ source: ExportSource) -> [ExportWarning] {
  guard source.lab.host.operatingSystem == .windows else { return [] }
  return [
    ExportWarning(
      .otherShell, at: .root["host"]["os"],
      "The host runs Windows: run this script in Git Bash or WSL.")
  ]
}

private func networkWarnings(_ source: ExportSource) -> [ExportWarning] {
  source.networks.compactMap { index, network, plan in
    guard case .natNetwork? = source.attachment(to: index), let prefix = plan.ipv6?.prefix,
      !prefix.isFitForNATNetwork
    else { return nil }
    return ExportWarning(
      .notSaid, at: .root["networks"][index]["ipv6"],
      "NAT network \(network.name) gets no IPv6: VirtualBox takes a /64 in 2000::/3 or fc00::/7,"
        + " not \(prefix).")
  }
}

private func machineWarnings(_ source: ExportSource) -> [ExportWarning] {
  guard !source.lab.machines.isEmpty else { return [] }
  let noDisk = ExportWarning(
    .noDisk, at: .root["vms"],
    "VMs that this makes have no disk: attach one, or install them first under the same name.")
  return [noDisk]
    + source.machines.compactMap { index, machine, seats in
      let typed = seats.flatMap { seat in
        [typedAddress(seat.plan.ipv4), seat.plan.ipv6.flatMap(typedAddress)].compactMap { $0 }
          .map { "\($0) on adapter \(seat.adapter.slot)" }
      }
      guard !typed.isEmpty else { return nil }
      return ExportWarning(
        .configureInGuest, at: .root["vms"][index],
        "Configure \(typed.joined(separator: ", ")) inside \(machine.name): VirtualBox gives no"
          + " static addresses. The exports netplan and windows do.")
    }
}

private func forwardWarnings(_ source: ExportSource) -> [ExportWarning] {
  source.portForwards.all.compactMap { index, forward in
    let pointer = JSONPointer.root["port_forwards"][index]
    let machine = source.lab.machines[forward.machine].name
    let what = "Port \(forward.hostPort) of the host is not forwarded to \(machine)"
    switch source.lab.network(of: forward).flatMap(source.attachment) {
    case .nat?: break
    case .natNetwork?:
      guard source.address(of: forward) != nil else {
        return ExportWarning(
          .unknownAddress, at: pointer, "\(what): its address on the NAT network is not known.")
      }
    default:
      return ExportWarning(
        .notSaid, at: pointer, "\(what): VirtualBox forwards on NAT and NAT networks alone.")
    }
    guard forward.name != nil, forward.sayableName == nil else { return nil }
    return ExportWarning(
      .notSaid, at: pointer["name"],
      "The forward of port \(forward.hostPort) gets another name: VirtualBox takes 63 bytes.")
  }
}
