import Foundation
import HTTPServer
import LabCore
import LabExchange
import LabFormats
import LabStorage
import Testing

@testable import LabServer

/// `openapi.yaml` and the service, held against each other both ways.
@Suite struct OpenAPITests {
  let description: OpenAPIDescription

  init() throws { description = try OpenAPIDescription() }

  // MARK: Routes

  @Test func everyOperationIsDescribedAndEveryDescriptionIsOfOne() {
    let routed = Set(LabService.operations.map { "\($0.method) \($0.path)" })
    let described = Set(description.operations.map(\.title))
    #expect(routed.subtracting(described).isEmpty, "not described")
    #expect(described.subtracting(routed).isEmpty, "described, but not there")
  }

  @Test func queryParametersAreTheSame() throws {
    for operation in LabService.operations {
      let title = "\(operation.method) \(operation.path)"
      let described = try #require(description.operations.first { $0.title == title })
      let names = described.parameters(in: "query").map { $0["name"].text }
      #expect(Set(names) == Set(operation.query.map(\.rawValue)), "\(title)")
      #expect(Set(names).count == names.count, "\(title)")
    }
  }

  @Test func everyNameInAPathIsAParameter() {
    for operation in description.operations {
      let named = operation.parameters(in: "path").map { "{\($0["name"].text)}" }
      let braces = operation.path.split(separator: "/").map(String.init).filter { $0.first == "{" }
      #expect(Set(named) == Set(braces), "\(operation.title)")
    }
  }

  @Test func operationsHaveNamesOfTheirOwnAndAKnownTag() {
    let ids = description.operations.map(\.id)
    #expect(Set(ids).count == ids.count)
    #expect(!ids.contains(""))
    let tags = Set(description.root["tags"]?.elements.map { $0["name"].text } ?? [])
    for operation in description.operations {
      #expect(operation.node["tags"]?.elements.count == 1, "\(operation.title)")
      #expect(tags.contains(operation.node["tags"]?[0].text ?? ""), "\(operation.title)")
      #expect(!operation.node["summary"].text.isEmpty, "\(operation.title)")
    }
  }

  // MARK: Vocabularies

  private func values(_ path: String) -> [String] {
    let schema = description.schemas.resolve("#/components/schemas/\(path)")
    return schema?["enum"]?.elements.filter { $0.value != .null }.map { Optional($0).text } ?? []
  }

  @Test func closedVocabulariesAreTheSame() {
    #expect(values("Problem/properties/code") == ProblemCode.allCases.map(\.rawValue))
    #expect(
      values("RecordedRevision/properties/kind") == Revision.Kind.allCases.map(\.rawValue))
    #expect(values("Outcome") == Outcome.allCases.map(\.name))
    #expect(values("Mode") == NetworkMode.allCases.map(\.rawValue))
    #expect(
      values("Assignment/properties/source") == AddressSource.allCases.map(\.rawValue))
    #expect(
      values("UnnamedVM/properties/os") == VirtualMachine.OperatingSystem.allCases.map(\.rawValue))
    #expect(values("Host/properties/os") == Host.OperatingSystem.allCases.map(\.rawValue))
    #expect(values("Uplink/properties/kind") == Uplink.Kind.allCases.map(\.rawValue))
    #expect(values("Adapter/properties/model") == AdapterModel.allCases.map(\.rawValue))
    #expect(
      values("Adapter/properties/promiscuous") == PromiscuousPolicy.allCases.map(\.rawValue))
    #expect(
      values("PortForward/properties/protocol") == PortForward.Transport.allCases.map(\.rawValue))
    #expect(
      values("Requirement/properties/protocol") == Requirement.Transport.allCases.map(\.rawValue))
    #expect(
      values("Export/properties/warnings/items/properties/code")
        == ExportWarning.Code.allCases.map(\.rawValue))
    #expect(
      values("ExportFormats/properties/exports/items/properties/files")
        == ExportFormat.Files.allCases.map(\.rawValue))
    #expect(
      values("Hypervisor/properties/product") == Hypervisor.Product.allCases.map(\.rawValue))
  }

  @Test func everyCodeOfAFaultIsDescribed() {
    #expect(values("FaultCode") == FaultCode.all.map(\.text))
  }

  /// Each is told of at a response, by name, beside the status that it comes with.
  @Test func everyCodeOfAProblemIsTold() throws {
    let responses = description.root["components"]?["responses"]?.members ?? []
    for code in ProblemCode.allCases {
      let told = responses.filter { $0.value["description"].text.contains("`\(code.rawValue)`") }
      #expect(!told.isEmpty, "\(code.rawValue)")
      let statuses = Set(
        description.operations.flatMap { $0.responses }.filter { response in
          told.contains { $0.value == response.value }
        }.map(\.key))
      let isTold =
        statuses.contains("\(code.status.code)")
        || told.contains { $0.value["description"].text.contains("(\(code.status.code)") }
        || told.contains { $0.value["description"].text.contains(", \(code.status.code)") }
      #expect(isTold, "\(code.rawValue) \(code.status.code): \(statuses)")
    }
  }

  /// Each has a place in the sources where it comes about, beside the list of all of them.
  @Test func everyCodeComesAbout() throws {
    let sources = OpenAPIDescription.folder.appendingPathComponent("Sources")
    let files = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)
    var text = ""
    while let file = files?.nextObject() as? URL {
      let isList = ["ProblemCode.swift", "FaultCode.swift"].contains(file.lastPathComponent)
      guard file.pathExtension == "swift", !isList else { continue }
      text += try String(contentsOf: file, encoding: .utf8)
    }
    let names =
      ProblemCode.allCases.map { "\($0)" } + Fault.Code.allCases.map { "\($0)" }
      + SyntaxFault.Code.allCases.map { "\($0)" }
      + ["unknownParameter", "duplicateParameter", "unknownField", "inUse", "tooFewAddresses"]
    for name in names {
      #expect(
        text.range(of: "[(\\s]\\.\(name)\\b", options: .regularExpression) != nil, "\(name)")
    }
  }

  @Test func everySchemaIsUsed() {
    let text = String(decoding: description.bytes, as: UTF8.self)
    for kind in ["schemas", "responses", "parameters", "requestBodies", "headers"] {
      for member in description.root["components"]?[kind]?.members ?? [] {
        #expect(
          text.contains("'#/components/\(kind)/\(member.key)'"), "\(kind)/\(member.key) is unused")
      }
    }
  }

  // MARK: Tokens

  /// The example of a token, with each operation that wants one; the others want none.
  @Test func theTokenOfTheExampleLetsIn() throws {
    let scheme = description.root["components"]?["securitySchemes"]?["token"]
    let example = scheme?["x-example"].text ?? ""
    #expect(scheme?["description"].text.contains("'Authorization: \(example)'") == true)
    let secret = try #require(TokenSecret(chosen: String(example.dropFirst("Bearer ".count))))
    let token = AccessToken(
      name: try DNSLabel(parsing: "example"), digest: secret.digest, role: .admin, labs: .all,
      createdAt: .now, expiresAt: nil)
    let service = try RunningService(tokens: [token])
    #expect(
      try service.send("PUT", "/v1/labs/beta-test", "{}", ["Authorization": example]).status == 201)
    for operation in description.operations where operation.method == "GET" {
      let (path, accept) = (operation.examplePath, ["Accept": "*/*"])
      let nobody = try service.connect().listen(path, headers: accept)
      #expect(nobody.status == (operation.isOpen ? 200 : 401), "\(operation.title)")
      #expect((nobody.headers["www-authenticate"] != nil) == !operation.isOpen)
      let holder = try service.connect().listen(
        path, headers: accept.merging(["Authorization": example]) { $1 })
      #expect([200, 404].contains(holder.status), "\(operation.title)")
    }
  }

  // MARK: The document itself

  @Test func theServiceAnswersItsDescription() throws {
    let service = try RunningService()
    #expect(try service.get("/openapi.yaml").body == description.bytes)
    let json = try service.get("/openapi.json")
    #expect(json.mediaType == "application/json")
    #expect(try json.json.withoutPositions == description.root.withoutPositions)
  }

  private static let validator = (ProcessInfo.processInfo.environment["PATH"] ?? "")
    .split(separator: ":").map { "\($0)/openapi-spec-validator" }
    .first { FileManager.default.isExecutableFile(atPath: $0) }

  @Test(.enabled(if: validator != nil, "openapi-spec-validator is not installed"))
  func anIndependentValidatorAgrees() throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(Self.validator))
    process.arguments = [
      OpenAPIDescription.folder.appendingPathComponent("openapi.yaml").path
    ]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(text)")
  }
}
