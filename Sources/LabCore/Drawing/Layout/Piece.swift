/// Blocks in a row with the bars that lie under them: a zone, or what of one fits on a shelf.
struct Piece {
  var places: [Place] = []
  var bars: [Bar] = []
  /// How many rows the bars take.
  var rows = 0
  var width = 0
  /// Whether nothing else is on its shelf.
  var fillsShelf = false
  /// Cables to the piece below.
  var cables: [CableLayers.Cable] = []

  struct Place {
    let block: Int
    /// From the piece's left edge.
    let x: Int
  }

  struct Bar {
    let network: Int
    var row = 0
    let left: Int
    var right: Int
    /// Whether the network has bars on other shelves too.
    let isJoined: Bool
  }
}

/// Makes pieces of zones.
struct PieceMaker {
  let blocks: Blocks
  let shapes: [BlockShape]
  let texts: MachineTexts
  let budget: Budget

  /// - Parameter width: how much fits on a shelf.
  func pieces(
    of zone: Zone, _ layers: CableLayers?, width: Int
  ) throws(BudgetExhausted) -> [Piece] {
    let rows = layers.map(\.layers) ?? split(zone.blocks, width)
    var pieces = rows.map { layers == nil ? row($0) : Piece() }
    if let layers { spread(layers, into: &pieces) }
    if pieces.count > 1 {
      for index in pieces.indices { pieces[index].fillsShelf = true }
    }
    if let layers { addCables(of: layers, to: &pieces) }
    let isCable = Set(layers?.cables.map(\.network) ?? [])
    let seats = seats(in: pieces)
    for network in zone.networks where !isCable.contains(network) {
      try addBar(network, to: &pieces, seats)
    }
    for index in pieces.indices { try arrange(&pieces[index]) }
    return pieces
  }

  // MARK: Blocks

  private func split(_ blocks: [Int], _ width: Int) -> [[Int]] {
    var rows: [[Int]] = [[]]
    var x = 0
    for block in blocks {
      if x > 0, x + shapes[block].width > width {
        rows.append([])
        x = 0
      }
      rows[rows.count - 1].append(block)
      x += shapes[block].width + Spacing.gap
    }
    return rows
  }

  private func row(_ blocks: [Int]) -> Piece {
    var piece = Piece()
    var x = 0
    for block in blocks {
      piece.places.append(Piece.Place(block: block, x: x))
      x += shapes[block].width + Spacing.gap
    }
    piece.width = max(x - Spacing.gap, 0)
    return piece
  }

  /// Gives each layer the breadth of the broadest.
  private func spread(_ layers: CableLayers, into pieces: inout [Piece]) {
    let widths = layers.layers.map { layer in
      layer.reduce(0) { $0 + shapes[$1].width + Spacing.gap } - Spacing.gap
    }
    let widest = widths.max() ?? 0
    for (index, layer) in layers.layers.enumerated() {
      let count = layer.count
      let room = widest - widths[index]
      var x = 0
      for (place, block) in layer.enumerated() {
        let before = room * (2 * place + 1) / (2 * count)
        pieces[index].places.append(Piece.Place(block: block, x: x + before))
        x += shapes[block].width + Spacing.gap
      }
      pieces[index].width = widest
    }
  }

  private func addCables(of layers: CableLayers, to pieces: inout [Piece]) {
    var layerOf: [Int: Int] = [:]
    for (index, layer) in layers.layers.enumerated() {
      for block in layer { layerOf[block] = index }
    }
    for cable in layers.cables {
      if let layer = layerOf[cable.upper] { pieces[layer].cables.append(cable) }
    }
  }

  // MARK: Bars

  private func addBar(
    _ network: Int, to pieces: inout [Piece], _ seats: [Int: Seat]
  ) throws(BudgetExhausted) {
    let members = blocks.networks[network].members
    try budget.spend(1 + members.count)
    var spans: [Int: (left: Int, right: Int)] = [:]
    for member in members {
      guard let seat = seats[blocks.ofMachine[member.machine]] else { continue }
      let known = spans[seat.piece] ?? (seat.left, seat.right)
      spans[seat.piece] = (min(known.left, seat.left), max(known.right, seat.right))
    }
    if members.isEmpty { spans[0] = (0, 0) }
    let text = texts.bar(blocks.networks[network], isFirst: true)
    let label =
      textWidth(text.name, .name) + textWidth(text.detail, .detail) + 3 * Spacing.padding
    for (piece, span) in spans.sorted(by: { $0.key < $1.key }) {
      pieces[piece].bars.append(
        Piece.Bar(
          network: network, left: span.left, right: max(span.right, span.left + label),
          isJoined: spans.count > 1))
    }
  }

  /// Where a block is: in which piece, and from where to where.
  private struct Seat {
    let piece: Int
    let left: Int
    let right: Int
  }

  private func seats(in pieces: [Piece]) -> [Int: Seat] {
    var seats: [Int: Seat] = [:]
    for (index, piece) in pieces.enumerated() {
      for place in piece.places {
        seats[place.block] = Seat(
          piece: index, left: place.x, right: place.x + shapes[place.block].width)
      }
    }
    return seats
  }

  /// Lets bars share a row where they do not meet. Those that go on to other shelves come last, a
  /// row each.
  private func arrange(_ piece: inout Piece) throws(BudgetExhausted) {
    let order = piece.bars.indices.filter { !piece.bars[$0].isJoined }
      .sorted { (piece.bars[$0].left, $0) < (piece.bars[$1].left, $1) }
    var ends: [Int] = []
    for index in order {
      try budget.spend(1 + ends.count)
      let left = piece.bars[index].left
      let row = ends.firstIndex { $0 + Spacing.padding <= left } ?? ends.count
      if row == ends.count { ends.append(0) }
      ends[row] = piece.bars[index].right
      piece.bars[index].row = row
    }
    piece.rows = ends.count
    for index in piece.bars.indices where piece.bars[index].isJoined {
      piece.bars[index].row = piece.rows
      piece.rows += 1
    }
    piece.width = max(piece.width, piece.bars.map(\.right).max() ?? 0)
  }
}
