internal import LabCore

/// What is behind routers of the LAN.
extension BlueprintDrawing {
  /// Draws a machine behind the first router, and every router that is not there without it; lets
  /// the LAN's router know the ways.
  mutating func drawSite(behind lanRouter: inout BlueprintNode) {
    let routes = lab.host.siteRoutes.compactMap(Address.route)
    guard !routes.isEmpty, standIns.lan != nil else { return }
    var station: BlueprintNode?
    var known: Set<Address> = []
    for route in routes where route.destination.length > 0 {
      lanRouter.routes.append(
        BlueprintRoute(
          destination: Address.ofEitherFamily(route.destination),
          way: .router(route.router.ofEitherFamily, interface: 0)))
      guard known.insert(route.router).inserted, !isMachine(route.router),
        let link = siteLink(in: route.destination)
      else { continue }
      let segment = newSegment()
      drawSiteRouter(route.router, link: link, segment: segment, lanRouter: &lanRouter)
      if station == nil { station = siteMachine(link, segment: segment) }
    }
    _ = add(station ?? BlueprintNode(title: "a site that is nowhere"), as: .site)
  }

  private mutating func drawSiteRouter(
    _ address: Address, link: Prefix<Address>, segment: Int, lanRouter: inout BlueprintNode
  ) {
    let inner = BlueprintInterface(
      name: "site\(segment)", segment: segment,
      addresses: [BlueprintAddress(link.hosts.last, prefixLength: link.length)])
    if address == standIns.lanRouter {
      lanRouter.interfaces.append(inner)
      return
    }
    guard standIns.lan?.contains(address) == true else { return }
    var router = BlueprintNode(title: "the router to the site", forwards: true)
    router.interfaces = [lanInterface(named: "lan", address), inner]
    router.routes = defaultRouteToTheLAN
    _ = add(router)
  }

  private func siteMachine(_ link: Prefix<Address>, segment: Int) -> BlueprintNode {
    var node = BlueprintNode(title: "the site's machine")
    node.interfaces = [
      BlueprintInterface(
        name: "site", segment: segment,
        addresses: [BlueprintAddress(link.hosts.first, prefixLength: link.length)])
    ]
    node.routes = [defaultRoute(via: link.hosts.last, interface: 0)]
    return node
  }

  /// Whether an address of the LAN is a VM's: behind it is the lab, and no site.
  private func isMachine(_ address: Address) -> Bool {
    plan.adapters.joined().contains { Address.assignment($0)?.address == address }
  }

  /// A small part of a prefix of the site in which nothing else is.
  private func siteLink(in whole: Prefix<Address>) -> Prefix<Address>? {
    let length = max(whole.length, Address.usualPrefixLength)
    guard length <= Address.Bits.bitWidth - 2 else { return nil }
    var taken = AddressSet<Address>()
    for prefix in plan.networks.compactMap({ Address.addresses($0)?.prefix }) {
      taken.insert(prefix)
    }
    for engine in blueprint.engines.compactMap({ Address.prefix($0.inside) }) {
      taken.insert(engine)
    }
    for inner in lab.machines.flatMap(\.inside).compactMap({ Address.prefix($0.prefix) }) {
      taken.insert(inner)
    }
    if let lan = standIns.lan { taken.insert(lan) }
    let free = taken.firstFree(in: whole.addresses) ?? whole.network
    let candidate = Prefix(containing: free, length: length)
    return taken.overlaps(candidate) ? Prefix(containing: whole.network, length: length) : candidate
  }
}
