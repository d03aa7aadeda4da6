public import LabCore

/// Reads lab documents, whole or in part, from their trees.
///
/// Every fault is found in one pass, in document order; a part that cannot be read is nil or left
/// out in the draft. What is missing, dangling or contradictory is for `resolve(_:)` to say:
/// `faults.merged(with:)` puts the two lists together. `null` counts as left out.
public enum LabDocumentReader {
  /// Reads a whole lab.
  public static func readLab(_ document: DocumentNode) -> (lab: LabDraft, faults: [Fault]) {
    var reader = PartReader()
    let lab = reader.readLab(document)
    return (lab, reader.faults)
  }

  /// Reads one network; pointers are relative to it.
  public static func readNetwork(
    _ document: DocumentNode
  ) -> (network: NetworkDraft, faults: [Fault]) {
    var reader = PartReader()
    let network = reader.readNetwork(document)
    return (network, reader.faults)
  }

  /// Reads one VM; pointers are relative to it.
  public static func readMachine(
    _ document: DocumentNode
  ) -> (machine: VirtualMachineDraft, faults: [Fault]) {
    var reader = PartReader()
    let machine = reader.readMachine(document)
    return (machine, reader.faults)
  }

  /// Reads a list of requirements; pointers are relative to it.
  public static func readRequirements(
    _ document: DocumentNode
  ) -> (requirements: [RequirementDraft], faults: [Fault]) {
    var reader = PartReader()
    let requirements = reader.readList(document, of: "requirements") { $0.readRequirement($1) }
    return (requirements, reader.faults)
  }
}
