import HTTPServer
import LabFormats

/// The fields of the answers in JSON, as `openapi.yaml` describes them: what `fields` may name.
indirect enum AnswerFields: Hashable, Sendable {
  /// A text, a number, or whatever else has no fields of its own.
  case none
  /// An object, or a list of objects.
  case named([String: AnswerFields])
  /// Anything: the description leaves open what is in it.
  case any

  /// The fields of the answer to an operation that succeeds.
  static func of(_ operation: Operation) -> AnswerFields {
    all["\(operation.method) \(operation.path)"] ?? .none
  }

  /// By method and path. Reading the description takes a moment, and it never changes.
  private static let all: [String: AnswerFields] = {
    guard let root = try? YAMLReader.read(openAPIDocument) else { return [:] }
    return Dictionary(
      uniqueKeysWithValues: LabService.operations.map { operation in
        let method = operation.method.description.lowercased()
        let answer = root["paths"]?[operation.path]?[method]?["responses"]?["200"]
        let schema = answer?["content"]?["application/json"]?["schema"]
        return (
          "\(operation.method) \(operation.path)", schema.map { fields(of: $0, in: root) } ?? .none
        )
      })
  }()

  /// The fields of the values that a schema describes.
  static func fields(of schema: DocumentNode, in root: DocumentNode) -> AnswerFields {
    // A value of any type; its fields are anybody's guess.
    if schema["type"]?.objectTypes.count == 6 { return .any }
    var found = AnswerFields.none
    for member in schema.objectMembers {
      switch (member.key, member.value.value) {
      case ("$ref", .string(let reference)):
        let target = reference.split(separator: "/").dropFirst().reduce(root as DocumentNode?) {
          $0?[String($1)]
        }
        if let target { found = found.union(fields(of: target, in: root)) }
      case ("anyOf", .array(let schemas)), ("allOf", .array(let schemas)):
        for schema in schemas { found = found.union(fields(of: schema, in: root)) }
      case ("items", _): found = found.union(fields(of: member.value, in: root))
      case ("properties", .object(let properties)):
        let fields = properties.map { ($0.key, self.fields(of: $0.value, in: root)) }
        found = found.union(.named(Dictionary(uniqueKeysWithValues: fields)))
      default: break
      }
    }
    return found
  }

  private func union(_ other: AnswerFields) -> AnswerFields {
    switch (self, other) {
    case (.any, _), (_, .any): .any
    case (.none, let some), (let some, .none): some
    case (.named(let left), .named(let right)):
      .named(left.merging(right) { $0.union($1) })
    }
  }

  /// Every field, with those around it and dots in between, in alphabetical order.
  var paths: [String] {
    guard case .named(let fields) = self else { return [] }
    return fields.sorted { $0.key < $1.key }.flatMap { name, inner in
      [name] + inner.paths.map { "\(name).\($0)" }
    }
  }

  /// What stands at a name; nil where nothing does.
  subscript(name: String) -> AnswerFields? {
    switch self {
    case .none: nil
    case .any: name.isEmpty ? nil : .any
    case .named(let fields): fields[name]
    }
  }
}

extension DocumentNode {
  /// The types that a schema allows.
  fileprivate var objectTypes: [DocumentNode] {
    if case .array(let types) = value { types } else { [self] }
  }

  fileprivate var objectMembers: [DocumentMember] {
    if case .object(let members) = value { members } else { [] }
  }
}
