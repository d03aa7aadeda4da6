extension Plan {
  /// The lab as a picture.
  ///
  /// - Parameter pair: a pair whose way is drawn.
  /// - Throws: `BudgetExhausted` where that takes more than the budget has.
  public func drawing(
    of pair: PairExplanation? = nil, budget: Budget = .unlimited
  ) throws(BudgetExhausted) -> Scene {
    try draw(lab, addresses: addresses, way: pair, budget: budget)
  }
}

/// Draws a lab: as the fabric is, of buses, hangers and routers.
///
/// Order is the document's, so that what is added, removed or renamed makes no others change
/// places.
///
/// - Parameters:
///   - addresses: what stands at the hangers.
///   - pair: a pair whose way is drawn.
/// - Throws: `BudgetExhausted` where that takes more than the budget has.
public func draw(
  _ lab: Lab, addresses: AddressPlan, way pair: PairExplanation? = nil,
  budget: Budget = .unlimited
) throws(BudgetExhausted) -> Scene {
  let texts = MachineTexts(lab: lab, addresses: addresses)
  let plan = try ShelfPlan(texts, budget: budget)
  var painter = ScenePainter(texts, plan, budget: budget)
  try painter.paint()
  if pair != nil { try budget.spend(painter.joints.count) }
  let way = pair.map { WayFinder(painter).way(of: $0) }
  return painter.scene(way)
}

extension ScenePainter {
  /// What is painted, VMs first.
  func scene(_ way: Scene.Way?) -> Scene {
    let machines = boxOf.map { boxes[$0] }
    let others = boxes.filter { $0.kind != .vm }
    let count = { (number: Int, noun: String) in "\(number) \(noun)\(number == 1 ? "" : "s")" }
    let vms = count(lab.machines.count, "VM")
    let networks = count(lab.networks.count, "network")
    return Scene(
      lab: lab.name.text, title: "\(lab.name): \(vms), \(networks)",
      width: right + Spacing.margin, height: y + Spacing.margin, lines: lines, bars: bars,
      frames: frames, boxes: machines + others, way: way)
  }
}
