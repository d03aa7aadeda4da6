import LabCore

/// What a person types by hand into guests that a format has no file for.
func handConfiguration(
  _ machine: VirtualMachine, at index: Int, _ interfaces: [GuestInterface]
) -> [ExportWarning] {
  let addresses = interfaces.compactMap { interface -> String? in
    switch interface.ipv4 {
    case .typed(let address): handLine(address, interface, machine.operatingSystem)
    case .dhcp, .linkLocal, .none: nil
    }
  }
  guard !addresses.isEmpty else { return [] }
  return [
    ExportWarning(
      .configureInGuest, at: .root["vms"][index],
      "\(machine.name) gets no file here. \(addresses.joined(separator: " "))")
  ]
}

private func handLine(
  _ address: String, _ interface: GuestInterface, _ system: VirtualMachine.OperatingSystem
) -> String {
  let slot = interface.seat.adapter.slot
  let gateway = interface.defaultRoute.map { ", gateway \($0.gateway)" } ?? ""
  switch system {
  case .android:
    return
      "Adapter \(slot): Settings, Network & internet, Ethernet, IP settings, Static:"
      + " \(address)\(gateway); or reserve the address on a network with a DHCP server."
  case .bsd: return "Adapter \(slot), in /etc/rc.conf: ifconfig_em\(slot - 1)=\"inet \(address)\"."
  case .macos:
    return
      "Adapter \(slot): System Settings, Network, Details, TCP/IP, Manually: \(address)\(gateway)."
  case .linux, .windows, .other: return "Adapter \(slot): \(address)\(gateway)."
  }
}
