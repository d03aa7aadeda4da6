public import LabFormats

/// The two languages in which a document may be written.
public enum DocumentFormat: String, CaseIterable, Sendable {
  case json
  case yaml

  /// The tree that the bytes hold, with the place of every value.
  public func read(_ bytes: [UInt8]) throws(SyntaxFaults) -> DocumentNode {
    switch self {
    case .json: try JSONReader.read(bytes)
    case .yaml: try YAMLReader.read(bytes)
    }
  }
}
