/// VMs, with the hangers above them.
extension ScenePainter {
  mutating func paint(_ block: Int, at corner: Scene.Point) {
    let shape = plan.shapes[block]
    let area = Scene.Rectangle(
      x: corner.x, y: corner.y, width: shape.width, height: shape.height)
    if let cells = shape.cells {
      addGroup(blocks.blocks[block], cells, in: area)
    } else {
      addMachine(blocks.blocks[block].machines[0], in: area)
    }
    let part = part(of: block)
    for slot in shape.top {
      guard let bar = barsOf[slot.end.network].last else { continue }
      if slot.router == nil {
        hang(slot, from: part, at: corner, bar)
      } else {
        hangByRouter(slot, of: block, from: part, at: corner, bar)
      }
    }
  }

  private mutating func addMachine(_ machine: Int, in area: Scene.Rectangle, frame: Int? = nil) {
    let name = texts.name(of: machine)
    let details =
      frame == nil ? texts.details(of: machine) : texts.cellDetails(of: machine)
    boxOf[machine] = addBox(
      "vm:\(name)", .vm, node: name, name, details, in: area,
      isGateway: lab.machines[machine].isGateway, frame: frame)
  }

  private mutating func addGroup(
    _ block: Block, _ cells: BlockShape.Cells, in area: Scene.Rectangle
  ) {
    frames.append(
      Scene.Frame(
        id: "group:\(texts.name(of: block.machines[0]))", count: block.machines.count, area: area))
    for (index, machine) in block.machines.enumerated() {
      addMachine(machine, in: cells.area(index, in: area), frame: frames.count - 1)
    }
  }

  /// A hanger that goes up.
  private mutating func hang(
    _ slot: BlockShape.Slot, from part: Joint.Part, at corner: Scene.Point, _ bar: Int
  ) {
    let x = corner.x + slot.x
    addLine(
      .hanger,
      Joint(
        from: part, to: .bar(bar), network: slot.end.network,
        points: [Scene.Point(x, corner.y), Scene.Point(x, bars[bar].lane)]),
      labels: labels(slot.labels, rightOf: x, endingAt: corner.y - 6),
      isUnplugged: !slot.end.isPlugged)
  }

  /// A hanger of NAT, with the adapter's own router on it.
  private mutating func hangByRouter(
    _ slot: BlockShape.Slot, of block: Int, from part: Joint.Part, at corner: Scene.Point,
    _ bar: Int
  ) {
    let x = corner.x + slot.x
    let machine = blocks.blocks[block].machines[0]
    let network = lab.networks[blocks.networks[slot.end.network].owner].name.text
    let number = slot.end.adapter.map { lab.machines[machine].adapters[$0.adapter].slot }
    let width = slot.router ?? 0
    let bottom = corner.y - 6 - Spacing.line * max(slot.labels.count, 1)
    let router = addRouter(
      "router:\(network):\(texts.name(of: machine))" + (number.map { ":\($0)" } ?? ""),
      node: "router:\(network)",
      BlockMeasure(texts: texts, blocks: blocks)
        .routerText(of: blocks.blocks[block], on: slot.end.network),
      in: Scene.Rectangle(
        x: x - width / 2, y: bottom - Spacing.smallBox, width: width, height: Spacing.smallBox))
    let area = boxes[router].area
    addLine(
      .hanger,
      Joint(
        from: part, to: .box(router), network: slot.end.network,
        points: [Scene.Point(x, corner.y), Scene.Point(x, area.bottom)]),
      labels: labels(slot.labels, rightOf: x, endingAt: corner.y - 6),
      isUnplugged: !slot.end.isPlugged)
    addLine(
      .hanger,
      Joint(
        from: .box(router), to: .bar(bar), network: slot.end.network,
        points: [Scene.Point(x, area.y), Scene.Point(x, bars[bar].lane)]))
  }
}
