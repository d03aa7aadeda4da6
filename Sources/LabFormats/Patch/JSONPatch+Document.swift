import LabCore

extension JSONPatch {
  /// Reads a patch from its document (RFC 6902 sections 3 and 4). Members that an operation does
  /// not have are ignored, as the RFC says.
  public init(reading document: DocumentNode) throws(PatchFault) {
    guard case .array(let elements) = document.value else {
      throw PatchFault(
        .malformed, operation: nil, "a patch is a list of operations, not \(document.typeInWords)")
    }
    var operations: [Operation] = []
    for (index, element) in elements.enumerated() {
      operations.append(try OperationReader(index: index, node: element).read())
    }
    self.operations = operations
  }
}

extension JSONWriter {
  /// Writes a patch.
  public mutating func patch(_ patch: JSONPatch) {
    array(patch.operations) { $0.operation($1) }
  }

  private mutating func operation(_ operation: JSONPatch.Operation) {
    object { writer in
      switch operation {
      case .add(let place, let value): writer.operation("add", place, value: value)
      case .remove(let place): writer.operation("remove", place)
      case .replace(let place, let value): writer.operation("replace", place, value: value)
      case .move(let source, let place): writer.operation("move", place, from: source)
      case .copy(let source, let place): writer.operation("copy", place, from: source)
      case .test(let place, let value): writer.operation("test", place, value: value)
      }
    }
  }

  private mutating func operation(
    _ name: String, _ place: JSONPointer, from source: JSONPointer? = nil,
    value: DocumentNode? = nil
  ) {
    member("op", name)
    if let source { member("from", source.description) }
    member("path", place.description)
    if let value {
      key("value")
      document(value)
    }
  }
}

private struct OperationReader {
  let index: Int
  let node: DocumentNode

  func read() throws(PatchFault) -> JSONPatch.Operation {
    guard node.isObject else {
      throw malformed("an operation is an object, not \(node.typeInWords)")
    }
    switch try text("op") {
    case "add": return .add(try pointer("path"), try value())
    case "remove": return .remove(try pointer("path"))
    case "replace": return .replace(try pointer("path"), try value())
    case "move": return .move(from: try pointer("from"), to: try pointer("path"))
    case "copy": return .copy(from: try pointer("from"), to: try pointer("path"))
    case "test": return .test(try pointer("path"), try value())
    case let other:
      throw malformed("\"\(other)\" is not one of add, remove, replace, move, copy, test")
    }
  }

  private func malformed(_ detail: String) -> PatchFault {
    PatchFault(.malformed, operation: index, detail)
  }

  private func member(_ key: String) throws(PatchFault) -> DocumentNode {
    guard let member = node[key] else { throw malformed("the operation needs \"\(key)\"") }
    return member
  }

  private func text(_ key: String) throws(PatchFault) -> String {
    let member = try member(key)
    guard case .string(let text) = member.value else {
      throw malformed("\"\(key)\" is a text, not \(member.typeInWords)")
    }
    return text
  }

  private func pointer(_ key: String) throws(PatchFault) -> JSONPointer {
    let text = try text(key)
    guard let pointer = JSONPointer(parsing: text) else {
      throw malformed(
        "\"\(text)\" is not a JSON Pointer: it begins with a slash, and ~ stands only in ~0 and ~1")
    }
    return pointer
  }

  private func value() throws(PatchFault) -> DocumentNode { try member("value") }
}
