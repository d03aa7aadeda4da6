public import LabCore

extension JSONWriter {
  /// Writes a drawing, as `GET …/drawing` answers it.
  ///
  /// - Parameter revision: that of the stored lab; nil for a document that is not stored.
  public mutating func scene(_ scene: Scene, revision: Int? = nil) {
    object { writer in
      writer.member("lab", scene.lab)
      writer.member("revision", revision)
      writer.member("title", scene.title)
      writer.member("width", scene.width)
      writer.member("height", scene.height)
      writer.member("lines", array: scene.lines) { $0.line($1) }
      writer.member("bars", array: scene.bars) { $0.bar($1) }
      writer.member("frames", array: scene.frames) { writer, frame in
        writer.object { writer in
          writer.member("id", frame.id)
          writer.member("count", frame.count)
          writer.area(frame.area)
        }
      }
      writer.member("boxes", array: scene.boxes) { $0.box($1, of: scene) }
      writer.key("way")
      if let way = scene.way { writer.way(way) } else { writer.null() }
    }
  }

  private mutating func line(_ line: Scene.Line) {
    object { writer in
      writer.member("kind", line.kind.rawValue)
      writer.member("network", line.network?.rawValue)
      writer.member("networks", array: line.networks) { $0.string($1) }
      writer.member("ends", array: line.ends) { $0.string($1) }
      writer.member("unplugged", line.isUnplugged)
      writer.member("points", array: line.points) { $0.point($1) }
      writer.labels(line.labels)
    }
  }

  private mutating func bar(_ bar: Scene.Bar) {
    object { writer in
      writer.member("id", bar.id)
      writer.member("kind", bar.kind.rawValue)
      writer.member("networks", array: bar.networks) { $0.string($1) }
      writer.area(bar.area)
      writer.member("lane", bar.lane)
      writer.labels(bar.labels)
    }
  }

  private mutating func box(_ box: Scene.Box, of scene: Scene) {
    object { writer in
      writer.member("id", box.id)
      writer.member("kind", box.kind.rawValue)
      writer.member("node", box.node)
      writer.member("gateway", box.isGateway)
      writer.member("frame", box.frame.map { scene.frames[$0].id })
      writer.area(box.area)
      writer.labels(box.labels)
    }
  }

  private mutating func way(_ way: Scene.Way) {
    object { writer in
      writer.member("from", way.source)
      writer.member("to", way.target)
      writer.member("title", way.title)
      writer.member("boxes", array: way.boxes) { $0.string($1) }
      writer.member("legs", array: way.legs) { writer, leg in
        writer.object { writer in
          writer.member("points", array: leg.points) { $0.point($1) }
          writer.member("arrow", array: leg.arrow) { $0.point($1) }
        }
      }
      writer.member("on_bars", array: way.onBars) { writer, part in
        writer.array(part) { $0.point($1) }
      }
      writer.member("stop", way.stop)
      writer.key("mark")
      if let mark = way.mark { writer.point(mark) } else { writer.null() }
    }
  }

  // MARK: Places

  private mutating func point(_ point: Scene.Point) {
    beginArray()
    integer(point.x)
    integer(point.y)
    endArray()
  }

  private mutating func area(_ area: Scene.Rectangle) {
    member("x", area.x)
    member("y", area.y)
    member("width", area.width)
    member("height", area.height)
  }

  private mutating func labels(_ labels: [Scene.Label]) {
    member("labels", array: labels) { writer, label in
      writer.object { writer in
        writer.member("text", label.text)
        writer.member("style", label.style.rawValue)
        writer.member("x", label.at.x)
        writer.member("y", label.at.y)
        writer.member("centred", label.isCentred)
      }
    }
  }
}
