/// Pieces of zones side by side, below the bars of the networks that they share.
struct Shelf {
  var pieces: [(piece: Piece, x: Int)] = []
  var width = 0
  /// The networks that hang above it, in the order of their bars.
  var networks: [Int] = []
  /// How many lines stand at the hangers above and below the boxes.
  var linesAbove = 0
  var linesBelow = 0
  var hasRouters = false
  /// How high the blocks are.
  var height = 0
  /// How many rows of bars lie under them.
  var rows = 0
}

/// A lab's blocks on shelves.
struct ShelfPlan {
  let blocks: Blocks
  let shapes: [BlockShape]
  /// The networks with a bar below the host: those of the LAN first, then those of its VLANs,
  /// otherwise in document order.
  let shared: [Int]
  /// By network: its place in `shared`.
  private let ranks: [Int]
  var shelves: [Shelf] = []
  /// How wide the widest shelf is.
  var width = 0

  init(_ texts: MachineTexts, budget: Budget) throws(BudgetExhausted) {
    let blocks = try Blocks(texts.lab, budget: budget)
    self.blocks = blocks
    let zones = try blocks.zones(budget: budget)
    var layers: [CableLayers?] = []
    for zone in zones { layers.append(try CableLayers(zone, of: blocks, budget: budget)) }
    let ends = try Self.ends(of: blocks, layers, budget)
    let measure = BlockMeasure(texts: texts, blocks: blocks)
    var shapes: [BlockShape] = []
    for (block, ends) in zip(blocks.blocks, ends) {
      try budget.spend(4 * block.machines.count + 2 * (ends.top.count + ends.bottom.count))
      shapes.append(measure.shape(of: block, ends))
    }
    self.shapes = shapes
    let outside = blocks.networks.indices.filter { !blocks.networks[$0].isInside }
    let (lan, others) = (
      outside.filter { blocks.networks[$0].kind == .lan },
      outside.filter { blocks.networks[$0].kind != .lan }
    )
    let shared =
      lan.filter { blocks.networks[$0].vlan == nil }
      + lan.filter { blocks.networks[$0].vlan != nil } + others
    self.shared = shared
    var ranks = Array(repeating: 0, count: blocks.networks.count)
    for (rank, network) in shared.enumerated() { ranks[network] = rank }
    self.ranks = ranks
    let widest = Self.width(of: shapes, under: shared.count)
    let maker = PieceMaker(blocks: blocks, shapes: shapes, texts: texts, budget: budget)
    for (zone, layers) in zip(zones, layers) {
      for piece in try maker.pieces(of: zone, layers, width: widest) {
        try budget.spend()
        add(piece, within: widest)
      }
    }
    for index in shelves.indices { try settle(&shelves[index], budget) }
    width = max(Spacing.content, shelves.map(\.width).max() ?? 0)
  }

  /// Which hangers of a block go up, which go down, and how many cables it has.
  private static func ends(
    of blocks: Blocks, _ layers: [CableLayers?], _ budget: Budget
  ) throws(BudgetExhausted) -> [BlockEnds] {
    var ends = blocks.blocks.map { _ in BlockEnds() }
    var isCable: Set<Int> = []
    for cable in layers.compactMap({ $0?.cables }).joined() {
      isCable.insert(cable.network)
      ends[cable.upper].cablesDown += 1
      ends[cable.lower].cablesUp += 1
    }
    for (index, block) in blocks.blocks.enumerated() {
      try budget.spend(1 + block.ends.count)
      for end in block.ends where !isCable.contains(end.network) {
        if blocks.networks[end.network].isInside {
          ends[index].bottom.append(end)
        } else {
          ends[index].top.append(end)
        }
      }
    }
    return ends
  }

  /// How wide shelves are, so that the picture is about 1.7 times as wide as high.
  ///
  /// - Parameter bars: how many networks may hang above a shelf.
  private static func width(of shapes: [BlockShape], under bars: Int) -> Int {
    let overhead = 5 * Spacing.shelf + Spacing.barPitch * min(bars, 24)
    let area = shapes.reduce(0) { $0 + ($1.width + Spacing.gap) * ($1.height + overhead) }
    return max(720, squareRoot(area * 17 / 10), shapes.map(\.width).max() ?? 0)
  }

  private mutating func add(_ piece: Piece, within width: Int) {
    let isAlone = shelves.last?.pieces.last?.piece.fillsShelf ?? true
    let x = shelves.last.map { $0.width + 2 * Spacing.gap } ?? 0
    if isAlone || piece.fillsShelf || x + piece.width > width {
      shelves.append(Shelf(pieces: [(piece, 0)], width: piece.width))
    } else {
      shelves[shelves.count - 1].pieces.append((piece, x))
      shelves[shelves.count - 1].width = x + piece.width
    }
  }

  private func settle(_ shelf: inout Shelf, _ budget: Budget) throws(BudgetExhausted) {
    var used: Set<Int> = []
    for (piece, _) in shelf.pieces {
      shelf.rows = max(shelf.rows, piece.rows)
      for place in piece.places {
        let shape = shapes[place.block]
        try budget.spend(1 + shape.top.count + shape.bottom.count)
        shelf.height = max(shelf.height, shape.height)
        for slot in shape.top {
          used.insert(slot.end.network)
          shelf.linesAbove = max(shelf.linesAbove, slot.labels.count)
          if slot.router != nil { shelf.hasRouters = true }
        }
        for slot in shape.bottom { shelf.linesBelow = max(shelf.linesBelow, slot.labels.count) }
      }
    }
    shelf.networks = used.sorted { ranks[$0] < ranks[$1] }
  }
}
