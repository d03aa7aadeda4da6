/// How big a block is, and where its hangers meet it.
struct BlockShape {
  let width: Int
  let height: Int
  /// Hangers that come from above, from the left.
  let top: [Slot]
  /// Hangers that go down.
  let bottom: [Slot]
  /// The x of the first port of a cable that goes up, and of one that goes down.
  let upPort: Int
  let downPort: Int
  /// Of a group: its columns, and the extent of a cell.
  let cells: Cells?

  /// A hanger's end.
  struct Slot {
    let end: Block.End
    /// From the block's left edge.
    let x: Int
    let labels: [String]
    /// How wide the router on the hanger is; nil where there is none.
    let router: Int?
  }

  struct Cells {
    let columns: Int
    let width: Int
    let height: Int
    static let gap = Spacing.padding

    func area(_ index: Int, in frame: Scene.Rectangle) -> Scene.Rectangle {
      Scene.Rectangle(
        x: frame.x + Spacing.padding + index % columns * (width + Self.gap),
        y: frame.y + Spacing.padding + index / columns * (height + Self.gap),
        width: width, height: height)
    }
  }
}

/// Which of a block's networks go where.
struct BlockEnds {
  var top: [Block.End] = []
  var bottom: [Block.End] = []
  var cablesUp = 0
  var cablesDown = 0
}

/// Measures blocks.
struct BlockMeasure {
  let texts: MachineTexts
  let blocks: Blocks

  func shape(of block: Block, _ ends: BlockEnds) -> BlockShape {
    let (top, topWidth) = slots(of: ends.top, block)
    let (bottom, bottomWidth) = slots(of: ends.bottom, block)
    let up = topWidth + ends.cablesUp * Spacing.port
    let down = bottomWidth + ends.cablesDown * Spacing.port
    let body = block.isGroup ? cells(of: block) : nil
    var width = max(up, down) + Spacing.padding
    var height = Spacing.boxHeight
    if let body {
      let rows = (block.machines.count + body.columns - 1) / body.columns
      width = max(
        width,
        2 * Spacing.padding - BlockShape.Cells.gap
          + body.columns * (body.width + BlockShape.Cells.gap))
      height =
        2 * Spacing.padding - BlockShape.Cells.gap + rows * (body.height + BlockShape.Cells.gap)
    } else {
      for machine in block.machines {
        width = max(width, self.width(of: machine, texts.details(of: machine)))
      }
    }
    return BlockShape(
      width: width, height: height, top: top, bottom: bottom, upPort: topWidth,
      downPort: bottomWidth, cells: body)
  }

  private func width(of machine: Int, _ details: [String]) -> Int {
    let sign = texts.lab.machines[machine].isGateway ? Spacing.gap : 0
    let name = textWidth(texts.name(of: machine), .name) + sign
    let widest = details.reduce(name) { max($0, textWidth($1, .detail)) }
    return max(96, widest + 2 * Spacing.padding)
  }

  private func cells(of block: Block) -> BlockShape.Cells {
    let lines = block.machines.map { texts.cellDetails(of: $0) }
    let width = zip(block.machines, lines).map { self.width(of: $0, $1) }.max() ?? 0
    let height = Spacing.boxHeight + Spacing.line * ((lines.map(\.count).max() ?? 1) - 1)
    // About twice as wide as high.
    let ratio = 3 * block.machines.count * (height + BlockShape.Cells.gap)
    let columns = squareRoot(ratio / (width + BlockShape.Cells.gap))
    return BlockShape.Cells(
      columns: min(max(columns, 1), block.machines.count), width: width, height: height)
  }

  private func slots(of ends: [Block.End], _ block: Block) -> ([BlockShape.Slot], width: Int) {
    var slots: [BlockShape.Slot] = []
    var x = Spacing.padding
    for end in ends {
      let labels = end.adapter.map { texts.addresses(of: $0) } ?? []
      let isAlone = blocks.networks[end.network].kind == .alone
      let text = routerText(of: block, on: end.network)
      let router = isAlone ? textWidth(text, .detail) + Spacing.padding : nil
      let before = router.map { max(0, $0 / 2 - 4) } ?? 0
      slots.append(
        BlockShape.Slot(end: end, x: x + before, labels: labels, router: router))
      let label = labels.map { textWidth($0, .address) + 8 }.max() ?? 0
      x += before + max(label, router.map { $0 / 2 } ?? 0, 8) + 8
    }
    return (slots, x)
  }

  /// What stands on the router of a NAT, or on what stands for those of a group.
  func routerText(of block: Block, on network: Int) -> String {
    guard block.isGroup else { return "NAT" }
    let count = block.machines.reduce(0) { count, machine in
      count
        + texts.lab.machines[machine].adapters.count {
          $0.network.map(blocks.networks[network].networks.contains) ?? false
        }
    }
    return "NAT × \(count)"
  }
}

/// The largest whole number whose square is not larger.
func squareRoot(_ number: Int) -> Int {
  guard number > 0 else { return 0 }
  var root = number
  var next = (root + 1) / 2
  while next < root {
    root = next
    next = (root + number / root) / 2
  }
  return root
}
