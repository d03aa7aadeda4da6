/// Bars and what joins them.
extension ScenePainter {
  /// Adds a bar of a network.
  ///
  /// - Parameter hangsAbove: whether what is attached to it is above it.
  mutating func addBar(_ network: Int, in area: Scene.Rectangle, hangsAbove: Bool) -> Int {
    let drawn = blocks.networks[network]
    let part = barsOf[network].count
    let text = texts.bar(drawn, isFirst: part == 0)
    let name = lab.networks[drawn.networks[0]].name.text
    bars.append(
      Scene.Bar(
        id: part == 0 ? "network:\(name)" : "network:\(name):\(part + 1)", kind: drawn.kind,
        networks: names(of: drawn), area: area,
        labels: barLabels(text.name, text.detail, in: area, from: area.x),
        lane: hangsAbove ? area.y + 2 : area.bottom - 2))
    barsOf[network].append(bars.count - 1)
    return bars.count - 1
  }

  /// A name, and behind it what it is.
  func barLabels(
    _ name: String, _ detail: String, in area: Scene.Rectangle, from x: Int
  ) -> [Scene.Label] {
    let at = Scene.Point(x + Spacing.padding, area.middle.y + 5)
    let behind = Scene.Point(at.x + textWidth(name, .name) + 8, at.y)
    let labels = [Scene.Label(text: name, style: .name, at: at, isCentred: false)]
    guard !detail.isEmpty else { return labels }
    return labels + [Scene.Label(text: detail, style: .detail, at: behind, isCentred: false)]
  }

  // MARK: Risers

  /// Finds out which networks have bars on several shelves. The first goes farthest out, so that
  /// what joins its bars meets no bar on its first shelf.
  mutating func assignRisers() {
    var joined: [Int] = []
    for shelf in plan.shelves.dropFirst() { joined += shelf.networks }
    for shelf in plan.shelves {
      for (piece, _) in shelf.pieces {
        joined += piece.bars.filter(\.isJoined).map(\.network)
      }
    }
    let wanted = Set(joined)
    let inside = blocks.networks.indices.filter { blocks.networks[$0].isInside }
    let order = (plan.shared + inside).filter(wanted.contains)
    for (index, network) in order.enumerated() {
      risers[network] = contentRight + Spacing.gap / 2 + Spacing.riser * (order.count - index)
    }
  }

  /// The right edge of everything.
  var right: Int {
    max(
      stripRight,
      risers.isEmpty
        ? contentRight : contentRight + Spacing.gap / 2 + Spacing.riser * (risers.count + 1))
  }

  /// Joins each network's bars, from the first to the last.
  mutating func paintRisers() {
    for network in blocks.networks.indices {
      guard let x = risers[network] else { continue }
      for (upper, lower) in zip(barsOf[network], barsOf[network].dropFirst()) {
        addLine(
          .riser,
          Joint(
            from: .bar(upper), to: .bar(lower), network: network,
            points: [Scene.Point(x, bars[upper].lane), Scene.Point(x, bars[lower].lane)]))
      }
    }
  }

  /// From a left edge to the right end of a network's bars.
  func barArea(_ network: Int, left: Int, right: Int) -> Scene.Rectangle {
    let end = risers[network].map { $0 + 2 } ?? right
    return Scene.Rectangle(x: left, y: y, width: end - left, height: Spacing.barHeight)
  }
}
