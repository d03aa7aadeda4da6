/// What is around a lab: the internet, the LAN, the host, and the routers of networks.
extension ScenePainter {
  /// The width of the column of the host and the routers.
  static func columnWidth(_ texts: MachineTexts, _ plan: ShelfPlan) -> Int {
    let (name, details) = hostTexts(of: texts.lab)
    var width = textWidth(name, .name)
    for detail in details { width = max(width, textWidth(detail, .detail)) }
    for network in plan.shared where plan.blocks.networks[network].hasRouter {
      let text = routerText(plan.blocks.networks[network], texts)
      width = max(width, textWidth(text, .detail) + Spacing.gap - Spacing.padding)
    }
    return max(width + 2 * Spacing.padding, 132)
  }

  private static func hostTexts(of lab: Lab) -> (name: String, details: [String]) {
    let host = lab.host
    var roles: [String] = []
    if host.forwards { roles.append("routes") }
    if host.masquerades { roles.append("translates") }
    let network = host.uplink.kind == .wireless ? ["Wi-Fi"] : []
    let details = [host.operatingSystem.rawValue] + network + roles
    return (
      host.name.map { "host · \($0)" } ?? "host", [details.joined(separator: " · ")]
    )
  }

  static func routerText(_ network: DrawnNetwork, _ texts: MachineTexts) -> String {
    let plan = texts.addresses.networks[network.owner]
    let gateway = plan.ipv4?.gateway.map { "\($0)" } ?? plan.ipv6?.gateway.map { "\($0)" }
    return (["NAT router"] + (gateway.map { [$0] } ?? [])).joined(separator: " · ")
  }

  mutating func paintStrip() {
    let uplink = lab.host.uplink
    let width = max(contentRight - Spacing.margin, 0)
    let internet = Scene.Rectangle(x: Spacing.margin, y: y, width: width, height: 28)
    let internetBox = addInternet(in: internet)
    y = internet.bottom + Spacing.hanger + Spacing.line
    let router = addBox(
      "router:lan", .router, node: "router:lan", "LAN router", [],
      in: Scene.Rectangle(x: Spacing.margin, y: y, width: columnWidth, height: Spacing.boxHeight))
    let site = paintSite(besides: router)
    y += Spacing.boxHeight + Spacing.hanger + Spacing.line
    let lan = addLANBar(width: width)
    join(
      router, lan,
      address: uplink.gateway.map { "\($0)" } ?? uplink.gateway6.map { "\($0)" })
    if let site { join(site, lan, address: nil) }
    if lab.host.hasInternet {
      let points = [
        Scene.Point(trunk, internet.bottom), Scene.Point(trunk, boxes[router].area.y),
      ]
      addLine(
        .link,
        Joint(from: .box(internetBox), to: .box(router), network: nil, points: points))
    }
    y = bars[lan].area.bottom + Spacing.hanger + Spacing.line
    paintStations(on: lan)
  }

  private mutating func addInternet(in area: Scene.Rectangle) -> Int {
    let detail = lab.host.hasInternet ? "" : "not connected"
    boxes.append(
      Scene.Box(
        id: "internet", kind: .internet, node: "internet", isGateway: false, frame: nil,
        area: area, labels: barLabels("internet", detail, in: area, from: content)))
    return boxes.count - 1
  }

  private mutating func addLANBar(width: Int) -> Int {
    let area = Scene.Rectangle(
      x: Spacing.margin, y: y, width: width, height: Spacing.barHeight)
    let uplink = lab.host.uplink
    let prefixes = [uplink.ipv4.map { "\($0.prefix)" }, uplink.ipv6.map { "\($0.prefix)" }]
    var details = prefixes.compactMap { $0 }
    if uplink.clientIsolation == true { details.append("keeps its clients apart") }
    bars.append(
      Scene.Bar(
        id: "lan-bar", kind: .lan, networks: [], area: area,
        labels: barLabels("LAN", details.joined(separator: " · "), in: area, from: content),
        lane: area.bottom - 2))
    return bars.count - 1
  }

  /// Hangs a box above the LAN's bar on it.
  private mutating func join(_ box: Int, _ lan: Int, address: String?) {
    let x = boxes[box].area.x + Spacing.padding
    let points = [
      Scene.Point(x, boxes[box].area.bottom), Scene.Point(x, bars[lan].lane),
    ]
    addLine(
      .link, Joint(from: .box(box), to: .bar(lan), network: nil, points: points),
      labels: labels(
        address.map { [$0] } ?? [], rightOf: x, endingAt: bars[lan].area.y - 6))
  }

  /// The machine behind the LAN's routers, and the box by which it hangs on the LAN, where that is
  /// not the LAN's own router.
  private mutating func paintSite(besides lanRouter: Int) -> Int? {
    let routes = lab.host.siteRoutes
    guard !routes.isEmpty else { return nil }
    let targets = routes.map { route -> String in
      switch route {
      case .ipv4(let prefix, _): "\(prefix)"
      case .ipv6(let prefix, _): "\(prefix)"
      }
    }
    let more = targets.count > 2 ? ["and \(targets.count - 2) more"] : []
    let text = (targets.prefix(2) + more).joined(separator: ", ")
    let site = addBox(
      "site", .site, node: siteName, siteName, [text],
      in: Scene.Rectangle(
        x: content, y: y, width: max(textWidth(text, .detail) + 2 * Spacing.padding, 96),
        height: Spacing.boxHeight))
    let area = boxes[site].area
    stripRight = max(stripRight, area.right)
    if routes.contains(where: leadsThroughLANRouter) { link(lanRouter, site) }
    guard !routes.allSatisfy(leadsThroughLANRouter) else { return nil }
    let router = addBox(
      "router:site", .router, node: "router:site", "site router", [],
      in: Scene.Rectangle(
        x: area.right + Spacing.gap, y: y, width: 108, height: Spacing.boxHeight))
    link(site, router)
    stripRight = max(stripRight, boxes[router].area.right)
    return router
  }

  private func leadsThroughLANRouter(_ route: Route) -> Bool {
    switch route {
    case .ipv4(_, let router): router == lab.host.uplink.gateway
    case .ipv6(_, let router): router == lab.host.uplink.gateway6
    }
  }

  /// Joins two boxes side by side.
  private mutating func link(_ left: Int, _ right: Int) {
    let points = [
      Scene.Point(boxes[left].area.right, boxes[left].area.middle.y),
      Scene.Point(boxes[right].area.x, boxes[right].area.middle.y),
    ]
    addLine(
      .link, Joint(from: .box(left), to: .box(right), network: nil, points: points))
  }

  /// The host and a LAN machine.
  private mutating func paintStations(on lan: Int) {
    let (name, details) = Self.hostTexts(of: lab)
    let host = addBox(
      "host", .host, node: "host", name, details,
      in: Scene.Rectangle(x: Spacing.margin, y: y, width: columnWidth, height: Spacing.boxHeight),
      isGateway: lab.host.forwards)
    let peer = addBox(
      "lan", .lan, node: "lan", "LAN machine", [],
      in: Scene.Rectangle(x: content, y: y, width: 120, height: Spacing.boxHeight))
    let uplink = lab.host.uplink
    let address = uplink.ipv4.map { "\($0.address)" } ?? uplink.ipv6.map { "\($0.address)" }
    for (box, address) in [(host, address), (peer, nil)] {
      let x = boxes[box].area.x + Spacing.padding
      let points = [Scene.Point(x, boxes[box].area.y), Scene.Point(x, bars[lan].lane)]
      addLine(
        .link, Joint(from: .box(box), to: .bar(lan), network: nil, points: points),
        labels: labels(address.map { [$0] } ?? [], rightOf: x, endingAt: y - 6))
    }
    y += Spacing.boxHeight + Spacing.hanger
  }
}
