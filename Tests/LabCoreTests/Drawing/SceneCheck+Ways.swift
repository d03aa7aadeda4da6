@testable import LabCore

extension SceneCheck {
  /// The first thing that is wrong with a scene that shows the way of a pair.
  func fault(ofWayOf pair: PairExplanation) -> String? { fault ?? gap(in: pair) }

  /// What a way lacks: a leg for each step between two nodes, from edge to edge.
  private func gap(in pair: PairExplanation) -> String? {
    guard let way = scene.way else { return "no way" }
    guard way.legs.count == max(way.boxes.count - 1, 0) else {
      return "\(way.legs.count) legs for \(way.boxes)"
    }
    guard (way.stop == nil) == pair.outcome.isReachable else { return "stops at \(way.stop ?? "")" }
    for part in way.onBars where !scene.bars.contains(where: { holds($0.area, part) }) {
      return "\(part) is on no bar"
    }
    for (leg, (from, to)) in zip(way.legs, zip(way.boxes, way.boxes.dropFirst())) {
      let areas = [from, to].compactMap { id in scene.boxes.first { $0.id == id }?.area }
      let ends = [leg.points.first, leg.points.last].compactMap { $0 }
      for (area, end) in zip(areas, ends) where !holds(area, [end]) {
        return "a leg from \(from) to \(to) misses one of them"
      }
    }
    return nil
  }

  private func holds(_ area: Scene.Rectangle, _ points: [Scene.Point]) -> Bool {
    points.allSatisfy {
      (area.x...area.right).contains($0.x) && (area.y...area.bottom).contains($0.y)
    }
  }
}
