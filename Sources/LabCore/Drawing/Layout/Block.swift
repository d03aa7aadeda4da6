/// VMs that are drawn as one: a VM by itself, or all that have the same networks.
struct Block {
  /// In document order.
  var machines: [Int]
  /// Where its hangers go.
  let ends: [End]

  var isGroup: Bool { machines.count > 1 }

  /// A hanger's lower end: an adapter, or all adapters of a group on a network.
  struct End {
    /// In `Blocks.networks`.
    let network: Int
    /// Nil for a group.
    let adapter: AdapterReference?
    let isPlugged: Bool
  }
}

/// The VMs of a lab by what is drawn of them.
struct Blocks {
  let networks: [DrawnNetwork]
  var blocks: [Block] = []
  /// By VM.
  var ofMachine: [Int] = []

  /// So many VMs are drawn one by one, however alike they are.
  static let single = 14

  init(_ lab: Lab, budget: Budget) throws(BudgetExhausted) {
    let (networks, ofNetwork) = lab.drawnNetworks()
    self.networks = networks
    var known: [[Int]: Int] = [:]
    for index in lab.machines.indices {
      let machine = lab.machines[index]
      try budget.spend(1 + machine.adapters.count)
      let ends = Self.ends(of: index, machine, ofNetwork)
      let stands =
        lab.machines.count <= Self.single || machine.isGateway
        || ends.contains { networks[$0.network].joinsTwo }
      let key = ends.map { 2 * $0.network + ($0.isPlugged ? 1 : 0) }
      if !stands, let block = known[key] {
        blocks[block].machines.append(index)
        ofMachine.append(block)
      } else {
        if !stands { known[key] = blocks.count }
        ofMachine.append(blocks.count)
        blocks.append(Block(machines: [index], ends: ends))
      }
    }
    for index in blocks.indices where blocks[index].isGroup { blocks[index].join() }
  }

  /// A VM's hangers by network, then by slot.
  private static func ends(
    of index: Int, _ machine: VirtualMachine, _ ofNetwork: [Int]
  ) -> [Block.End] {
    let ends = machine.adapters.indices.compactMap { adapter -> Block.End? in
      guard let network = machine.adapters[adapter].network else { return nil }
      return Block.End(
        network: ofNetwork[network],
        adapter: AdapterReference(machine: index, adapter: adapter),
        isPlugged: machine.adapters[adapter].cableConnected)
    }
    return ends.enumerated().sorted {
      ($0.element.network, $0.offset) < ($1.element.network, $1.offset)
    }.map(\.element)
  }
}

extension Block {
  /// Makes one hanger a network of the hangers of several VMs.
  fileprivate mutating func join() {
    var joined: [End] = []
    for end in ends where joined.last?.network != end.network {
      joined.append(End(network: end.network, adapter: nil, isPlugged: end.isPlugged))
    }
    self = Block(machines: machines, ends: joined)
  }
}

extension VirtualMachine {
  /// Whether it routes or translates for others.
  var isGateway: Bool { forwards || !portForwards.isEmpty }
}
