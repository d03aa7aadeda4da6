/// Where ports of routers lead.
extension Resolver {
  /// A forward of a VM.
  mutating func resolveForward(
    _ forward: DestinationForwardDraft, of adapters: [Adapter], at pointer: JSONPointer
  ) -> DestinationForward? {
    let adapter = adapterIndex(inSlot: forward.slot, of: adapters, at: pointer["slot"])
    return resolveForward(forward, at: adapter, targetKey: "vm", pointer)
  }

  /// The forwards of the LAN's router.
  mutating func resolveLANForwards(
    _ forwards: [DestinationForwardDraft], at pointer: JSONPointer
  ) -> [DestinationForward] {
    forwards.indices.map {
      resolveForward(forwards[$0], at: nil, targetKey: "to", pointer[$0])
    }.compactMap { $0 }
  }

  private mutating func resolveForward(
    _ forward: DestinationForwardDraft, at adapter: Int?, targetKey: String, _ pointer: JSONPointer
  ) -> DestinationForward? {
    if forward.port == nil {
      report(.missing, pointer["port"], "the forward needs a port at which the router listens")
    }
    guard let reference = forward.target else {
      report(.missing, pointer[targetKey], "the forward needs a VM or an address to lead to")
      return nil
    }
    guard let target = target(reference, at: pointer[targetKey]), let port = forward.port else {
      return nil
    }
    return DestinationForward(
      adapter: adapter, transport: forward.transport ?? .tcp, port: port, target: target,
      targetPort: forward.targetPort ?? port)
  }

  private mutating func target(
    _ reference: AddressReference, at pointer: JSONPointer
  ) -> DestinationForward.Target? {
    switch reference {
    case .address(let address): .address(address)
    case .machine(let name) where name.text == "host": .host
    case .machine(let name): machine(name, at: pointer).map(DestinationForward.Target.machine)
    }
  }
}
