extension Resolver {
  mutating func resolveForward(
    _ index: Int, machines: [VirtualMachine?]
  ) -> PortForward? {
    let forward = draft.portForwards[index]
    let pointer = JSONPointer.root["port_forwards"][index]
    if forward.hostPort == nil {
      report(.missing, pointer["host_port"], "the port forward needs a port of the host")
    }
    if forward.guestPort == nil {
      report(.missing, pointer["guest_port"], "the port forward needs a port of the VM")
    }
    guard let name = forward.vm else {
      report(.missing, pointer["vm"], "the port forward needs a VM to lead to")
      return nil
    }
    guard let machineIndex = machineIndex[name] else {
      reportUnknown(name, .machine, pointer["vm"])
      return nil
    }
    guard let machine = machines[machineIndex] else { return nil }
    let adapter = forwardedAdapter(of: machine, slot: forward.slot)
    if let slot = forward.slot, adapter == nil {
      report(
        .unknownReference, pointer["slot"], "VM \"\(name)\" has no adapter in slot \(slot)")
    }
    guard let hostPort = forward.hostPort, let guestPort = forward.guestPort else { return nil }
    return PortForward(
      name: forward.name, transport: forward.transport ?? .tcp, hostAddress: forward.hostAddress,
      hostPort: hostPort, machine: machineIndex, adapter: adapter, guestPort: guestPort)
  }

  private func forwardedAdapter(of machine: VirtualMachine, slot: Int?) -> Int? {
    if let slot { return machine.adapterIndex(inSlot: slot) }
    return machine.adapters.firstIndex { adapter in
      guard let network = adapter.network else { return false }
      guard let profile = product.profile(of: draft.networks[network]) else { return false }
      return profile.forwards != .nobody
    }
  }
}
