import LabCore
import LabFormats

private let documentWords = [
  "\"name\":", "name: ", "{", "}", "[", "]", ",", ":", "\"", "\\u0000", "\\ud800", "\n", "\n  - ",
  "- ", "null", "true", "1e999", "-0", "9223372036854775808", "0x1F", "~", "&a ", "*a", "<<: ",
  "!!str ", "---\n", "# ", "|\n ", "\u{FEFF}", "\0", "networks", "vms", "adapters", "mode",
  "nat-network", "internal", "ipv4", "10.0.2.0/24", "port_forwards", "requirements", "tag:a",
  "\u{FF}", "\u{1F600}",
]

extension FuzzTarget {
  static let json = FuzzTarget(name: "json", words: documentWords) { bytes in
    try readDocument(bytes, by: JSONReader.read)
  }

  static let yaml = FuzzTarget(name: "yaml", words: documentWords) { bytes in
    try readDocument(bytes, by: YAMLReader.read)
  }

  /// A document is refused with at least one fault at a place inside of the text, or it reads back
  /// from what is written of it; and so does the lab that it may be.
  private static func readDocument(
    _ bytes: [UInt8], by read: ([UInt8]) throws(SyntaxFaults) -> DocumentNode
  ) throws -> String {
    let document: DocumentNode
    do throws(SyntaxFaults) {
      document = try read(bytes)
    } catch {
      guard let first = error.faults.first else { throw Broken("refused without a fault") }
      let lines = bytes.count + 1
      guard (1...lines).contains(first.position.line), first.position.column >= 1 else {
        throw Broken("a fault at \(first.position) of \(lines) lines at most")
      }
      return "syntax " + first.description.filter(\.isLetter).prefix(40)
    }
    var writer = JSONWriter()
    writer.document(document)
    guard try JSONReader.read(writer.bytes).withoutPositions == document.withoutPositions else {
      throw Broken("the document does not read back from JSON")
    }
    return try readLab(document)
  }

  private static func readLab(_ document: DocumentNode) throws -> String {
    let (draft, faults) = LabDocumentReader.readLab(document)
    guard faults.isEmpty else {
      return Set(faults.map(\.code.rawValue)).sorted().joined(separator: " ")
    }
    let again = try YAMLReader.read(Array(LabDocumentWriter.yaml(draft).utf8))
    guard LabDocumentReader.readLab(again).lab == draft else {
      throw Broken("the lab does not read back from YAML")
    }
    switch resolve(draft) {
    case .failure(let invalid):
      return "draft " + Set(invalid.faults.map(\.code.rawValue)).sorted().joined(separator: " ")
    case .success(let lab):
      return "lab \(min(lab.machines.count, 4)) \(min(lab.networks.count, 4))"
    }
  }
}
