public import LabCore

/// Writes a drawing as SVG that stands alone: nothing is fetched, nothing runs, and it is legible
/// on light and on dark screens.
public enum SVGWriter {
  /// The document. The same scene gives the same text.
  public static func document(of scene: Scene) -> String {
    var text = SVGText()
    text.add(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"\(scene.width)\" "
        + "height=\"\(scene.height)\" viewBox=\"0 0 \(scene.width) \(scene.height)\">\n<title>")
    text.add(escaping: scene.way.map { "\(scene.title). \($0.title)" } ?? scene.title)
    text.add("</title>\n<style>\(drawingStyle)</style>\n")
    text.add(
      "<rect class=\"ground\" width=\"\(scene.width)\" height=\"\(scene.height)\"/>\n")
    for frame in scene.frames { text.rectangle(frame.area, "frame", radius: 10) }
    for line in scene.lines { text.line(line) }
    for leg in scene.way?.legs ?? [] { text.path(leg.points, "halo") }
    for leg in scene.way?.legs ?? [] { text.path(leg.points, "way") }
    for bar in scene.bars { text.bar(bar) }
    for line in scene.lines { text.end(of: line) }
    for part in scene.way?.onBars ?? [] { text.path(part, "way") }
    for box in scene.boxes { text.box(box) }
    for line in scene.lines { text.labels(line.labels) }
    if let way = scene.way { text.ends(of: way, in: scene) }
    text.add("</svg>\n")
    return text.text
  }
}

/// The parts of a drawing, one element a line.
private struct SVGText {
  private(set) var text = ""

  mutating func add(_ part: String) { text += part }

  /// Adds a text of which every character stands for itself. Those that XML 1.0 forbids are dropped
  /// (section 2.2).
  mutating func add(escaping part: String) {
    for scalar in part.unicodeScalars {
      switch scalar {
      case "&": text += "&amp;"
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      case "\"": text += "&quot;"
      case "'": text += "&#39;"
      case "\t", "\n", "\r", " "..."\u{d7ff}", "\u{e000}"..."\u{fffd}", "\u{10000}"...:
        text.unicodeScalars.append(scalar)
      default: break
      }
    }
  }

  // MARK: Shapes

  mutating func rectangle(_ area: Scene.Rectangle, _ style: String, radius: Int) {
    add(
      "<rect class=\"\(style)\" x=\"\(area.x)\" y=\"\(area.y)\" width=\"\(area.width)\" "
        + "height=\"\(area.height)\" rx=\"\(radius)\"/>\n")
  }

  mutating func path(_ points: [Scene.Point], _ style: String, isClosed: Bool = false) {
    add("<path class=\"\(style)\" d=\"")
    for (index, point) in points.enumerated() {
      add("\(index == 0 ? "M" : "L")\(point.x) \(point.y)")
    }
    add("\(isClosed ? "Z" : "")\"/>\n")
  }

  mutating func labels(_ labels: [Scene.Label]) {
    for label in labels {
      let style = label.isCentred ? "\(label.style.rawValue) centred" : label.style.rawValue
      add("<text class=\"\(style)\" x=\"\(label.at.x)\" y=\"\(label.at.y)\">")
      add(escaping: label.text)
      add("</text>\n")
    }
  }

  // MARK: Parts

  mutating func line(_ line: Scene.Line) {
    let kind = line.network.map { " \($0.rawValue)" } ?? ""
    let style = "line \(line.kind.rawValue)\(kind)\(line.isUnplugged ? " unplugged" : "")"
    path(line.points, style)
  }

  /// A dot where a hanger meets its bar, so that it is told from those that pass behind.
  mutating func end(of line: Scene.Line) {
    guard line.kind == .hanger, line.ends.count == 1, let end = line.points.last else { return }
    let kind = line.network.map { " \($0.rawValue)" } ?? ""
    add("<circle class=\"dot\(kind)\" cx=\"\(end.x)\" cy=\"\(end.y)\" r=\"3\"/>\n")
  }

  mutating func bar(_ bar: Scene.Bar) {
    rectangle(bar.area, "bar \(bar.kind.rawValue)", radius: 5)
    labels(bar.labels)
  }

  mutating func box(_ box: Scene.Box) {
    let style = "box \(box.kind.rawValue)-box\(box.isGateway ? " gateway" : "")"
    rectangle(box.area, style, radius: box.kind == .internet ? box.area.height / 2 : 6)
    if box.isGateway { gatewaySign(on: box.area) }
    labels(box.labels)
  }

  /// Two arrows, one each way.
  private mutating func gatewaySign(on area: Scene.Rectangle) {
    let (x, y) = (area.right - 26, area.y + 11)
    add(
      "<path class=\"sign\" d=\"M\(x) \(y)h14m-4 -4l4 4l-4 4M\(x + 14) \(y + 8)h-14"
        + "m4 -4l-4 4l4 4\"/>\n")
  }

  // MARK: Way

  /// The boxes that a way passes, its arrowheads, and where it begins and stops.
  mutating func ends(of way: Scene.Way, in scene: Scene) {
    let passed = Set(way.boxes + (way.stop.map { [$0] } ?? []))
    for box in scene.boxes where passed.contains(box.id) {
      rectangle(
        box.area, "passed", radius: box.kind == .internet ? box.area.height / 2 : 6)
    }
    for leg in way.legs { path(leg.arrow, "arrow", isClosed: true) }
    if let start = way.legs.first?.points.first {
      add("<circle class=\"start\" cx=\"\(start.x)\" cy=\"\(start.y)\" r=\"6\"/>\n")
    }
    guard let mark = way.mark else { return }
    add("<circle class=\"mark\" cx=\"\(mark.x)\" cy=\"\(mark.y)\" r=\"10\"/>\n")
    add(
      "<path class=\"cross\" d=\"M\(mark.x - 4) \(mark.y - 4)l8 8m0 -8l-8 8\"/>\n")
  }
}
