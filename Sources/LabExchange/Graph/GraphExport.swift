import LabCore
import LabFormats

extension ExportFormat {
  /// JSON Graph Format 2 (https://jsongraphformat.info).
  static let graph = ExportFormat(
    name: "graph", summary: "Nodes and edges in JSON Graph Format 2, for programs that draw.",
    mediaType: "application/json", files: .one, checkedWith: "a JSON reader and the format's rules"
  ) { source in
    var writer = JSONWriter(.pretty)
    writer.object { writer in
      writer.member("graph") { $0.graph(Picture(source), label: source.lab.name.text) }
    }
    let text = String(decoding: writer.bytes, as: UTF8.self) + "\n"
    return Draft(files: [ExportFile("\(source.lab.name).json", "application/json", text)])
  }
}

extension JSONWriter {
  fileprivate mutating func graph(_ picture: Picture, label: String) {
    member("label", label)
    member("directed", false)
    member("nodes") { writer in
      for node in picture.nodes {
        writer.key(text: node.id)
        writer.object { writer in
          writer.member("label", node.name)
          writer.member("metadata") { writer in
            writer.member("kind", node.kind.rawValue)
            writer.member("details", array: node.details) { $0.string($1) }
          }
        }
      }
    }
    member("edges", array: picture.edges) { writer, edge in
      writer.object { writer in
        writer.member("source", edge.source)
        writer.member("target", edge.target)
        writer.member("metadata") { writer in
          guard let seat = edge.seat else { return }
          writer.member("slot", seat.adapter.slot)
          writer.member("mac", "\(seat.plan.mac)")
          writer.member("ipv4", seat.plan.ipv4.address.map { "\($0)" })
          writer.member("ipv6", seat.plan.ipv6?.address.map { "\($0)" })
        }
      }
    }
  }
}
