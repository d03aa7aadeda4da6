/// What a change of a lab does to its addresses and its matrix.
public struct PlanDifference: Sendable {
  /// Adapters that are there before or after, and whose address changes; by VM, slot and family.
  public let addresses: [AddressChange]
  /// Pairs of endpoints that are there before or after, and whose outcome changes.
  public let cells: CellChanges

  /// An adapter whose address changes.
  public struct AddressChange: Hashable, Sendable {
    /// The VM's name.
    public let machine: DNSLabel
    /// The adapter's slot.
    public let slot: Int
    /// Which of the adapter's two addresses changes.
    public let family: AddressFamily
    /// Nil where there was no such adapter or it had no known address.
    public let before: AnyAddress?
    /// Nil where there is no such adapter any more or it has no known address.
    public let after: AnyAddress?
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
  public var isEmpty: Bool { addresses.isEmpty && cells.first { _ in true } == nil }

  /// Compares two plans; nil stands for a lab that is not there.
  public init(from before: PlannedReach?, to after: PlannedReach?) {
    addresses = Self.addressChanges(before, after)
    cells = CellChanges(from: before, to: after)
  }

  private static func addressChanges(
    _ before: PlannedReach?, _ after: PlannedReach?
  ) -> [AddressChange] {
    let old = before?.addressesByAdapter ?? [:]
    let new = after?.addressesByAdapter ?? [:]
    return Set(old.keys).union(new.keys).sorted().compactMap { adapter in
      guard old[adapter] != new[adapter] else { return nil }
      return AddressChange(
        machine: adapter.machine, slot: adapter.slot, family: adapter.family,
        before: old[adapter], after: new[adapter])
    }
  }
}

/// The cells in which two matrices differ, found as they are asked for: those of a lab of 1,000 VMs
/// may be a million.
///
/// In the order of the later matrix, then the endpoints that are gone.
public struct CellChanges: Sequence, Sendable {
  private let names: [String]
  private let before: Side?
  private let after: Side?

  /// A matrix with the places that the endpoints have in it.
  fileprivate struct Side {
    let matrix: ConnectivityMatrix
    /// By index in `names`; nil for an endpoint that is not there.
    let places: [Int?]

    func outcome(_ source: Int, _ target: Int) -> Outcome? {
      guard let row = places[source], let column = places[target] else { return nil }
      return matrix[row, column]
    }
  }

  init(from before: PlannedReach?, to after: PlannedReach?) {
    let old = before?.names ?? []
    let new = after?.names ?? []
    let isNew = Set(new)
    let names = new + old.filter { !isNew.contains($0) }
    func side(_ reach: PlannedReach?, _ own: [String]) -> Side? {
      guard let reach else { return nil }
      if own == names { return Side(matrix: reach.matrix, places: Array(own.indices)) }
      let places = Dictionary(
        uniqueKeysWithValues: own.enumerated().map { ($0.element, $0.offset) })
      return Side(matrix: reach.matrix, places: names.map { places[$0] })
    }
    self.names = names
    self.before = side(before, old)
    self.after = side(after, new)
  }

  /// How many there are: looks at every cell of both matrices.
  public func countAll() -> Int {
    names.indices.reduce(0) { count, source in
      guard !isUnchanged(row: source) else { return count }
      return names.indices.reduce(count) { isChanged(source, $1) ? $0 + 1 : $0 }
    }
  }

  /// How many cells change besides that of one pair, and the first few of them.
  ///
  /// - Throws: `BudgetExhausted` where that takes more than the budget has.
  func summary(
    besides pair: (source: String, target: String), telling limit: Int, budget: Budget
  ) throws(BudgetExhausted) -> (told: [PlanDifference.CellChange], count: Int) {
    var told: [PlanDifference.CellChange] = []
    var count = 0
    for source in names.indices {
      try budget.spend(names.count / 32)
      if isUnchanged(row: source) { continue }
      try budget.spend(names.count / 2)
      for target in names.indices
      where isChanged(source, target) && (names[source], names[target]) != pair {
        count += 1
        if told.count < limit, let change = change(source, target) { told.append(change) }
      }
    }
    return (told, count)
  }

  private func isChanged(_ source: Int, _ target: Int) -> Bool {
    source != target && before?.outcome(source, target) != after?.outcome(source, target)
  }

  /// Walks through the cells from the first one.
  public func makeIterator() -> Iterator { Iterator(self) }

  /// Walks through the cells row by row.
  public struct Iterator: IteratorProtocol {
    private let changes: CellChanges
    private var source = 0
    private var target = 0

    fileprivate init(_ changes: CellChanges) {
      self.changes = changes
    }

    /// The next cell in which the matrices differ; nil at the end.
    public mutating func next() -> PlanDifference.CellChange? {
      while source < changes.names.count {
        if target == 0, changes.isUnchanged(row: source) { target = changes.names.count }
        while target < changes.names.count {
          defer { target += 1 }
          if let change = changes.change(source, target) { return change }
        }
        target = 0
        source += 1
      }
      return nil
    }
  }

  /// Whether a whole row stays as it is, in matrices of the same endpoints.
  private func isUnchanged(row source: Int) -> Bool {
    guard let before, let after, let old = before.places[source], let new = after.places[source],
      before.matrix.endpoints.count == names.count, after.matrix.endpoints.count == names.count,
      before.places == after.places
    else { return false }
    return before.matrix.row(old) == after.matrix.row(new)
  }

  private func change(_ source: Int, _ target: Int) -> PlanDifference.CellChange? {
    guard source != target else { return nil }
    let was = before?.outcome(source, target)
    let becomes = after?.outcome(source, target)
    guard was != becomes else { return nil }
    return PlanDifference.CellChange(
      source: names[source], target: names[target], before: was, after: becomes)
  }
}

/// A lab with its addresses and its matrix: what two versions of a lab are compared by. `Plan.reach`
/// makes it; it keeps no fabric.
public struct PlannedReach: Sendable {
  let lab: Lab
  let addresses: AddressPlan
  let matrix: ConnectivityMatrix

  fileprivate struct AddressKey: Hashable, Comparable {
    let machine: DNSLabel
    let slot: Int
    let family: AddressFamily

    static func < (left: AddressKey, right: AddressKey) -> Bool {
      (left.machine, left.slot, left.family == .ipv4 ? 4 : 6)
        < (right.machine, right.slot, right.family == .ipv4 ? 4 : 6)
    }
  }

  /// The addresses that are known before boot.
  fileprivate var addressesByAdapter: [AddressKey: AnyAddress] {
    var known: [AddressKey: AnyAddress] = [:]
    for (machine, planned) in zip(lab.machines, addresses.adapters) {
      for (adapter, assigned) in zip(machine.adapters, planned) {
        func key(_ family: AddressFamily) -> AddressKey {
          AddressKey(machine: machine.name, slot: adapter.slot, family: family)
        }
        known[key(.ipv4)] = assigned.ipv4.address.map(AnyAddress.ipv4)
        known[key(.ipv6)] = assigned.ipv6?.address.map(AnyAddress.ipv6)
      }
    }
    return known
  }

  fileprivate var names: [String] { matrix.endpoints.map(lab.name) }
}
