/// Blocks that networks without anything but VMs join.
struct Zone {
  /// In document order.
  var blocks: [Int] = []
  /// Those networks, in document order.
  var networks: [Int] = []
}

extension Blocks {
  /// The lab's zones in the order of their first VMs; last, in document order, those networks that
  /// no VM is on.
  func zones(budget: Budget) throws(BudgetExhausted) -> [Zone] {
    var sets = DisjointSets(count: blocks.count)
    for network in networks where network.isInside {
      try budget.spend(1 + network.members.count)
      for (member, next) in zip(network.members, network.members.dropFirst()) {
        sets.join(ofMachine[member.machine], ofMachine[next.machine])
      }
    }
    var zones: [Zone] = []
    var ofRoot: [Int: Int] = [:]
    for block in blocks.indices {
      let root = sets.root(of: block)
      if let zone = ofRoot[root] {
        zones[zone].blocks.append(block)
      } else {
        ofRoot[root] = zones.count
        zones.append(Zone(blocks: [block]))
      }
    }
    for (index, network) in networks.enumerated() where network.isInside {
      if let member = network.members.first,
        let zone = ofRoot[sets.root(of: ofMachine[member.machine])]
      {
        zones[zone].networks.append(index)
      } else {
        zones.append(Zone(networks: [index]))
      }
    }
    return zones
  }
}

/// Sets that grow together (union–find, by halving paths).
private struct DisjointSets {
  private var parents: [Int]

  init(count: Int) {
    parents = Array(0..<count)
  }

  mutating func root(of element: Int) -> Int {
    var element = element
    while parents[element] != element {
      parents[element] = parents[parents[element]]
      element = parents[element]
    }
    return element
  }

  /// The smaller root stays, so that what is made does not hang on the order.
  mutating func join(_ one: Int, _ other: Int) {
    let (one, other) = (root(of: one), root(of: other))
    parents[max(one, other)] = min(one, other)
  }
}
