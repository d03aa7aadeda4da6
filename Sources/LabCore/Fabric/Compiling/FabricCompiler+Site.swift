/// What is behind the LAN's routers.
extension FabricCompiler {
  /// The segment behind a router of the site.
  private func siteSegment(of router: SitePlan<Address>.Router) -> Int? {
    segments.firstIndex { $0.kind == .site(router: bits(router.address)) }
  }

  /// Adds the machine behind the first of the routers.
  mutating func addSite() {
    guard !lab.host.siteRoutes.isEmpty else { return }
    for router in site.routers where router.link != nil {
      _ = addSegment(.site(router: bits(router.address)))
    }
    let home = site.routers.first { $0.link != nil }
    guard let home, let link = home.link, let segment = siteSegment(of: home) else {
      return addNode(.site, interfaces: [], routes: [], forwards: false)
    }
    let added = [interface(nodes.count, segment, link.hosts.first, link, isStandIn: true)]
    let outward = FabricRoute(
      prefix: .all, interface: interfaces.count, nextHop: bits(link.hosts.last))
    addNode(.site, interfaces: added, routes: onLinkRoutes(added) + [outward], forwards: false)
  }

  /// Adds the routers that are neither the LAN's own nor VMs.
  mutating func addSiteRouters() {
    guard let standIns, let outward = standIns.router else { return }
    for router in site.routers where !isLANRouter(router) {
      let node = nodes.count
      guard standIns.lan.contains(router.address), let foot = siteFoot(of: router, node: node)
      else { continue }
      let added = [interface(node, lanSegment, router.address, standIns.lan), foot]
      let table =
        onLinkRoutes(added)
        + [FabricRoute(prefix: .all, interface: interfaces.count, nextHop: bits(outward))]
      addNode(.siteRouter, interfaces: added, routes: table, forwards: true)
    }
  }

  func isLANRouter(_ router: SitePlan<Address>.Router) -> Bool {
    router.address == standIns?.router
  }

  /// A router's foot on the link behind it.
  func siteFoot(of router: SitePlan<Address>.Router, node: Int) -> FabricInterface? {
    guard let link = router.link, let segment = siteSegment(of: router) else { return nil }
    return interface(node, segment, link.hosts.last, link, isStandIn: true)
  }

  /// The LAN router's routes to what is behind others.
  func siteRoutes(beside table: [FabricRoute], of added: [FabricInterface]) -> [FabricRoute] {
    staticRoutes(lab.host.siteRoutes, beside: table, of: added).filter { $0.prefix.length > 0 }
  }
}
