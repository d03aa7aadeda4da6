import Foundation
import LabFormats

/// A judge of JSON by JSON Schema 2020-12, as far as `openapi.yaml` uses it. A keyword that it does
/// not know is reported, so that no bound goes unchecked.
struct JSONSchema {
  /// What `#/…` points into.
  let root: DocumentNode

  private static let annotations: Set<String> = ["description", "default", "format", "example"]

  /// What is wrong with a value, each with the place of the value.
  func faults(of value: DocumentNode, by schema: DocumentNode, at place: String = "") -> [String] {
    if case .bool(let isValid) = schema.value { return isValid ? [] : ["\(place): nothing fits"] }
    return schema.members.flatMap { keyword -> [String] in
      guard !Self.annotations.contains(keyword.key) else { return [] }
      let found =
        faults(of: value, keyword.key, keyword.value, at: place)
        ?? containerFaults(of: value, keyword.key, keyword.value, of: schema, at: place)
        ?? scalarFault(of: value, keyword.key, keyword.value).map { $0.isEmpty ? [] : [$0] }
      return found?.map { $0.hasPrefix("/") ? $0 : "\(place): \($0)" }
        ?? ["\(place): the schema's keyword \(keyword.key) is not known"]
    }
  }

  // MARK: Keywords for any value

  private func faults(
    of value: DocumentNode, _ keyword: String, _ operand: DocumentNode, at place: String
  ) -> [String]? {
    switch keyword {
    case "$ref":
      guard let schema = resolve(Optional(operand).text) else { return ["dangling $ref"] }
      return faults(of: value, by: schema, at: place)
    case "type":
      let types = operand.elements.isEmpty ? [operand] : operand.elements
      let names = types.map { Optional($0).text }
      return names.contains(where: { value.isOfType($0) }) ? [] : ["not of type \(names)"]
    case "enum":
      return operand.elements.contains { $0.isEquivalent(to: value) } ? [] : ["none of the enum"]
    case "const": return operand.isEquivalent(to: value) ? [] : ["not the constant"]
    case "allOf": return operand.elements.flatMap { faults(of: value, by: $0, at: place) }
    case "anyOf":
      let all = operand.elements.map { faults(of: value, by: $0, at: place) }
      return all.contains(where: \.isEmpty) ? [] : ["fits none of anyOf: \(all)"]
    default: return nil
    }
  }

  /// The value that a local reference points at.
  func resolve(_ reference: String) -> DocumentNode? {
    guard reference.hasPrefix("#/") else { return nil }
    return reference.dropFirst(2).split(separator: "/").reduce(root as DocumentNode?) {
      $0?[String($1)]
    }
  }

  // MARK: Objects and arrays

  private func containerFaults(
    of value: DocumentNode, _ keyword: String, _ operand: DocumentNode, of schema: DocumentNode,
    at place: String
  ) -> [String]? {
    switch keyword {
    case "properties":
      return value.members.flatMap { member -> [String] in
        operand[member.key].map {
          faults(of: member.value, by: $0, at: "\(place)/\(member.key)")
        } ?? []
      }
    case "required":
      guard case .object = value.value else { return [] }
      return operand.elements.map { Optional($0).text }.filter { value[$0] == nil }
        .map { "\($0) is missing" }
    case "additionalProperties":
      return value.members.filter { schema["properties"]?[$0.key] == nil }
        .map { "\($0.key) is not described" }
    case "items":
      return value.elements.enumerated().flatMap {
        faults(of: $0.element, by: operand, at: "\(place)/\($0.offset)")
      }
    case "minItems":
      guard case .array(let elements) = value.value else { return [] }
      return elements.count >= operand.integer ?? 0 ? [] : ["too few items"]
    case "maxItems": return value.elements.count <= operand.integer ?? 0 ? [] : ["too many items"]
    default: return nil
    }
  }

  // MARK: Texts and numbers

  /// Empty where nothing is wrong; nil for a keyword that is not known.
  private func scalarFault(
    of value: DocumentNode, _ keyword: String, _ operand: DocumentNode
  ) -> String? {
    let bound = operand.integer ?? 0
    let length: Int? =
      if case .string(let text) = value.value { text.unicodeScalars.count } else { nil }
    return switch keyword {
    case "minLength": length ?? bound >= bound ? "" : "too short"
    case "maxLength": length ?? bound <= bound ? "" : "too long"
    case "minimum": value.integer ?? bound >= bound ? "" : "below \(bound)"
    case "maximum": value.integer ?? bound <= bound ? "" : "above \(bound)"
    case "pattern":
      length == nil
        || Optional(value).text.range(of: Optional(operand).text, options: .regularExpression)
          != nil
        ? "" : "\(Optional(value).text) does not match \(Optional(operand).text)"
    default: nil
    }
  }
}

extension DocumentNode {
  fileprivate func isOfType(_ name: String) -> Bool {
    switch (value, name) {
    case (.null, "null"), (.bool, "boolean"), (.number, "number"), (.string, "string"),
      (.array, "array"), (.object, "object"):
      true
    case (.number(.integer), "integer"): true
    default: false
    }
  }
}
