public import LabCore

/// Writes lab documents, whole or in part: keys in the order of the documentation, and what the
/// document leaves out left out.
public enum LabDocumentWriter {
  /// A lab as JSON.
  public static func json(_ lab: LabDraft, layout: JSONWriter.Layout = .compact) -> [UInt8] {
    json(layout) { $0.lab(lab) }
  }

  /// A network as JSON.
  public static func json(
    _ network: NetworkDraft, layout: JSONWriter.Layout = .compact
  ) -> [UInt8] {
    json(layout) { $0.network(network) }
  }

  /// A VM as JSON.
  public static func json(
    _ machine: VirtualMachineDraft, layout: JSONWriter.Layout = .compact
  ) -> [UInt8] {
    json(layout) { $0.machine(machine) }
  }

  private static func json(
    _ layout: JSONWriter.Layout, _ write: (inout JSONWriter) -> Void
  ) -> [UInt8] {
    var writer = JSONWriter(layout, reservingCapacity: 4096)
    write(&writer)
    return writer.bytes
  }

  /// A lab as YAML.
  public static func yaml(_ lab: LabDraft) -> String { YAMLWriter.text(of: document(lab)) }

  /// A network as YAML.
  public static func yaml(_ network: NetworkDraft) -> String {
    YAMLWriter.text(of: document(network))
  }

  /// A VM as YAML.
  public static func yaml(_ machine: VirtualMachineDraft) -> String {
    YAMLWriter.text(of: document(machine))
  }

  /// A lab as a tree, for patches.
  public static func document(_ lab: LabDraft) -> DocumentNode { build { $0.lab(lab) } }

  /// A network as a tree, for patches.
  public static func document(_ network: NetworkDraft) -> DocumentNode {
    build { $0.network(network) }
  }

  /// A VM as a tree, for patches.
  public static func document(_ machine: VirtualMachineDraft) -> DocumentNode {
    build { $0.machine(machine) }
  }

  private static func build(_ write: (inout DocumentBuilder) -> Void) -> DocumentNode {
    var builder = DocumentBuilder()
    write(&builder)
    return builder.root
  }
}

/// Lab documents as a part of an answer.
extension JSONWriter {
  /// Writes a lab.
  public mutating func document(_ lab: LabDraft) { self.lab(lab) }
  /// Writes a network.
  public mutating func document(_ network: NetworkDraft) { self.network(network) }
  /// Writes a VM.
  public mutating func document(_ machine: VirtualMachineDraft) { self.machine(machine) }
  /// Writes a requirement.
  public mutating func document(_ requirement: RequirementDraft) { self.requirement(requirement) }
}
