/// The rows in which the names of cables stand, between two layers.
struct CableRows {
  let top: Int
  let count: Int
  /// From one row to the next.
  static let pitch = 18

  /// The baseline of a row.
  func baseline(_ row: Int) -> Int { top + Self.pitch * (row + 1) }

  /// Below the last.
  var bottom: Int { top + Self.pitch * (count + 1) }
}

/// Cables between the layers of a zone.
extension ScenePainter {
  mutating func leaveRoomForCables(below index: Int) {
    guard let piece = plan.shelves[index].pieces.first?.piece, !piece.cables.isEmpty else { return }
    let breadth = piece.cables.reduce(0) {
      $0 + textWidth(cableText($1.network), .address) + Spacing.padding
    }
    let count = min(2 + breadth * 5 / max(piece.width, 1), 24)
    let top = y + Spacing.padding
    cableRows[index] = CableRows(top: top, count: count)
    // The gap between shelves follows.
    y = max(y, top + CableRows.pitch * (count + 1) + Spacing.padding - Spacing.shelf)
  }

  private func cableText(_ network: Int) -> String {
    let drawn = blocks.networks[network]
    return (names(of: drawn) + texts.prefixes(of: drawn)).joined(separator: " · ")
  }

  /// Draws all cables, between boxes that are in their places.
  mutating func paintCables() throws(BudgetExhausted) {
    for (index, shelf) in plan.shelves.enumerated() {
      guard let piece = shelf.pieces.first?.piece, let rows = cableRows[index] else { continue }
      try budget.spend(8 * piece.cables.count)
      let lowerPorts = ports(of: piece.cables, isUpper: false)
      let upperPorts = ports(of: piece.cables, isUpper: true)
      var names = CableNames(rows)
      // The cables of each box have their names in rows of their own, as far as there is room.
      var firstRow: [Int: Int] = [:]
      for (order, place) in piece.places.enumerated() {
        firstRow[place.block] = order * rows.count / piece.places.count
      }
      for number in piece.cables.indices.sorted(by: { upperPorts[$0] < upperPorts[$1] }) {
        let cable = piece.cables[number]
        let upper = area(of: part(of: cable.upper))
        let lower = area(of: part(of: cable.lower))
        // Upright beside hangers and behind bars, and aslant where nothing else is.
        let slant = [
          Scene.Point(upperPorts[number], rows.top), Scene.Point(lowerPorts[number], rows.bottom),
        ]
        let points =
          [Scene.Point(slant[0].x, upper.bottom)] + slant + [Scene.Point(slant[1].x, lower.y)]
        let text = cableText(cable.network)
        let at = try names.place(
          textWidth(text, .address), on: slant, near: firstRow[cable.upper] ?? 0, budget)
        addLine(
          .cable,
          Joint(
            from: part(of: cable.upper), to: part(of: cable.lower), network: cable.network,
            points: points),
          labels: [Scene.Label(text: text, style: .address, at: at, isCentred: true)],
          isUnplugged: isUnplugged(cable.network))
      }
    }
  }

  private func isUnplugged(_ network: Int) -> Bool {
    blocks.networks[network].members.contains {
      !lab.machines[$0.machine].adapters[$0.adapter].cableConnected
    }
  }

  /// Where each cable meets its upper, or its lower, box: in the order of what is at the other end,
  /// so that no two of one box cross.
  private func ports(of cables: [CableLayers.Cable], isUpper: Bool) -> [Int] {
    func own(_ cable: CableLayers.Cable) -> Int { isUpper ? cable.upper : cable.lower }
    func place(_ block: Int) -> Int { area(of: part(of: block)).middle.x }
    let order = cables.indices.map { index in
      (index, own(cables[index]), place(isUpper ? cables[index].lower : cables[index].upper))
    }.sorted { ($0.1, $0.2, $0.0) < ($1.1, $1.2, $1.0) }
    var ports = Array(repeating: 0, count: cables.count)
    var first = 0
    while first < order.count {
      let block = order[first].1
      var end = first
      while end < order.count, order[end].1 == block { end += 1 }
      let shape = plan.shapes[block]
      let left = isUpper ? shape.downPort : shape.upPort
      let room = shape.width - Spacing.padding - left
      for index in first..<end {
        ports[order[index].0] =
          area(of: part(of: block)).x + left + room * (2 * (index - first) + 1)
          / (2 * (end - first))
      }
      first = end
    }
    return ports
  }
}

/// Finds places for the names of cables where they do not cover each other.
private struct CableNames {
  let rows: CableRows
  private var taken: [[(left: Int, right: Int)]]

  init(_ rows: CableRows) {
    self.rows = rows
    taken = Array(repeating: [], count: rows.count)
  }

  /// The middle of a text's baseline on a cable, in the wanted row if there is room, otherwise in
  /// the next that has some.
  mutating func place(
    _ width: Int, on points: [Scene.Point], near wanted: Int, _ budget: Budget
  ) throws(BudgetExhausted) -> Scene.Point {
    for offset in 0..<rows.count {
      let row = (wanted + offset) % rows.count
      try budget.spend(1 + taken[row].count)
      let at = point(on: points, row)
      let (left, right) = (at.x - width / 2 - 6, at.x + width / 2 + 6)
      guard taken[row].allSatisfy({ right <= $0.left || $0.right <= left }) else { continue }
      taken[row].append((left, right))
      return at
    }
    return point(on: points, wanted % rows.count)
  }

  private func point(on points: [Scene.Point], _ row: Int) -> Scene.Point {
    let y = rows.baseline(row)
    let (start, end) = (points[0], points[1])
    let x = start.x + (end.x - start.x) * (y - 4 - start.y) / max(end.y - start.y, 1)
    return Scene.Point(x, y)
  }
}
