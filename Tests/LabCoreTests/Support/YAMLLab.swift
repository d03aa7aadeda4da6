import LabFormats
import Testing

@testable import LabCore

extension TestLab {
  /// A lab written as a document.
  init(yaml: String) throws {
    let (draft, faults) = LabDocumentReader.readLab(try YAMLReader.read(Array(yaml.utf8)))
    try #require(faults.isEmpty, "\(faults)")
    try self.init(draft)
  }
}
