import LabCore
import LabFormats
import TestSupport
import Testing

@Suite("The difference of two labs")
struct LabDifferenceTests {
  /// The documents' own difference is the oracle.
  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func isThatOfTheirDocuments(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var generator = DraftGenerator(seed: seed)
    for _ in 0..<10 {
      let old = try generator.lab()
      var new = Bool.random(using: &random) ? try generator.lab() : old
      if Bool.random(using: &random), !new.vms.isEmpty {
        new.vms.remove(at: Int.random(in: new.vms.indices, using: &random))
      }
      if Bool.random(using: &random) {
        new.networks.insert(NetworkDraft(name: nil, mode: .nat), at: new.networks.count / 2)
      }
      let expected = JSONPatch.difference(
        from: LabDocumentWriter.document(old), to: LabDocumentWriter.document(new))
      let back = JSONPatch.difference(
        from: LabDocumentWriter.document(new), to: LabDocumentWriter.document(old))
      #expect(JSONPatch.difference(from: old, to: new) == expected, "seed \(seed)")
      let both = JSONPatch.differences(between: old, and: new)
      #expect(both.there == expected && both.back == back, "seed \(seed)")
    }
  }
}
