/// The layers of a zone that cables join, so that a cable leads from one to the next.
struct CableLayers {
  /// From the top: those farthest from the zone's edge first.
  var layers: [[Int]]
  /// Cables between neighbouring layers, as networks.
  let cables: [Cable]

  struct Cable {
    let network: Int
    let upper: Int
    let lower: Int
  }

  private static let sweeps = 8

  /// Nil for a zone that reads well as a row: a chain, or one with few cables.
  init?(_ zone: Zone, of blocks: Blocks, budget: Budget) throws(BudgetExhausted) {
    let cables = zone.networks.filter { blocks.networks[$0].joinsTwo }
    var neighbours: [Int: [Int]] = [:]
    for cable in cables {
      try budget.spend()
      let (one, other) = blocks.ends(ofCable: cable)
      neighbours[one, default: []].append(other)
      neighbours[other, default: []].append(one)
    }
    let isBranched = neighbours.values.contains { $0.count > 2 }
    guard cables.count >= 4, isBranched || cables.count >= zone.blocks.count else { return nil }
    let depths = try Self.depths(of: zone.blocks, neighbours, budget)
    let deepest = depths.values.max() ?? 0
    layers = Array(repeating: [], count: deepest + 1)
    for block in zone.blocks { layers[deepest - (depths[block] ?? 0)].append(block) }
    self.cables = cables.compactMap { cable in
      let (one, other) = blocks.ends(ofCable: cable)
      let (depth, otherDepth) = (depths[one] ?? 0, depths[other] ?? 0)
      guard depth != otherDepth else { return nil }
      return depth > otherDepth
        ? Cable(network: cable, upper: one, lower: other)
        : Cable(network: cable, upper: other, lower: one)
    }
    try order(budget)
  }

  /// How far each block is from the nearest with at most one cable, or from the first where every
  /// block has more. Blocks of one cable differ by at most one.
  private static func depths(
    of blocks: [Int], _ neighbours: [Int: [Int]], _ budget: Budget
  ) throws(BudgetExhausted) -> [Int: Int] {
    var queue = blocks.filter { (neighbours[$0]?.count ?? 0) <= 1 }
    if !queue.contains(where: { neighbours[$0] != nil }), let first = blocks.first {
      queue.append(first)
    }
    var depths: [Int: Int] = [:]
    for block in queue { depths[block] = 0 }
    var next = 0
    // What no cable reaches joins the bottom layer.
    var rest = blocks[...]
    while true {
      while next < queue.count {
        let block = queue[next]
        next += 1
        for neighbour in neighbours[block] ?? [] {
          try budget.spend()
          guard depths[neighbour] == nil else { continue }
          depths[neighbour] = (depths[block] ?? 0) + 1
          queue.append(neighbour)
        }
      }
      rest = rest.drop { depths[$0] != nil }
      guard let left = rest.first else { return depths }
      depths[left] = 0
      queue.append(left)
    }
  }

  /// Puts each block near the middle of those that its cables lead to, layer by layer, down and up.
  private mutating func order(_ budget: Budget) throws(BudgetExhausted) {
    var up: [Int: [Int]] = [:]
    var down: [Int: [Int]] = [:]
    for cable in cables {
      up[cable.lower, default: []].append(cable.upper)
      down[cable.upper, default: []].append(cable.lower)
    }
    for sweep in 0..<Self.sweeps {
      try budget.spend(cables.count)
      if sweep.isMultiple(of: 2) {
        for layer in layers.indices.dropFirst() { arrange(layer, by: up, beside: layer - 1) }
      } else {
        for layer in layers.indices.dropLast().reversed() {
          arrange(layer, by: down, beside: layer + 1)
        }
      }
    }
  }

  private mutating func arrange(_ layer: Int, by neighbours: [Int: [Int]], beside other: Int) {
    // Places in thousandths of the other layer's breadth; what has no cable there stays.
    var places: [Int: Int] = [:]
    for (index, block) in layers[other].enumerated() {
      places[block] = (2 * index + 1) * 1000 / (2 * layers[other].count)
    }
    let count = layers[layer].count
    let weights = layers[layer].enumerated().map { index, block in
      let known = (neighbours[block] ?? []).compactMap { places[$0] }
      return known.isEmpty ? (2 * index + 1) * 1000 / (2 * count) : known.reduce(0, +) / known.count
    }
    layers[layer] = layers[layer].indices.sorted { (weights[$0], $0) < (weights[$1], $1) }
      .map { layers[layer][$0] }
  }
}

extension Blocks {
  /// The blocks that a network of two adapters joins.
  func ends(ofCable network: Int) -> (Int, Int) {
    let members = networks[network].members
    return (ofMachine[members[0].machine], ofMachine[members[1].machine])
  }
}
