/// One reason why a text is not a JSON or YAML document.
public struct SyntaxFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// What kind of fault; stable, for programs.
  public enum Code: String, CaseIterable, Hashable, Sendable {
    /// The text breaks the grammar.
    case syntax
    /// The bytes are not UTF-8, or hold a character that no document may.
    case encoding
    /// A key stands twice in one object.
    case duplicateKey = "duplicate-key"
    /// More than `documentNestingLimit` objects and arrays within each other.
    case tooDeep = "too-deep"
    /// The document holds more than `documentValueLimit` values, aliases make it larger than
    /// `YAMLReader.expansionLimit`, or it has more faults than are listed.
    case tooLarge = "too-large"
    /// The format allows it, but a document that is also to be JSON cannot carry it.
    case unsupported
  }

  /// What kind.
  public let code: Code
  /// Where in the text.
  public let position: SourcePosition
  /// The sentence for the person who wrote the document, without the place.
  public let detail: String

  /// A fault of a kind at a place.
  public init(_ code: Code, at position: SourcePosition, _ detail: String) {
    self.code = code
    self.position = position
    self.detail = detail
  }

  /// Place and sentence: `line 3, column 5: …`.
  public var description: String { "\(position): \(detail)" }
}

/// Why a text could not be read: every fault that was found, in the order of the text.
///
/// **Invariant:** there is at least one.
public struct SyntaxFaults: Error, Hashable, Sendable, CustomStringConvertible {
  /// At least one, in the order of the text.
  public let faults: [SyntaxFault]

  /// The given fault and others that were found beside it.
  init(_ fault: SyntaxFault, and others: [SyntaxFault] = []) {
    faults = (others + [fault]).sorted { $0.position < $1.position }
  }

  /// One line for each fault.
  public var description: String { faults.map(\.description).joined(separator: "\n") }
}

/// How many objects and arrays a document may have within each other.
public let documentNestingLimit = 64

/// How many values a document may hold, objects and arrays counted: about eight times as many as the
/// largest lab has.
public let documentValueLimit = 1_000_000

extension SyntaxFault {
  /// A document that holds more than `documentValueLimit` values.
  static func tooManyValues(at position: SourcePosition) -> SyntaxFault {
    SyntaxFault(
      .tooLarge, at: position,
      "a document holds at most \(documentValueLimit) values; this is one more")
  }

  /// A document with more faults than are listed.
  static func tooManyFaults(at position: SourcePosition) -> SyntaxFault {
    SyntaxFault(.tooLarge, at: position, "too many faults; the rest of the document was not read")
  }
}
