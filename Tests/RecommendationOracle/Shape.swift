import LabCore

/// A candidate but for its port forwards: networks, who is on which, and which VMs route.
struct Shape: Hashable, Sendable {
  /// By network.
  var modes: [NetworkMode]
  /// By VM: the networks of its adapters, in slot order.
  var attachments: [[Int]]
  /// By network: the VM that is its gateway.
  var gateways: [Int: Int] = [:]

  /// By VM: where in its adapters forwards can lead.
  func translated(_ machine: Int) -> [Int] {
    attachments[machine].indices.filter {
      [.nat, .natNetwork].contains(modes[attachments[machine][$0]])
    }
  }
}

/// A port forward of a candidate.
struct ForwardChoice: Hashable {
  var machine: Int
  /// 0-based.
  var adapter: Int
  var transport: PortForward.Transport
  var guestPort: Int
  var isLoopback: Bool
}

extension Setting {
  /// The document of a candidate.
  func draft(of shape: Shape, forwards: [ForwardChoice] = []) -> LabDraft? {
    var draft = document
    let names = shape.modes.indices.map { label("\(shape.modes[$0].rawValue)-\($0)") }
    draft.networks = zip(names, shape.modes).map { NetworkDraft(name: $0, mode: $1) }
    for (machine, networks) in shape.attachments.enumerated() {
      draft.vms[machine].adapters = networks.map { AdapterDraft(network: names[$0]) }
    }
    guard setGateways(of: shape, in: &draft) else { return nil }
    draft.portForwards = forwards.enumerated().map { index, forward in
      PortForwardDraft(
        transport: forward.transport,
        hostAddress: forward.isLoopback ? IPv4Address(bits: 0x7f00_0001) : nil,
        hostPort: 20_000 + index, vm: draft.vms[forward.machine].name, slot: forward.adapter + 1,
        guestPort: forward.guestPort)
    }
    return draft
  }

  /// Makes VMs their networks' gateways, at the addresses and prefixes that the planner gives them
  /// while there are no gateways.
  private func setGateways(of shape: Shape, in draft: inout LabDraft) -> Bool {
    if shape.gateways.isEmpty { return true }
    guard case .success(let lab) = resolve(draft) else { return false }
    let plan = assignAddresses(in: lab)
    for (network, machine) in shape.gateways {
      guard let adapter = shape.attachments[machine].firstIndex(of: network),
        let address = plan.adapters[machine][adapter].ipv4.address
      else { return false }
      draft.networks[network].ipv4 = plan.networks[network].ipv4?.prefix
      draft.networks[network].gateway = .address(address)
      draft.vms[machine].adapters[adapter].address = address
    }
    return true
  }
}
