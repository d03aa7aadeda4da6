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
    /// Stands for the faults that are not listed.
    case moreFaults = "more-faults"
  }

  /// Where in the document.
  public let pointer: JSONPointer
  /// What kind.
  public let code: Code
  /// The sentence for the person who wrote the document.
  public let detail: String
  /// How many faults this one stands for: 1, except for `moreFaults`.
  public let count: Int

  /// A fault of a kind at a place.
  public init(_ code: Code, at pointer: JSONPointer, _ detail: String) {
    self.init(code, at: pointer, detail, count: 1)
  }

  private init(_ code: Code, at pointer: JSONPointer, _ detail: String, count: Int) {
    self.pointer = pointer
    self.code = code
    self.detail = detail
    self.count = count
  }

  /// Stands for a number of faults that are not listed.
  public static func more(_ count: Int) -> Fault {
    let words = count == 1 ? "1 more fault is" : "\(count) more faults are"
    return Fault(.moreFaults, at: .root, "\(words) not listed; mend the others first", count: count)
  }

  /// The same fault at another place.
  public func at(_ pointer: JSONPointer) -> Fault {
    Fault(code, at: pointer, detail, count: count)
  }
}
