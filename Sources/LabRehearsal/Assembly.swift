internal import LabCore

/// A blueprint built in the kernel: its namespaces, which live as long as this does.
final class Assembly {
  /// As in `Blueprint.nodes`.
  let namespaces: [NetworkNamespace]
  private let blueprint: Blueprint
  private let family: AddressFamily
  /// Holds the switches.
  private let fabric: NetworkNamespace
  /// The kernel's numbers of the switches' ports.
  private var plugs: [Int32] = []

  /// Builds all of it. The calling thread ends up in one of the namespaces.
  init(
    _ blueprint: Blueprint, family: AddressFamily, progress: (_ built: Int) -> Void
  ) throws(RehearsalError) {
    self.blueprint = blueprint
    self.family = family
    fabric = try NetworkNamespace(title: "the switches", settings: KernelSettings(family: nil))
    var namespaces: [NetworkNamespace] = []
    let routers = Set(blueprint.engines.map(\.node))
    for (index, node) in blueprint.nodes.enumerated() {
      namespaces.append(
        try NetworkNamespace(
          title: node.title,
          settings: KernelSettings(
            family: family, forwards: node.forwards, isTransparent: routers.contains(index))))
      progress(namespaces.count)
    }
    self.namespaces = namespaces
    try layCables()
    for node in blueprint.nodes.indices { try configure(node) }
    try waitUntilUp()
  }

  /// Makes every machine forget the hardware addresses it has learnt. The kernel keeps those of
  /// all namespaces in one table of limited size.
  func forgetNeighbours() {
    for (node, namespace) in zip(blueprint.nodes, namespaces) {
      namespace.configureWherePossible(
        node.interfaces.indices.flatMap { LinkRequests.forgetNeighbours(Self.number(of: $0)) })
    }
  }

  /// The kernel's number of an interface, from its index in the node.
  private static func number(of interface: Int) -> Int32 { Int32(100 + interface) }

  private func layCables() throws(RehearsalError) {
    var ports: [[(node: Int, interface: Int)]] = Array(
      repeating: [], count: blueprint.segmentCount)
    for (node, description) in blueprint.nodes.enumerated() {
      for (interface, details) in description.interfaces.enumerated() {
        ports[details.segment].append((node, interface))
      }
    }
    let trunked = Set(blueprint.trunks.flatMap { [$0.segment, $0.apart] })
    for (segment, ports) in ports.enumerated() {
      // Two machines on one cable hear each other just as through a switch.
      if ports.count == 2, !trunked.contains(segment) {
        try namespaces[ports[0].node].configure([
          LinkRequests.cable(end(ports[0]), end(ports[1]))
        ])
        continue
      }
      let bridge = Int32(100 + segment)
      try fabric.configure([LinkRequests.bridge(index: bridge, name: "switch\(segment)")])
      for port in ports {
        let plugNumber = Int32(100_000 + plugs.count)
        plugs.append(plugNumber)
        let plug = CableEnd(
          namespace: fabric, index: plugNumber, name: "port\(plugNumber)", mac: nil)
        try namespaces[port.node].configure([LinkRequests.cable(end(port), plug)])
        let isKeptApart = blueprint.nodes[port.node].interfaces[port.interface].isKeptApart
        try fabric.configure(
          [LinkRequests.plug(plugNumber, into: bridge)]
            + (isKeptApart ? [LinkRequests.keepApart(plugNumber)] : []))
      }
    }
    for trunk in blueprint.trunks { try lay(trunk) }
  }

  private func lay(_ trunk: BlueprintTrunk) throws(RehearsalError) {
    let numbers = [Int32(100_000 + plugs.count), Int32(100_001 + plugs.count)]
    plugs += numbers
    let ends = numbers.map {
      CableEnd(namespace: fabric, index: $0, name: "trunk\($0)", mac: nil)
    }
    try fabric.configure([
      LinkRequests.cable(ends[0], ends[1]),
      LinkRequests.plug(numbers[0], into: Int32(100 + trunk.segment)),
      LinkRequests.plug(numbers[1], into: Int32(100 + trunk.apart)),
      LinkRequests.keepApart(numbers[1]),
    ])
  }

  private func end(_ port: (node: Int, interface: Int)) -> CableEnd {
    let interface = blueprint.nodes[port.node].interfaces[port.interface]
    return CableEnd(
      namespace: namespaces[port.node], index: Self.number(of: port.interface),
      name: interface.name, mac: interface.mac)
  }

  private func waitUntilUp() throws(RehearsalError) {
    for (node, namespace) in zip(blueprint.nodes, namespaces) {
      try namespace.waitUntilUp(node.interfaces.indices.map(Self.number))
    }
    try fabric.waitUntilUp(plugs)
  }

  private func configure(_ node: Int) throws(RehearsalError) {
    let description = blueprint.nodes[node]
    var requests: [NetlinkMessage] = []
    for (index, interface) in description.interfaces.enumerated() {
      requests.append(LinkRequests.switchOn(Self.number(of: index)))
      for address in interface.addresses {
        requests.append(
          RouteRequests.address(
            address.address, prefixLength: address.prefixLength, interface: Self.number(of: index),
            hasRoute: !address.lacksRoute))
      }
    }
    try namespaces[node].configure(requests)
    namespaces[node].configureWherePossible(
      description.routes.map { route in
        RouteRequests.route(to: route.destination, nextHop(route.way))
      })
    try setFilter(node)
  }

  private func setFilter(_ node: Int) throws(RehearsalError) {
    switch blueprint.nodes[node].filter {
    case .none where blueprint.nodes[node].rules.isEmpty: return
    case .none:
      try namespaces[node].filter(PacketFilter.rules(blueprint.nodes[node].rules, family: family))
    case .homeRouter(let outside):
      try namespaces[node].filter(
        PacketFilter.homeRouter(
          outside: outside, letting: blueprint.nodes[node].rules.redirections, family: family))
    case .deadEnd: try namespaces[node].filter(PacketFilter.deadEnd(family))
    }
  }

  private func nextHop(_ way: BlueprintRoute.Way) -> NextHop {
    switch way {
    case .router(let address, let interface):
      .router(address, interface: interface.map(Self.number))
    case .onLink(let interface): .onLink(interface: Self.number(of: interface))
    case .away: .away
    }
  }
}
