/// Addresses of a VM besides those of its adapters.
extension FabricCompiler {
  /// An adapter's further addresses, in IPv4 alone as documents have them.
  func secondaryAddresses(
    of reference: AdapterReference, beside own: FabricInterface
  ) -> [FabricInterface] {
    let adapter = lab.machines[reference.machine].adapters[reference.adapter]
    return adapter.secondary.compactMap { secondary in
      guard Address.family == .ipv4, !isElsewhere(secondary, than: reference) else { return nil }
      let link = IPv4Prefix(containing: secondary.address, length: own.prefix.length)
      var further = FabricInterface(
        node: own.node, segment: own.segment, address: AddressBits(secondary.address.bits),
        prefix: FabricPrefix(link), mac: secondary.mac ?? own.mac, isStandIn: false,
        adapter: reference)
      further.masquerades = adapter.masquerades
      further.port = own.port
      if secondary.mac != nil { further.delivery = delivery(to: adapter) }
      return further
    }
  }

  /// From whom frames to a hardware address that is not the adapter's own get to it.
  private func delivery(to adapter: Adapter) -> FabricInterface.Delivery {
    switch lab.product.facts.learning {
    case .byPolicy: adapter.promiscuous.deliveryOfOthers
    case .learns: .everybody
    case .refuses: .nobody
    }
  }

  /// Whether another VM before has the same virtual address: of those that share one (VRRP), the
  /// first is taken to be its master.
  private func isElsewhere(
    _ secondary: SecondaryAddress, than reference: AdapterReference
  ) -> Bool {
    guard secondary.mac != nil else { return false }
    let network = lab.machines[reference.machine].adapters[reference.adapter].network
    return lab.machines[..<reference.machine].contains { machine in
      machine.adapters.contains {
        $0.cableConnected && $0.network == network && $0.secondary.contains(secondary)
      }
    }
  }

  /// A VM's own foot on a network within it.
  mutating func innerInterface(
    of machine: Int, node: Int, _ prefix: Prefix<Address>
  ) -> FabricInterface {
    let segment = addSegment(.inner(machine: machine))
    var inner = interface(node, segment, prefix.hosts.first, prefix)
    inner.isInner = true
    return inner
  }
}

extension PromiscuousPolicy {
  /// From whom the switch passes on frames to a hardware address that is not the adapter's own. It
  /// learns none, and knows each adapter by the one that its settings name (SrvIntNetR0.cpp,
  /// intnetR0NetworkSwitchUnicast).
  fileprivate var deliveryOfOthers: FabricInterface.Delivery {
    switch self {
    case .deny: .nobody
    case .allowVMs: .machinesOnly
    case .allowAll: .everybody
    }
  }
}
