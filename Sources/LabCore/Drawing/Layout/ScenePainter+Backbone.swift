/// The first bars of the networks that lead to the host or the LAN, a row each.
extension ScenePainter {
  mutating func paintBackbone() throws(BudgetExhausted) {
    // Added last by the strip.
    let lan = bars.count - 1
    let host = boxes.firstIndex { $0.kind == .host } ?? 0
    for network in plan.shared {
      try budget.spend()
      let bar = addBar(
        network, in: barArea(network, left: content, right: contentRight), hangsAbove: false)
      switch blocks.networks[network].kind {
      case .lan: joinToLAN(bar, network, lan)
      case .shared: addRouter(of: network, to: bar, host)
      case .host, .alone, .inside: addFoot(on: network, bar, host)
      }
      y += Spacing.barPitch
    }
    if !plan.shared.isEmpty { y -= Spacing.barPitch - Spacing.barHeight }
  }

  /// A bridged network is the LAN: a line from the one bar to the other.
  private mutating func joinToLAN(_ bar: Int, _ network: Int, _ lan: Int) {
    let x = content - Spacing.gap / 2
    let middle = bars[bar].area.middle.y
    let points = [
      Scene.Point(x, bars[lan].lane), Scene.Point(x, middle), Scene.Point(content, middle),
    ]
    // Ways go on at the lane of the bar.
    let way =
      points.dropLast() + [
        Scene.Point(content + 4, middle), Scene.Point(content + 4, bars[bar].lane),
      ]
    addLine(
      .link, Joint(from: .bar(lan), to: .bar(bar), network: network, points: Array(way)),
      shownAs: points)
  }

  private mutating func addRouter(of network: Int, to bar: Int, _ host: Int) {
    let drawn = blocks.networks[network]
    let name = lab.networks[drawn.networks[0]].name.text
    let x = Spacing.margin + Spacing.gap
    let router = addRouter(
      "router:\(name)", node: "router:\(name)", Self.routerText(drawn, texts),
      in: Scene.Rectangle(
        x: x, y: y, width: columnWidth - Spacing.gap, height: Spacing.barHeight))
    let middle = boxes[router].area.middle.y
    let trunk = Spacing.margin + Spacing.padding
    addLine(
      .link,
      Joint(
        from: .box(host), to: .box(router), network: network,
        points: [
          Scene.Point(trunk, boxes[host].area.bottom), Scene.Point(trunk, middle),
          Scene.Point(x, middle),
        ]))
    let edge = boxes[router].area.right
    addLine(
      .link,
      Joint(
        from: .box(router), to: .bar(bar), network: network,
        points: [
          Scene.Point(edge, middle), Scene.Point(content + 4, middle),
          Scene.Point(content + 4, bars[bar].lane),
        ]),
      shownAs: [Scene.Point(edge, middle), Scene.Point(content, middle)])
  }

  /// The host's own foot on a network, or the way from it to the routers of NAT.
  private mutating func addFoot(on network: Int, _ bar: Int, _ host: Int) {
    let drawn = blocks.networks[network]
    let middle = bars[bar].area.middle.y
    let trunk = Spacing.margin + Spacing.padding
    let points = [
      Scene.Point(trunk, boxes[host].area.bottom), Scene.Point(trunk, middle),
      Scene.Point(content, middle),
    ]
    let way =
      points.dropLast() + [
        Scene.Point(content + 4, middle), Scene.Point(content + 4, bars[bar].lane),
      ]
    let plan = drawn.networks.first.map { texts.addresses.networks[$0] }
    let address = plan?.ipv4?.host.map { "\($0)" } ?? plan?.ipv6?.host.map { "\($0)" }
    let text = drawn.kind == .host ? address : nil
    let labels = text.map {
      [
        Scene.Label(
          text: $0, style: .address, at: Scene.Point(trunk + Spacing.padding, middle - 5),
          isCentred: false)
      ]
    }
    // A host that the document takes off the network has no foot there.
    guard drawn.kind != .host || address != nil else { return }
    addLine(
      .link, Joint(from: .box(host), to: .bar(bar), network: network, points: Array(way)),
      shownAs: points, labels: labels ?? [])
  }
}
