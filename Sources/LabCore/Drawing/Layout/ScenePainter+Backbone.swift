/// The first bars of the networks that lead to the host or the LAN, a row each.
extension ScenePainter {
  /// The x at which the host's lines run down.
  var trunk: Int { Spacing.margin + Spacing.padding }

  mutating func paintBackbone() throws(BudgetExhausted) {
    // Added last by the strip.
    let lan = bars.count - 1
    let host = boxes.firstIndex { $0.kind == .host } ?? 0
    for network in plan.shared {
      try budget.spend()
      let bar = addBar(
        network, in: barArea(network, left: content, right: contentRight), hangsAbove: false)
      let drawn = blocks.networks[network]
      switch (drawn.kind, drawn.vlan) {
      case (.lan, let vlan?): join(bar, network, toVLAN: vlan, host)
      case (.lan, nil): joinToLAN(bar, network, lan)
      case (.shared, _) where drawn.hasRouter:
        addRouter(of: network, to: bar, host)
        addFootBelowRouter(on: network, bar, host)
      case (.shared, _), (.host, _): addFoot(on: network, bar, host)
      case (.alone, _), (.inside, _): link(host, to: bar, network, address: nil)
      }
      y += Spacing.barPitch
    }
    if !plan.shared.isEmpty { y -= Spacing.barPitch - Spacing.barHeight }
  }

  /// Draws a line to the left end of a bar. A way goes on from there at the bar's lane.
  private mutating func link(
    _ from: Joint.Part, to bar: Int, _ network: Int, by corners: [Scene.Point],
    labels: [Scene.Label] = []
  ) {
    guard let last = corners.last else { return }
    let inside = content + 4
    addLine(
      .link,
      Joint(
        from: from, to: .bar(bar), network: network,
        points: corners + [Scene.Point(inside, last.y), Scene.Point(inside, bars[bar].lane)]),
      shownAs: corners + [Scene.Point(content, last.y)], labels: labels)
  }

  // MARK: The LAN

  /// A bridged network is the LAN: a line from the one bar to the other.
  private mutating func joinToLAN(_ bar: Int, _ network: Int, _ lan: Int) {
    let x = content - Spacing.gap / 2
    link(
      .bar(lan), to: bar, network,
      by: [Scene.Point(x, bars[lan].lane), Scene.Point(x, bars[bar].area.middle.y)])
  }

  /// A VLAN of the LAN has nothing in common with it but the router, and that only where the
  /// document names the VLAN.
  private mutating func join(_ bar: Int, _ network: Int, toVLAN number: Int, _ host: Int) {
    guard let vlan = lab.host.uplink.vlan(number) else { return }
    if let router = boxes.firstIndex(where: { $0.id == "router:lan" }) {
      let area = boxes[router].area
      let x = content - Spacing.gap * 3 / 4
      let y = bars[bar].area.middle.y - 6
      link(
        .box(router), to: bar, network,
        by: [
          Scene.Point(area.right, area.bottom - 8), Scene.Point(x, area.bottom - 8),
          Scene.Point(x, y),
        ])
    }
    if let address = vlan.hostAddress { link(host, to: bar, network, address: "\(address)") }
  }

  // MARK: The host

  private mutating func addRouter(of network: Int, to bar: Int, _ host: Int) {
    let drawn = blocks.networks[network]
    let name = lab.networks[drawn.owner].name.text
    let x = Spacing.margin + Spacing.gap
    let router = addRouter(
      "router:\(name)", node: "router:\(name)", Self.routerText(drawn, texts),
      in: Scene.Rectangle(
        x: x, y: y, width: columnWidth - Spacing.gap, height: Spacing.barHeight))
    let middle = boxes[router].area.middle.y
    addLine(
      .link,
      Joint(
        from: .box(host), to: .box(router), network: network,
        points: [
          Scene.Point(trunk, boxes[host].area.bottom), Scene.Point(trunk, middle),
          Scene.Point(x, middle),
        ]))
    link(.box(router), to: bar, network, by: [Scene.Point(boxes[router].area.right, middle)])
  }

  /// The host's own foot on a network.
  private mutating func addFoot(on network: Int, _ bar: Int, _ host: Int) {
    let owner = blocks.networks[network].owner
    let address = texts.hostAddress(on: owner)
    // A host that the document takes off the network has no foot there.
    guard address != nil || lab.networks[owner].profile.prefixes.isUnknown else { return }
    link(host, to: bar, network, address: address)
  }

  /// The host's own foot on a network whose router is another program: below the router.
  private mutating func addFootBelowRouter(on network: Int, _ bar: Int, _ host: Int) {
    let owner = blocks.networks[network].owner
    guard texts.hostAddress(on: owner) != nil else { return }
    let below = bars[bar].area.bottom + 5
    let corners = [
      Scene.Point(trunk, boxes[host].area.bottom), Scene.Point(trunk, below),
      Scene.Point(content + 4, below), Scene.Point(content + 4, bars[bar].lane),
    ]
    addLine(
      .link, Joint(from: .box(host), to: .bar(bar), network: network, points: corners))
  }

  private mutating func link(_ host: Int, to bar: Int, _ network: Int, address: String?) {
    let y = bars[bar].area.middle.y
    let labels = address.map {
      [
        Scene.Label(
          text: $0, style: .address, at: Scene.Point(trunk + Spacing.padding, y - 5),
          isCentred: false)
      ]
    }
    link(
      .box(host), to: bar, network,
      by: [Scene.Point(trunk, boxes[host].area.bottom), Scene.Point(trunk, y)],
      labels: labels ?? [])
  }
}
