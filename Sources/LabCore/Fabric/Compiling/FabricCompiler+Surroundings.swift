/// The host, and what is around it.
extension FabricCompiler {
  mutating func addHost() {
    let node = nodes.count
    var added: [FabricInterface] = []
    if let standIns, let address = standIns.host {
      var uplink = interface(
        node, lanSegment, address, standIns.lan,
        isStandIn: Address.uplink(lab.host.uplink) == nil)
      uplink.masquerades = lab.host.masquerades
      added.append(uplink)
    }
    for (index, network) in lab.networks.enumerated()
    where network.profile.host.isOnSwitch && lab.switches[index] == index {
      if let addresses = Address.addresses(plan.networks[index]), let address = addresses.host,
        let segment = segmentOfNetwork[index]
      {
        added.append(interface(node, segment, address, addresses.prefix))
      } else if let link = unknownLinks[index], let address = link.host,
        let segment = segmentOfNetwork[index]
      {
        added.append(interface(node, segment, address, link.lan, isStandIn: true))
      }
    }
    added += vlanFeet(of: node, isRouter: false)
    var table = occupiedRoutes(beside: added) + onLinkRoutes(added)
    table += staticRoutes(lab.host.routes, beside: table, of: added)
    if let router = standIns?.router, standIns?.host != nil {
      table.append(FabricRoute(prefix: .all, interface: interfaces.count, nextHop: bits(router)))
    }
    addNode(.host, interfaces: added, routes: table, forwards: lab.host.forwards)
  }

  /// The host's routes that lead away, before those of its own links; a LAN that the document
  /// counts as occupied is the LAN all the same.
  private func occupiedRoutes(beside added: [FabricInterface]) -> [FabricRoute] {
    guard !added.isEmpty else { return [] }
    let lan = standIns.map { FabricPrefix($0.lan) }
    return lab.host.occupied.compactMap(Address.prefix).map { FabricPrefix($0) }
      .filter { $0.length > 0 && $0 != lan }
      .map {
        FabricRoute(prefix: $0, interface: interfaces.count, nextHop: 0, leadsAway: true)
      }
  }

  mutating func addLANPeer() {
    var added: [FabricInterface] = []
    if let standIns, let address = standIns.peer {
      added.append(
        interface(nodes.count, lanSegment, address, standIns.lan, isStandIn: true))
    }
    var table = onLinkRoutes(added)
    if let router = standIns?.router, !added.isEmpty {
      table.append(FabricRoute(prefix: .all, interface: interfaces.count, nextHop: bits(router)))
    }
    addNode(.lanPeer, interfaces: added, routes: table, forwards: false)
  }

  mutating func addInternet() {
    let added = [
      interface(
        nodes.count, internetSegment, internetPrefix.hosts.first, internetPrefix, isStandIn: true)
    ]
    var table = onLinkRoutes(added)
    if let standIns, !Address.isTranslatedByLANRouter {
      table.append(
        FabricRoute(
          prefix: FabricPrefix(standIns.lan), interface: interfaces.count,
          nextHop: bits(internetPrefix.hosts.last)))
      table += announcedPrefixes.map {
        FabricRoute(
          prefix: FabricPrefix($0), interface: interfaces.count,
          nextHop: bits(internetPrefix.hosts.last))
      }
    }
    addNode(.internet, interfaces: added, routes: table, forwards: false)
  }

  mutating func addLANRouter() {
    let node = nodes.count
    var added: [FabricInterface] = []
    if let standIns, let address = standIns.router {
      added.append(
        interface(
          node, lanSegment, address, standIns.lan,
          isStandIn: Address.uplinkGateway(lab.host.uplink) == nil))
    }
    let outside = added.count
    added.append(
      interface(node, internetSegment, internetPrefix.hosts.last, internetPrefix, isStandIn: true))
    for router in site.routers where isLANRouter(router) {
      if let foot = siteFoot(of: router, node: node) { added.append(foot) }
    }
    added += vlanFeet(of: node, isRouter: true)
    var table = onLinkRoutes(added)
    table += siteRoutes(beside: table, of: added)
    if outside > 0 { table += announcedRoutes(by: interfaces.count) }
    table.append(
      FabricRoute(
        prefix: .all, interface: interfaces.count + outside,
        nextHop: bits(internetPrefix.hosts.first)))
    addNode(.lanRouter, interfaces: added, routes: table, forwards: true)
  }
}
