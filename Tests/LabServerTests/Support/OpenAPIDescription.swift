import Foundation
import LabFormats

/// `openapi.yaml` of the project, taken apart.
struct OpenAPIDescription {
  /// One operation as it is described.
  struct Operation {
    /// In upper case.
    let method: String
    /// With names in braces.
    let path: String
    let node: DocumentNode
    /// The path's and its own, with references followed.
    let parameters: [DocumentNode]

    /// By status, or `default`, with references followed.
    let responses: [String: DocumentNode]
    /// By media type.
    let bodies: [(type: String, content: DocumentNode)]

    var id: String { node["operationId"].text }
    var statuses: Set<Int> { Set(responses.keys.compactMap { Int($0) }) }
    var title: String { "\(method) \(path)" }

    /// Whether it wants no token.
    var isOpen: Bool { node["security"]?.elements.isEmpty ?? false }

    func parameters(in place: String) -> [DocumentNode] {
      parameters.filter { $0["in"].text == place }
    }

    /// The path with each name replaced by its example.
    var examplePath: String {
      parameters(in: "path").reduce(path) {
        let example = $1["example"]
        let text = example?.integer.map(String.init) ?? example.text
        return $0.replacing("{\($1["name"].text)}", with: text)
      }
    }
  }

  /// The project's top folder.
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  let bytes: [UInt8]
  let root: DocumentNode
  let operations: [Operation]
  var schemas: JSONSchema { JSONSchema(root: root) }

  init() throws {
    bytes = Array(try Data(contentsOf: Self.folder.appendingPathComponent("openapi.yaml")))
    let root = try YAMLReader.read(bytes)
    let schemas = JSONSchema(root: root)
    func followed(_ node: DocumentNode) -> DocumentNode {
      node["$ref"].flatMap { schemas.resolve(Optional($0).text) } ?? node
    }
    self.root = root
    operations = (root["paths"]?.members ?? []).flatMap { path in
      path.value.members.filter { $0.key != "parameters" }.map { operation in
        let lists = [path.value["parameters"], operation.value["parameters"]]
        let responses = operation.value["responses"]?.members ?? []
        let body = operation.value["requestBody"].map(followed)
        return Operation(
          method: operation.key.uppercased(), path: path.key, node: operation.value,
          parameters: lists.flatMap { $0?.elements ?? [] }.map(followed),
          responses: Dictionary(
            responses.map { ($0.key, followed($0.value)) }, uniquingKeysWith: { $1 }),
          bodies: body?["content"]?.members.map { ($0.key, $0.value) } ?? [])
      }
    }
  }

  /// What is wrong with an answer, by what its operation says of its status and media type.
  func faults(of answer: TestResponse, to operation: Operation) throws -> [String] {
    guard
      let response = operation.responses["\(answer.status)"]
        ?? (answer.status >= 400 ? operation.responses["default"] : nil)
    else { return ["status \(answer.status) is not described"] }
    // A dry run makes no revision; the last page has no next one.
    let isDryRun = answer.text.hasPrefix("{\"dry_run\"")
    for header in response["headers"]?.members ?? [] where header.key != "Link" && !isDryRun {
      if answer.headers[header.key.lowercased()] == nil { return ["\(header.key) is missing"] }
    }
    guard let type = answer.mediaType else {
      return response["content"] == nil ? [] : ["the body is missing"]
    }
    let content = response["content"]?[type] ?? response["content"]?["*/*"]
    guard let schema = content?["schema"] else {
      return ["\(type) is not described"]
    }
    switch type {
    case "application/json", "application/problem+json":
      return schemas.faults(of: try answer.json, by: schema)
    case "application/yaml":
      return schemas.faults(of: try YAMLReader.read(answer.body), by: schema)
    default:
      return schemas.faults(of: DocumentNode(.string(answer.text)), by: schema)
    }
  }
}

extension DocumentNode {
  /// The value as JSON text.
  var jsonText: String {
    var writer = JSONWriter()
    writer.document(self)
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
