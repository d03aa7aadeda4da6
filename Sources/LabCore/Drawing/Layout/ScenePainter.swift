/// Puts the parts of a lab where they belong.
///
/// On the left, below each other, stands what leads out of the lab: the internet, the LAN's router,
/// the host, and the routers of networks. To the right of it run the bars, and the shelves hang
/// from them.
struct ScenePainter {
  let texts: MachineTexts
  let plan: ShelfPlan
  let budget: Budget

  var boxes: [Scene.Box] = []
  var bars: [Scene.Bar] = []
  var frames: [Scene.Frame] = []
  var lines: [Scene.Line] = []
  var joints: [Joint] = []
  /// Where the next part goes.
  var y = Spacing.margin
  /// The left edge of bars and shelves.
  let content: Int
  /// How wide routers in the left column are.
  let columnWidth: Int
  /// By network: its bars.
  var barsOf: [[Int]]
  /// By network with bars on several shelves: the x of what joins them.
  var risers: [Int: Int] = [:]
  /// By shelf: the rows for the names of the cables below it.
  var cableRows: [Int: CableRows] = [:]
  /// The extent of what stands beside the host.
  var stripRight = 0
  /// By VM: its box, before they are put in order.
  var boxOf: [Int]

  var lab: Lab { texts.lab }
  var blocks: Blocks { plan.blocks }
  var contentRight: Int { content + plan.width }

  init(_ texts: MachineTexts, _ plan: ShelfPlan, budget: Budget) {
    self.texts = texts
    self.plan = plan
    self.budget = budget
    barsOf = Array(repeating: [], count: plan.blocks.networks.count)
    boxOf = Array(repeating: 0, count: texts.lab.machines.count)
    columnWidth = Self.columnWidth(texts, plan)
    content = Spacing.margin + columnWidth + Spacing.gap
  }

  /// What a way goes along: a line, by what is at its ends.
  struct Joint {
    enum Part: Hashable {
      case box(Int)
      case frame(Int)
      case bar(Int)
    }

    let from: Part
    let to: Part
    /// The drawn network that it belongs to; nil for what belongs to none, or to the LAN.
    let network: Int?
    /// From the one to the other: on the edge of a box, at the lane of a bar.
    let points: [Scene.Point]
  }

  /// The whole picture.
  mutating func paint() throws(BudgetExhausted) {
    assignRisers()
    paintStrip()
    try paintBackbone()
    for (index, shelf) in plan.shelves.enumerated() {
      try paint(index, shelf)
    }
    try paintCables()
    paintRisers()
  }

  // MARK: Parts

  /// A box with its name above what there is to say of it.
  mutating func addBox(
    _ id: String, _ kind: Scene.Box.Kind, node: String, _ name: String, _ details: [String],
    in area: Scene.Rectangle, isGateway: Bool = false, frame: Int? = nil
  ) -> Int {
    var y = area.y + area.height / 2 + 5 - Spacing.line * details.count / 2
    var labels = [
      Scene.Label(
        text: name, style: .name, at: Scene.Point(area.x + Spacing.padding, y), isCentred: false)
    ]
    for detail in details {
      y += Spacing.line + 1
      labels.append(
        Scene.Label(
          text: detail, style: .detail, at: Scene.Point(area.x + Spacing.padding, y),
          isCentred: false))
    }
    boxes.append(
      Scene.Box(
        id: id, kind: kind, node: node, isGateway: isGateway, frame: frame, area: area,
        labels: labels))
    return boxes.count - 1
  }

  /// A router that has room for one line.
  mutating func addRouter(
    _ id: String, node: String, _ text: String, in area: Scene.Rectangle
  ) -> Int {
    let label = Scene.Label(
      text: text, style: .detail, at: Scene.Point(area.middle.x, area.middle.y + 4),
      isCentred: true)
    boxes.append(
      Scene.Box(
        id: id, kind: .router, node: node, isGateway: false, frame: nil, area: area,
        labels: [label]))
    return boxes.count - 1
  }

  /// - Parameter points: what is seen of the joint, where a way along it has corners of its own.
  mutating func addLine(
    _ kind: Scene.Line.Kind, _ joint: Joint, shownAs points: [Scene.Point]? = nil,
    labels: [Scene.Label] = [], isUnplugged: Bool = false
  ) {
    joints.append(joint)
    let network = joint.network.map { blocks.networks[$0] }
    let ends = [joint.from, joint.to].compactMap { part -> String? in
      switch part {
      case .box(let box): boxes[box].id
      case .frame(let frame): frames[frame].id
      case .bar: nil
      }
    }
    lines.append(
      Scene.Line(
        kind: kind, network: network?.kind, networks: network.map(names) ?? [], ends: ends,
        isUnplugged: isUnplugged, points: points ?? joint.points, labels: labels))
  }

  func names(of network: DrawnNetwork) -> [String] {
    network.networks.map { lab.networks[$0].name.text }
  }

  /// Small texts to the right of an upright line, the last at a height.
  func labels(_ texts: [String], rightOf x: Int, endingAt bottom: Int) -> [Scene.Label] {
    texts.enumerated().map { index, text in
      Scene.Label(
        text: text, style: .address,
        at: Scene.Point(x + 5, bottom - Spacing.line * (texts.count - 1 - index)), isCentred: false)
    }
  }
}
