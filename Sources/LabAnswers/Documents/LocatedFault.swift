public import LabCore
public import LabFormats

/// A fault of a document, and where it stands in its text.
public struct LocatedFault: Error, Hashable, Sendable {
  /// What is wrong.
  public let fault: Fault
  /// Nil where the place is in no text.
  public let position: SourcePosition?

  private init(_ fault: Fault, at position: SourcePosition?) {
    self.fault = fault.at(fault.pointer.excerpt)
    self.position = position
  }

  /// Faults with their places in a document; without places where there is none.
  public static func locate(_ faults: [Fault], in document: DocumentNode?) -> [LocatedFault] {
    guard let document else { return faults.map { LocatedFault($0, at: nil) } }
    return zip(faults, document.positions(of: faults)).map { LocatedFault($0, at: $1) }
  }
}

/// Why a text is no lab.
public enum DocumentRefusal: Error, Sendable {
  /// It is not JSON or YAML.
  case syntax(SyntaxFaults)
  /// It has faults, in the order in which they were found; never empty.
  case faults([LocatedFault])
}

/// Reads a whole lab from a document's text, with every fault that it has.
///
/// - Parameter name: the name that the lab is to have, where its place says so: a document may
///   then leave the name out, but not give another.
public func readLab(
  _ bytes: [UInt8], as format: DocumentFormat, named name: DNSLabel? = nil,
  within limits: DocumentLimits = DocumentLimits()
) throws(DocumentRefusal) -> Lab {
  let document: DocumentNode
  do {
    document = try format.read(bytes)
  } catch {
    throw .syntax(error)
  }
  return try readLab(document, named: name, within: limits)
}

/// Reads a whole lab from a document's tree, with every fault that it has.
public func readLab(
  _ document: DocumentNode, named name: DNSLabel? = nil,
  within limits: DocumentLimits = DocumentLimits()
) throws(DocumentRefusal) -> Lab {
  var (draft, faults) = LabDocumentReader.readLab(document, within: limits)
  faults += nameFaults(&draft.name, mustBe: name)
  switch resolve(draft) {
  case .success(let lab) where faults.isEmpty:
    return lab
  case .success:
    throw .faults(LocatedFault.locate(faults, in: document))
  case .failure(let invalid):
    throw .faults(LocatedFault.locate(faults.merged(with: invalid.faults), in: document))
  }
}

/// Gives a part the name of its place in the URL, or says that it has another.
public func nameFaults(_ name: inout DNSLabel?, mustBe wanted: DNSLabel?) -> [Fault] {
  guard let wanted else { return [] }
  defer { name = wanted }
  guard let given = name, given != wanted else { return [] }
  return [
    Fault(
      .nameMismatch, at: .root["name"],
      "the document's name is \"\(given)\", the URL's is \"\(wanted)\"; names cannot be changed")
  ]
}
