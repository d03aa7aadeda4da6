import LabCore
import LabFormats

/// What kind of fault one of the `errors` of a problem is, for programs.
struct FaultCode: Hashable {
  let text: String

  /// A fault of a document.
  init(_ code: Fault.Code) { text = code.rawValue }

  /// A fault of a text that is no document.
  init(_ code: SyntaxFault.Code) { text = code.rawValue }

  private init(_ code: RequestFault) { text = code.rawValue }

  /// Faults that are in no document.
  private enum RequestFault: String, CaseIterable {
    case unknownParameter = "unknown-parameter"
    case duplicateParameter = "duplicate-parameter"
    case unknownField = "unknown-field"
    case notFound = "not-found"
    case inUse = "in-use"
    case tooFewAddresses = "too-few-addresses"
  }

  static let invalidValue = FaultCode(Fault.Code.invalidValue)
  static let outOfRange = FaultCode(Fault.Code.outOfRange)
  static let contradiction = FaultCode(Fault.Code.contradiction)
  /// The operation has no such query parameter.
  static let unknownParameter = FaultCode(RequestFault.unknownParameter)
  /// The query parameter is there twice.
  static let duplicateParameter = FaultCode(RequestFault.duplicateParameter)
  /// The answer has no such field.
  static let unknownField = FaultCode(RequestFault.unknownField)
  /// A part of the path names nothing.
  static let notFound = FaultCode(RequestFault.notFound)
  /// This refers to what is to be deleted.
  static let inUse = FaultCode(RequestFault.inUse)
  /// Fewer addresses are left than were asked for.
  static let tooFewAddresses = FaultCode(RequestFault.tooFewAddresses)

  /// Every kind, in the order of `openapi.yaml`.
  static let all: [FaultCode] =
    Fault.Code.allCases.map { FaultCode($0) } + SyntaxFault.Code.allCases.map { FaultCode($0) }
    + RequestFault.allCases.map { FaultCode($0) }
}
