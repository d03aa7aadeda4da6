/// One thing that is wrong with a document, and where.
public struct Fault: Error, Hashable, Sendable {
  /// What kind of fault; stable, for programs.
  public enum Code: String, CaseIterable, Hashable, Sendable {
    case unknownKey = "unknown-key"
    case wrongType = "wrong-type"
    case missing = "missing"
    case invalidValue = "invalid-value"
    case outOfRange = "out-of-range"
    case tooMany = "too-many"
    case reservedName = "reserved-name"
    case nameMismatch = "name-mismatch"
    case duplicateName = "duplicate-name"
    case duplicateSlot = "duplicate-slot"
    case unknownReference = "unknown-reference"
    case hostBits = "host-bits"
    case outsidePrefix = "outside-prefix"
    case unusableAddress = "unusable-address"
    case notUnicast = "not-unicast"
    case familyMismatch = "family-mismatch"
    case contradiction = "contradiction"
  }

  /// Where in the document.
  public let pointer: JSONPointer
  /// What kind.
  public let code: Code
  /// The sentence for the person who wrote the document.
  public let detail: String

  /// A fault of a kind at a place.
  public init(_ code: Code, at pointer: JSONPointer, _ detail: String) {
    self.pointer = pointer
    self.code = code
    self.detail = detail
  }
}
