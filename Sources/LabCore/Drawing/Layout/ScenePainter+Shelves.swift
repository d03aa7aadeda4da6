/// Shelves: bars above, blocks, bars below.
extension ScenePainter {
  mutating func paint(_ index: Int, _ shelf: Shelf) throws(BudgetExhausted) {
    let isFirst = index == 0
    if isFirst {
      y += plan.shared.isEmpty ? Spacing.hanger : 0
    } else {
      y += Spacing.shelf
      for network in shelf.networks {
        try budget.spend()
        _ = addBar(
          network, in: barArea(network, left: content, right: contentRight), hangsAbove: false)
        y += Spacing.barPitch
      }
      if !shelf.networks.isEmpty { y -= Spacing.barPitch - Spacing.barHeight }
    }
    let hangs = !shelf.networks.isEmpty
    let routers = shelf.hasRouters ? Spacing.smallBox + Spacing.padding : 0
    if hangs || isFirst {
      y += Spacing.hanger + Spacing.line * max(shelf.linesAbove, 1) + routers
    }
    for (piece, x) in shelf.pieces {
      for place in piece.places {
        try budget.spend(1 + blocks.blocks[place.block].machines.count)
        paint(place.block, at: Scene.Point(content + x + place.x, y))
      }
    }
    y += shelf.height
    if shelf.rows > 0 {
      y += Spacing.hanger + Spacing.line * shelf.linesBelow
      try paintBars(below: shelf)
      y += shelf.rows * Spacing.barPitch - (Spacing.barPitch - Spacing.barHeight)
    }
    leaveRoomForCables(below: index)
  }

  private mutating func paintBars(below shelf: Shelf) throws(BudgetExhausted) {
    for (piece, x) in shelf.pieces {
      var barOf: [Int: Int] = [:]
      for bar in piece.bars {
        try budget.spend()
        let left = content + x + bar.left
        let right = risers[bar.network].map { $0 + 2 } ?? content + x + bar.right
        let area = Scene.Rectangle(
          x: left, y: y + bar.row * Spacing.barPitch, width: right - left,
          height: Spacing.barHeight)
        barOf[bar.network] = addBar(bar.network, in: area, hangsAbove: true)
      }
      for place in piece.places {
        for slot in plan.shapes[place.block].bottom {
          try budget.spend()
          guard let bar = barOf[slot.end.network] else { continue }
          hang(slot, of: place.block, below: content + x + place.x, bar)
        }
      }
    }
  }

  /// A hanger that goes down.
  private mutating func hang(_ slot: BlockShape.Slot, of block: Int, below left: Int, _ bar: Int) {
    let part = part(of: block)
    let x = left + slot.x
    let top = area(of: part).bottom
    addLine(
      .hanger,
      Joint(
        from: part, to: .bar(bar), network: slot.end.network,
        points: [Scene.Point(x, top), Scene.Point(x, bars[bar].lane)]),
      labels: labels(
        slot.labels, rightOf: x,
        endingAt: top + 2 + Spacing.line * max(slot.labels.count, 1)),
      isUnplugged: !slot.end.isPlugged)
  }

  /// The box, or the frame, that a block is.
  func part(of block: Int) -> Joint.Part {
    let box = boxOf[blocks.blocks[block].machines[0]]
    return boxes[box].frame.map { .frame($0) } ?? .box(box)
  }

  func area(of part: Joint.Part) -> Scene.Rectangle {
    switch part {
    case .box(let box): boxes[box].area
    case .frame(let frame): frames[frame].area
    case .bar(let bar): bars[bar].area
    }
  }
}
