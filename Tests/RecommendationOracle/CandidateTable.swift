public import LabCore

/// What a question allows of a candidate.
public struct Limits: Hashable, Sendable {
  /// The modes it may use.
  public var modes: Set<NetworkMode>
  /// By VM: how many adapters it may have.
  public var adapters: [Int]

  /// Limits for candidates.
  public init(modes: Set<NetworkMode> = Set(Hypervisor.Product.virtualbox.words), adapters: [Int]) {
    self.modes = modes
    self.adapters = adapters
  }
}

/// Every candidate of a setting with its reach, measured once and held against many questions.
public struct CandidateTable: Sendable {
  /// A candidate but for its forwards.
  struct Row: Sendable {
    let shape: Shape
    let reach: Reach
    let ways: [[(adapter: Int, isLoopback: Bool)]]
    let objective: Objective
  }

  /// What the candidates are made of.
  public let setting: Setting
  /// How many candidates were planned.
  public let measured: Int
  private var rows: [Row] = []
  private var known: [Limits: [Row]] = [:]

  /// Plans every candidate.
  public init(_ setting: Setting) {
    self.setting = setting
    // Of candidates that are alike in all that a question can see, the cheapest.
    struct Key: Hashable {
      let reach: Reach
      let modes: Set<NetworkMode>
      let adapters: [Int]
    }
    var best: [Key: Row] = [:]
    let orders = permutations(of: setting.machines).filter { order in
      (0..<setting.routers).allSatisfy { order[$0] < setting.routers }
    }
    var measured = 0
    setting.forEachShape { shape in
      guard let measurement = setting.measure(shape) else { return }
      measured += 1
      for order in orders {
        let row = setting.renamed(shape, measurement, order)
        guard setting.kept.isPart(of: row.shape) else { continue }
        let key = Key(
          reach: row.reach, modes: Set(shape.modes), adapters: row.shape.attachments.map(\.count))
        if let old = best[key], old.objective <= row.objective { continue }
        best[key] = row
      }
    }
    self.measured = measured
    rows = Array(best.values)
  }

  /// The candidates within limits, the cheapest of those with one reach.
  mutating func rows(within limits: Limits) -> [Row] {
    if let rows = known[limits] { return rows }
    var best: [Reach: Row] = [:]
    for row in rows {
      guard limits.modes.isSuperset(of: row.shape.modes),
        zip(row.shape.attachments, limits.adapters).allSatisfy({ $0.count <= $1 })
      else { continue }
      if let old = best[row.reach], old.objective <= row.objective { continue }
      best[row.reach] = row
    }
    let rows = best.values.sorted { $0.objective < $1.objective }
    known[limits] = rows
    return rows
  }
}

extension Setting {
  /// The same candidate with its VMs in another order: what VM `i` was, VM `order[i]` is.
  fileprivate func renamed(
    _ shape: Shape, _ measurement: Measurement, _ order: [Int]
  ) -> CandidateTable.Row {
    let pairs = Pairs(machines: machines)
    var renamed = shape
    var ways = measurement.ways
    var reach = measurement.reach
    for machine in 0..<machines {
      renamed.attachments[order[machine]] = shape.attachments[machine]
      ways[order[machine]] = measurement.ways[machine]
      reach.forwards[order[machine]] = measurement.reach.forwards[machine].map {
        pairs.renamed($0, order)
      }
    }
    renamed.gateways = shape.gateways.mapValues { order[$0] }
    reach.open = measurement.reach.open.map { pairs.renamed($0, order) }
    return CandidateTable.Row(
      shape: renamed, reach: reach, ways: ways, objective: measurement.objective)
  }
}
