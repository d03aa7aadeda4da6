import LabCore
import LabFormats

/// A kind of finding: its stable id and what it looks for.
public struct CheckRule: Hashable, Sendable {
  /// Stable, for programs.
  public let id: String
  /// A sentence.
  public let summary: String

  /// A file that the system does not let one read.
  static let unreadable = CheckRule(id: "unreadable", summary: "The file cannot be read.")

  /// Every kind of finding there is: on the file, its syntax, its content, the lab.
  public static let all =
    [unreadable]
    + SyntaxFault.Code.allCases.map { CheckRule(id: $0.rawValue, summary: $0.summary) }
    + Fault.Code.allCases.map { CheckRule(id: $0.rawValue, summary: $0.summary) }
    + FindingRule.all.map { CheckRule(id: $0.id, summary: findingSummaries[$0.id] ?? $0.id) }
}

extension SyntaxFault.Code {
  fileprivate var summary: String {
    switch self {
    case .syntax: "The text breaks the grammar of JSON or YAML."
    case .encoding: "The bytes are not UTF-8, or hold a character that no document may."
    case .duplicateKey: "A key stands twice in one object."
    case .tooDeep: "The document has too many objects and lists within each other."
    case .tooLarge: "The document holds more values, or has more faults, than are read."
    case .unsupported: "YAML allows it, but JSON cannot say it."
    }
  }
}

extension Fault.Code {
  fileprivate var summary: String {
    switch self {
    case .unknownKey: "An object has a key that means nothing there."
    case .wrongType: "A value is of another type than its key takes."
    case .missing: "Something that is needed is left out."
    case .invalidValue: "A value is none of those that its key takes."
    case .outOfRange: "A number is outside the range that its key takes."
    case .tooMany: "A list is longer than it may be."
    case .reservedName: "A name is reserved for an endpoint of the connectivity matrix."
    case .nameMismatch: "The document and the place it is stored at have different names."
    case .duplicateName: "Two things of one kind have the same name."
    case .duplicateSlot: "Two adapters of a VM are in the same slot."
    case .unknownReference: "A name is used that nothing in the document has."
    case .hostBits: "A prefix has host bits set."
    case .outsidePrefix: "An address lies outside the prefix it must be in."
    case .unusableAddress: "An address cannot be given to a machine."
    case .notUnicast: "An address is not a unicast address."
    case .familyMismatch: "IPv4 and IPv6 are mixed where one family is needed."
    case .contradiction: "Two parts of the document contradict each other."
    case .moreFaults: "The document has more faults than are listed."
    }
  }
}
