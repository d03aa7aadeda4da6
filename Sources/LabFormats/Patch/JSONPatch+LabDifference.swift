public import LabCore

extension JSONPatch {
  /// Operations that turn the document of one lab into that of another: those that
  /// `difference(from:to:)` finds in the documents, without the work of building all of them.
  public static func difference(from old: LabDraft, to new: LabDraft) -> JSONPatch {
    let documents = differing(old, new)
    return difference(from: documents.old, to: documents.new)
  }

  /// The difference of two labs, and the one that leads back.
  public static func differences(
    between old: LabDraft, and new: LabDraft
  ) -> (there: JSONPatch, back: JSONPatch) {
    let documents = differing(old, new)
    return (
      difference(from: documents.old, to: documents.new),
      difference(from: documents.new, to: documents.old)
    )
  }

  /// Documents that differ as those of two labs do, and say no more than they need.
  private static func differing(
    _ old: LabDraft, _ new: LabDraft
  ) -> (old: DocumentNode, new: DocumentNode) {
    var (old, new) = (old, new)
    blank(\.networks, of: &old, and: &new, with: NetworkDraft(name: nil, mode: nil))
    blank(\.vms, of: &old, and: &new, with: VirtualMachineDraft(name: nil))
    return (LabDocumentWriter.document(old), LabDocumentWriter.document(new))
  }

  /// Replaces parts that both labs have at the same distance from an end of the list: they are not
  /// in the difference, whatever they say.
  private static func blank<Part: Equatable>(
    _ list: WritableKeyPath<LabDraft, [Part]>, of old: inout LabDraft, and new: inout LabDraft,
    with blank: Part
  ) {
    let (before, after) = (old[keyPath: list], new[keyPath: list])
    let same = CommonEnds(of: before, and: after, by: ==)
    func blanked(_ parts: [Part]) -> [Part] {
      var parts = parts
      for index in 0..<same.front { parts[index] = blank }
      for index in (parts.count - same.back)..<parts.count { parts[index] = blank }
      return parts
    }
    old[keyPath: list] = blanked(before)
    new[keyPath: list] = blanked(after)
  }
}
