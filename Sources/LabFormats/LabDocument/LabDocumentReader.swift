public import LabCore

/// Reads lab documents, whole or in part, from their trees.
///
/// Every fault is found in one pass, in document order, and the first `FaultLog.limit` are listed. Of
/// a list that is longer than its limit nothing is read behind the limit. A part that cannot be read is nil or left
/// out in the draft. What is missing, dangling or contradictory is for `resolve(_:)` to say:
/// `faults.merged(with:)` puts the two lists together. `null` counts as left out.
public enum LabDocumentReader {
  /// Reads a whole lab.
  public static func readLab(
    _ document: DocumentNode, within limits: DocumentLimits = DocumentLimits()
  ) -> (lab: LabDraft, faults: [Fault]) {
    var reader = PartReader(limits: limits)
    let lab = reader.readLab(document)
    return (lab, reader.faults)
  }

  /// Reads one network; pointers are relative to it.
  public static func readNetwork(
    _ document: DocumentNode, within limits: DocumentLimits = DocumentLimits()
  ) -> (network: NetworkDraft, faults: [Fault]) {
    var reader = PartReader(limits: limits)
    let network = reader.readNetwork(document)
    return (network, reader.faults)
  }

  /// Reads one VM; pointers are relative to it.
  public static func readMachine(
    _ document: DocumentNode, within limits: DocumentLimits = DocumentLimits()
  ) -> (machine: VirtualMachineDraft, faults: [Fault]) {
    var reader = PartReader(limits: limits)
    let machine = reader.readMachine(document)
    return (machine, reader.faults)
  }
}
