/// What a change of a lab does to its addresses and its matrix.
public struct PlanDifference: Hashable, Sendable {
  /// Adapters that are there before or after, and whose address changes.
  public let addresses: [AddressChange]
  /// Pairs of endpoints that are there before and after, and whose outcome changes.
  public let cells: [CellChange]

  /// An adapter whose address changes.
  public struct AddressChange: Hashable, Sendable {
    /// The VM's name.
    public let machine: DNSLabel
    /// The adapter's slot.
    public let slot: Int
    /// Nil where there was no such adapter or it had no known address.
    public let before: IPv4Address?
    /// Nil where there is no such adapter any more or it has no known address.
    public let after: IPv4Address?
  }

  /// A pair whose outcome changes.
  public struct CellChange: Hashable, Sendable {
    /// The source's name.
    public let source: String
    /// The target's name.
    public let target: String
    /// Nil where one of the two was not there.
    public let before: Outcome?
    /// Nil where one of the two is not there any more.
    public let after: Outcome?
  }

  /// Whether nothing changes.
  public var isEmpty: Bool { addresses.isEmpty && cells.isEmpty }

  /// Compares two plans; nil stands for a lab that is not there.
  public init(from before: PlannedReach?, to after: PlannedReach?) {
    addresses = Self.addressChanges(before, after)
    cells = Self.cellChanges(before, after)
  }

  private static func addressChanges(
    _ before: PlannedReach?, _ after: PlannedReach?
  ) -> [AddressChange] {
    let old = before?.addressesByAdapter ?? [:]
    let new = after?.addressesByAdapter ?? [:]
    return Set(old.keys).union(new.keys).sorted().compactMap { adapter in
      let was = old[adapter] ?? nil
      let becomes = new[adapter] ?? nil
      guard was != becomes else { return nil }
      return AddressChange(
        machine: adapter.machine, slot: adapter.slot, before: was, after: becomes)
    }
  }

  private static func cellChanges(
    _ before: PlannedReach?, _ after: PlannedReach?
  ) -> [CellChange] {
    let oldNames = before?.names ?? []
    let newNames = after?.names ?? []
    let oldPosition = Dictionary(
      uniqueKeysWithValues: oldNames.enumerated().map { ($0.element, $0.offset) })
    let newPosition = Dictionary(
      uniqueKeysWithValues: newNames.enumerated().map { ($0.element, $0.offset) })
    let names = newNames + oldNames.filter { newPosition[$0] == nil }
    var changes: [CellChange] = []
    for source in names {
      for target in names where source != target {
        let was = before?.outcome(oldPosition[source], oldPosition[target])
        let becomes = after?.outcome(newPosition[source], newPosition[target])
        if was != becomes {
          changes.append(
            CellChange(source: source, target: target, before: was, after: becomes))
        }
      }
    }
    return changes
  }
}

/// A lab with its addresses and its matrix: what two versions of a lab are compared by.
public struct PlannedReach: Sendable {
  let lab: Lab
  let addresses: AddressPlan
  let matrix: ConnectivityMatrix

  /// A planned lab's.
  public init(_ plan: Plan) {
    lab = plan.lab
    addresses = plan.addresses
    matrix = plan.connectivity
  }

  /// A lab's, as a query asks about it.
  public init(_ lab: Lab, query: ConnectivityQuery) {
    self.lab = lab
    addresses = assignAddresses(in: lab)
    let fabric = compileFabric(lab: lab, plan: addresses, family: query.family)
    matrix = solveConnectivity(of: lab, in: fabric, query: query)
  }

  fileprivate struct AdapterKey: Hashable, Comparable {
    let machine: DNSLabel
    let slot: Int

    static func < (left: AdapterKey, right: AdapterKey) -> Bool {
      (left.machine, left.slot) < (right.machine, right.slot)
    }
  }

  fileprivate var addressesByAdapter: [AdapterKey: IPv4Address?] {
    var known: [AdapterKey: IPv4Address?] = [:]
    for (index, machine) in lab.machines.enumerated() {
      for (position, adapter) in machine.adapters.enumerated() {
        known[AdapterKey(machine: machine.name, slot: adapter.slot)] =
          .some(addresses.adapters[index][position].ipv4.address)
      }
    }
    return known
  }

  fileprivate var names: [String] { matrix.endpoints.map(lab.name) }

  fileprivate func outcome(_ source: Int?, _ target: Int?) -> Outcome? {
    guard let source, let target else { return nil }
    return matrix[source, target]
  }
}
