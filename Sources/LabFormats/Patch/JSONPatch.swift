public import LabCore

/// JSON Patch (RFC 6902): operations on a document, one after the other.
public struct JSONPatch: Hashable, Sendable {
  /// One change, or one condition, at a place.
  public enum Operation: Hashable, Sendable {
    /// Puts a value into an object, or into a list before the element at its index; at `-` behind
    /// the last one.
    case add(JSONPointer, DocumentNode)
    /// Takes away what stands at a place.
    case remove(JSONPointer)
    /// Puts a value in the place of another.
    case replace(JSONPointer, DocumentNode)
    /// Takes a value away and adds it elsewhere.
    case move(from: JSONPointer, to: JSONPointer)
    /// Adds a value that stands elsewhere too.
    case copy(from: JSONPointer, to: JSONPointer)
    /// Goes on only where a place holds an equal value.
    case test(JSONPointer, DocumentNode)
  }

  /// In the order in which they are carried out.
  public let operations: [Operation]

  /// A patch of operations.
  public init(_ operations: [Operation]) {
    self.operations = operations
  }

  /// A patch that carries out edits of a lab document.
  public init(edits: [Edit]) {
    operations = edits.map { edit in
      switch edit {
      case .add(let place, let value): .add(place, DocumentNode(of: value))
      case .remove(let place): .remove(place)
      case .replace(let place, let value): .replace(place, DocumentNode(of: value))
      }
    }
  }
}

extension DocumentNode {
  /// The value of an edit.
  public init(of value: EditValue) {
    switch value {
    case .null: self.init(.null)
    case .bool(let value): self.init(.bool(value))
    case .integer(let value): self.init(.number(.integer(Int64(value))))
    case .string(let text): self.init(.string(text))
    case .array(let elements): self.init(.array(elements.map { DocumentNode(of: $0) }))
    case .object(let members):
      self.init(.object(members.map { DocumentMember($0.key, DocumentNode(of: $0.value)) }))
    }
  }
}

/// Why a patch could not be read or applied.
public struct PatchFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// What kind of fault; stable, for programs.
  public enum Code: String, CaseIterable, Hashable, Sendable {
    /// The patch is not written as RFC 6902 says.
    case malformed
    /// The document has nothing at the place, or nothing that could hold it.
    case notFound = "not-found"
    /// A list has no such index.
    case invalidIndex = "invalid-index"
    /// A value cannot move into itself.
    case intoItself = "into-itself"
    /// A test found another value.
    case testFailed = "test-failed"
    /// The document would be nested too deeply, or grow without bound.
    case tooLarge = "too-large"
  }

  /// What kind.
  public let code: Code
  /// Which operation, counted from 0; nil for the patch as a whole.
  public let operation: Int?
  /// The place in the document that the operation names; nil where it names none.
  public let pointer: JSONPointer?
  /// The sentence for the person who wrote the patch.
  public let detail: String

  init(_ code: Code, operation: Int?, at pointer: JSONPointer? = nil, _ detail: String) {
    self.code = code
    self.operation = operation
    self.pointer = pointer
    self.detail = detail
  }

  /// A patch of more operations than are carried out.
  public init(tooMany count: Int, most: Int) {
    self.init(
      .tooLarge, operation: nil, "it has \(count) operations; at most \(most) are carried out")
  }

  /// The operation and the sentence.
  public var description: String {
    operation.map { "operation \($0): \(detail)" } ?? detail
  }
}
