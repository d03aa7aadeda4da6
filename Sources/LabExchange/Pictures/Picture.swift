import LabCore

/// A lab as boxes and lines: what every picture format draws.
struct Picture {
  /// What a box stands for.
  enum Kind: String, CaseIterable {
    case machine = "vm"
    case network, host, lan, internet
  }

  /// A box.
  struct Node {
    let kind: Kind
    let name: String
    /// What stands below the name.
    let details: [String]

    /// Unique in the picture: `vm:web`, `network:shared`, `host`.
    var id: String {
      switch kind {
      case .machine, .network: "\(kind.rawValue):\(name)"
      case .host, .lan, .internet: kind.rawValue
      }
    }
  }

  /// A line.
  struct Edge {
    let source: String
    let target: String
    /// The adapter's slot and the end of its address; empty for lines that are no adapter's.
    let label: String
    /// Nil for lines that are no adapter's.
    let seat: AdapterSeat?
  }

  /// VMs, networks, then the rest; each in name order.
  let nodes: [Node]
  /// By VM and slot, then what networks lead to.
  let edges: [Edge]

  init(_ source: ExportSource) {
    var nodes = source.machines.map { _, machine, _ in
      Node(kind: .machine, name: machine.name.text, details: [machine.operatingSystem.rawValue])
    }
    nodes += source.networks.map { _, network, plan in
      let prefixes = [plan.ipv4.map { "\($0.prefix)" }, plan.ipv6.map { "\($0.prefix)" }]
      let details = [network.mode.rawValue] + prefixes.compactMap { $0 }
      return Node(kind: .network, name: network.name.text, details: details)
    }
    var edges = source.machines.flatMap { $0.adapters }.compactMap { seat -> Edge? in
      guard let network = seat.network else { return nil }
      return Edge(
        source: "vm:\(seat.machine.name)", target: "network:\(network.name)",
        label: adapterLabel(seat), seat: seat)
    }
    edges += source.networks.flatMap { _, network, _ in
      uplinks(of: network.mode).map {
        Edge(source: "network:\(network.name)", target: $0.rawValue, label: "", seat: nil)
      }
    }
    if edges.contains(where: { $0.seat == nil }) {
      nodes += [.host, .lan].map { Node(kind: $0, name: $0.rawValue, details: []) }
      edges.append(Edge(source: "host", target: "lan", label: "", seat: nil))
      if source.lab.host.hasInternet {
        nodes.append(Node(kind: .internet, name: "internet", details: []))
        edges.append(Edge(source: "lan", target: "internet", label: "", seat: nil))
      }
    }
    self.nodes = nodes
    self.edges = edges
  }
}

/// Where a network of a mode leads to.
private func uplinks(of mode: NetworkMode) -> [Picture.Kind] {
  switch mode {
  case .nat, .natNetwork, .hostOnly, .routed: [.host]
  case .bridged: [.lan]
  case .internal: []
  }
}

/// `2: .10`: the slot, and what of the address its prefix does not say.
private func adapterLabel(_ seat: AdapterSeat) -> String {
  let ipv4 = seat.plan.ipv4
  guard let address = ipv4.address else { return "\(seat.adapter.slot)" }
  let octets = "\(address)".split(separator: ".")
  let shared = min((ipv4.prefixLength ?? 0) / 8, 3)
  let end = octets.dropFirst(shared).joined(separator: ".")
  return "\(seat.adapter.slot): \(shared > 0 ? "." : "")\(end)"
}
