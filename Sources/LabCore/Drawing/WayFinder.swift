/// Finds the way of a pair in a picture: along hangers, bars and risers, from box to box.
struct WayFinder {
  let painter: ScenePainter
  private var neighbours: [ScenePainter.Joint.Part: [Int]] = [:]

  init(_ painter: ScenePainter) {
    self.painter = painter
    for (index, joint) in painter.joints.enumerated() {
      neighbours[joint.from, default: []].append(index)
      neighbours[joint.to, default: []].append(index)
    }
  }

  /// The way of an explanation; of a pair that gets nowhere, the box where it stops.
  func way(of pair: PairExplanation) -> Scene.Way {
    let lab = painter.lab
    let (source, target) = (lab.name(of: pair.source), lab.name(of: pair.target))
    let nodes = pair.path.isEmpty ? [source] : pair.path.map(\.node)
    let boxes = nodes.indices.map { box(of: nodes, $0) }
    var legs: [Scene.Way.Leg] = []
    var onBars: [[Scene.Point]] = []
    for index in nodes.indices.dropFirst() {
      guard let from = boxes[index - 1], let to = boxes[index], from != to else { continue }
      let via = networks(named: pair.path[index].via)
      guard let joints = search(from, to, via) ?? search(from, to, nil) else { continue }
      let points = points(from: from, to: to, along: joints)
      guard points.count > 1 else { continue }
      legs.append(Scene.Way.Leg(points: points, arrow: arrow(at: points)))
      onBars += parts(of: points, onBarsOf: joints)
    }
    let stop = pair.stop.flatMap { stop in
      boxes.last { $0.map { painter.boxes[$0].node } == stop.node } ?? box(of: [stop.node], 0)
    }
    var passed: [String] = []
    for case let box? in boxes where passed.last != painter.boxes[box].id {
      passed.append(painter.boxes[box].id)
    }
    let end = pair.stop.map { "stops at \($0.node)" } ?? "arrives"
    return Scene.Way(
      source: source, target: target,
      title: "Path from \(source) to \(target): \(nodes.joined(separator: ", ")); \(end)",
      boxes: passed, legs: legs, onBars: onBars, stop: stop.map { painter.boxes[$0].id },
      mark: stop.map { mark(on: painter.boxes[$0].area) })
  }

  // MARK: Nodes

  /// The box of a path's node. Of NAT's routers it is that of the VM before or behind it.
  private func box(of nodes: [String], _ index: Int) -> Int? {
    let node = nodes[index]
    let candidates = painter.boxes.indices.filter { painter.boxes[$0].node == node }
    guard candidates.count > 1 else { return candidates.first }
    let beside = [index - 1, index + 1].filter(nodes.indices.contains).map { nodes[$0] }
    for name in beside {
      guard let vm = painter.boxes.firstIndex(where: { $0.kind == .vm && $0.node == name }) else {
        continue
      }
      for joint in neighbours[hook(of: vm)] ?? [] {
        guard case .box(let router) = painter.joints[joint].to, candidates.contains(router) else {
          continue
        }
        return router
      }
    }
    return candidates.first
  }

  /// What the hangers of a box are at: the box, or the frame that it is in.
  private func hook(of box: Int) -> ScenePainter.Joint.Part {
    painter.boxes[box].frame.map { .frame($0) } ?? .box(box)
  }

  private func networks(named name: String?) -> Set<Int>? {
    guard let name else { return nil }
    let lab = painter.lab
    let known = painter.blocks.networks.indices.filter { index in
      painter.blocks.networks[index].networks.contains { lab.networks[$0].name.text == name }
    }
    guard let first = known.first else { return nil }
    let network = painter.blocks.networks[first]
    guard network.kind == .lan, network.vlan == nil else { return [first] }
    // Paths name the LAN by one of its networks.
    return Set(
      painter.plan.shared.filter {
        painter.blocks.networks[$0].kind == .lan && painter.blocks.networks[$0].vlan == nil
      })
  }

  // MARK: Lines

  /// The corners of the way from one box to another.
  private func points(from: Int, to: Int, along joints: [Int]) -> [Scene.Point] {
    var points: [Scene.Point] = []
    var part = hook(of: from)
    for index in joints {
      let joint = painter.joints[index]
      let isForward = joint.from == part
      points += isForward ? joint.points : joint.points.reversed()
      part = isForward ? joint.to : joint.from
    }
    if let first = points.first { points.insert(contentsOf: inside(from, to: first), at: 0) }
    if let last = points.last { points += inside(to, to: last).reversed() }
    return withoutRepeats(points)
  }

  /// The fewest joints from one box to another through bars.
  private func search(_ from: Int, _ to: Int, _ networks: Set<Int>?) -> [Int]? {
    let (start, end) = (hook(of: from), hook(of: to))
    var cameBy: [ScenePainter.Joint.Part: Int] = [:]
    var queue = [start]
    var next = 0
    while next < queue.count {
      let part = queue[next]
      next += 1
      for index in neighbours[part] ?? [] {
        let joint = painter.joints[index]
        if let networks, let network = joint.network, !networks.contains(network) { continue }
        let other = joint.from == part ? joint.to : joint.from
        guard other != start, cameBy[other] == nil else { continue }
        cameBy[other] = index
        if other == end { return trace(end, to: start, cameBy) }
        if case .bar = other { queue.append(other) }
      }
    }
    return nil
  }

  private func trace(
    _ end: ScenePainter.Joint.Part, to start: ScenePainter.Joint.Part,
    _ cameBy: [ScenePainter.Joint.Part: Int]
  ) -> [Int] {
    var joints: [Int] = []
    var part = end
    while part != start, let index = cameBy[part] {
      joints.append(index)
      let joint = painter.joints[index]
      part = joint.from == part ? joint.to : joint.from
    }
    return joints.reversed()
  }

  /// From a box in a frame to the frame's edge, between the other boxes; the box comes first.
  private func inside(_ box: Int, to edge: Scene.Point) -> [Scene.Point] {
    guard let frame = painter.boxes[box].frame else { return [] }
    let (area, outer) = (painter.boxes[box].area, painter.frames[frame].area)
    let gutter = area.x - BlockShape.Cells.gap / 2
    let half = Spacing.padding / 2
    let y = edge.y <= outer.y ? outer.y + half : outer.bottom - half
    return [
      Scene.Point(area.x, area.middle.y), Scene.Point(gutter, area.middle.y),
      Scene.Point(gutter, y), Scene.Point(edge.x, y),
    ]
  }

  /// Without points that lie on the one before, or in the middle of a straight part.
  private func withoutRepeats(_ points: [Scene.Point]) -> [Scene.Point] {
    var kept: [Scene.Point] = []
    for point in points where kept.last != point {
      if kept.count > 1, lie(kept[kept.count - 2], kept[kept.count - 1], point) {
        kept.removeLast()
      }
      kept.append(point)
    }
    return kept
  }

  private func lie(_ one: Scene.Point, _ middle: Scene.Point, _ other: Scene.Point) -> Bool {
    (one.x == middle.x && middle.x == other.x && (one.y < middle.y) == (middle.y < other.y))
      || (one.y == middle.y && middle.y == other.y && (one.x < middle.x) == (middle.x < other.x))
  }

  /// The parts of a way on the bars that its joints lead to.
  private func parts(of points: [Scene.Point], onBarsOf joints: [Int]) -> [[Scene.Point]] {
    var bars: [Int] = []
    for joint in joints.map({ painter.joints[$0] }) {
      for case .bar(let bar) in [joint.from, joint.to] where !bars.contains(bar) {
        bars.append(bar)
      }
    }
    return bars.flatMap { bar in
      zip(points, points.dropFirst()).compactMap { painter.bars[bar].area.part(of: $0, $1) }
    }
  }

  // MARK: Marks

  /// The corners of an arrowhead at the end of a way.
  private func arrow(at points: [Scene.Point]) -> [Scene.Point] {
    let (tip, before) = (points[points.count - 1], points[points.count - 2])
    let (dx, dy) = (tip.x - before.x, tip.y - before.y)
    let length = max(squareRoot(dx * dx + dy * dy), 1)
    func at(_ along: Int, _ aside: Int) -> Scene.Point {
      Scene.Point(
        tip.x - (dx * along + dy * aside) / length, tip.y - (dy * along - dx * aside) / length)
    }
    return [tip, at(10, 6), at(10, -6)]
  }

  private func mark(on area: Scene.Rectangle) -> Scene.Point {
    Scene.Point(area.right, area.y)
  }
}

extension Scene.Rectangle {
  /// The part of an upright or level line that is in the rectangle; nil where that has no length.
  fileprivate func part(of start: Scene.Point, _ end: Scene.Point) -> [Scene.Point]? {
    guard start.x == end.x || start.y == end.y else { return nil }
    let part = [start, end].map {
      Scene.Point(min(max($0.x, x), right), min(max($0.y, y), bottom))
    }
    let isOnLine = part.allSatisfy { start.x == end.x ? $0.x == start.x : $0.y == start.y }
    return isOnLine && part[0] != part[1] ? part : nil
  }
}
