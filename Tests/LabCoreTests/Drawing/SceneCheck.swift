@testable import LabCore

/// Holds a scene to what every drawing must be.
struct SceneCheck {
  let scene: Scene

  /// The first thing that is wrong, in words; nil where all is well.
  var fault: String? {
    overlap ?? loosePart ?? crossing ?? wayThroughBox ?? partOutside
  }

  private typealias Part = (id: String, area: Scene.Rectangle, frame: Int?)

  private var parts: [Part] {
    scene.boxes.map { ($0.id, $0.area, $0.frame) }
      + scene.bars.map { ($0.id, $0.area, nil) }
      + scene.frames.map { ($0.id, $0.area, nil) }
  }

  /// Boxes, bars and frames are apart; a box in a frame is within it.
  private var overlap: String? {
    let parts = parts
    for (index, one) in parts.enumerated() {
      for other in parts[..<index] where one.area.overlaps(other.area) {
        let isInside = other.frame.map { scene.frames[$0].id == one.id } ?? false
        if !isInside { return "\(one.id) overlaps \(other.id)" }
      }
      if let frame = one.frame, !contains(scene.frames[frame].area, one.area) {
        return "\(one.id) sticks out of its frame"
      }
    }
    return nil
  }

  private func contains(_ outer: Scene.Rectangle, _ inner: Scene.Rectangle) -> Bool {
    outer.x <= inner.x && outer.y <= inner.y && inner.right <= outer.right
      && inner.bottom <= outer.bottom
  }

  /// Each line ends at the edges of the boxes that it names, and otherwise on a bar of its network.
  private var loosePart: String? {
    for line in scene.lines {
      guard let first = line.points.first, let last = line.points.last else { return "no points" }
      var ends = [first, last]
      for id in line.ends {
        guard let area = parts.first(where: { $0.id == id })?.area else { return "no \(id)" }
        guard let end = ends.firstIndex(where: { isOnEdge($0, of: area) }) else {
          return "\(line.kind) does not meet \(id)"
        }
        ends.remove(at: end)
      }
      for end in ends {
        let isMet = scene.bars.contains { bar in
          (bar.networks == line.networks || bar.kind == .lan) && holds(bar.area, end)
        }
        if !isMet { return "\(line.kind) of \(line.networks) meets no bar at \(end)" }
      }
    }
    return nil
  }

  private func holds(_ area: Scene.Rectangle, _ point: Scene.Point) -> Bool {
    (area.x...area.right).contains(point.x) && (area.y...area.bottom).contains(point.y)
  }

  private func isOnEdge(_ point: Scene.Point, of area: Scene.Rectangle) -> Bool {
    holds(area, point)
      && (point.x == area.x || point.x == area.right || point.y == area.y
        || point.y == area.bottom)
  }

  /// No line passes through a box or a frame.
  private var crossing: String? {
    let solid =
      scene.boxes.filter { $0.frame == nil }.map { ($0.id, $0.area) }
      + scene.frames.map { ($0.id, $0.area) }
    for line in scene.lines {
      for (start, end) in zip(line.points, line.points.dropFirst()) {
        for (id, area) in solid where cuts(start, end, area) {
          return "\(line.kind) of \(line.networks) to \(line.ends) crosses \(id)"
        }
      }
    }
    return nil
  }

  private var wayThroughBox: String? {
    for leg in scene.way?.legs ?? [] {
      for (start, end) in zip(leg.points, leg.points.dropFirst()) {
        for box in scene.boxes where cuts(start, end, box.area) {
          return "the way crosses \(box.id) from \(start) to \(end)"
        }
      }
    }
    return nil
  }

  /// Whether a part of a segment is inside an area, its edges not counted (Liang–Barsky).
  private func cuts(_ start: Scene.Point, _ end: Scene.Point, _ area: Scene.Rectangle) -> Bool {
    var (enter, leave) = (0.0, 1.0)
    let (dx, dy) = (Double(end.x - start.x), Double(end.y - start.y))
    let sides = [
      (-dx, Double(start.x - area.x)), (dx, Double(area.right - start.x)),
      (-dy, Double(start.y - area.y)), (dy, Double(area.bottom - start.y)),
    ]
    for (slope, distance) in sides {
      if slope == 0 {
        if distance <= 0 { return false }
      } else if slope < 0 {
        enter = max(enter, distance / slope)
      } else {
        leave = min(leave, distance / slope)
      }
    }
    return leave - enter > 1e-9
  }

  private var partOutside: String? {
    let whole = Scene.Rectangle(x: 0, y: 0, width: scene.width, height: scene.height)
    return parts.first { !contains(whole, $0.area) }.map { "\($0.id) is outside" }
  }

  /// The VMs in the order in which they are read: from the left on each shelf, shelf by shelf.
  var order: [String] {
    scene.boxes.filter { $0.kind == .vm }.sorted { key($0) < key($1) }.map(\.node)
  }

  private func key(_ box: Scene.Box) -> (Int, Int, Int, Int) {
    let outer = box.frame.map { scene.frames[$0].area } ?? box.area
    return (outer.y, outer.x, box.area.y, box.area.x)
  }
}
