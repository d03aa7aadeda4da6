import Foundation
import LabCore
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
      values("Hypervisor/properties/product") == Hypervisor.Product.allCases.map(\.rawValue))
  }

  @Test func everyCodeOfAFaultIsDescribed() {
    let codes =
      Fault.Code.allCases.map(\.rawValue) + SyntaxFault.Code.allCases.map(\.rawValue)
      + ["unknown-parameter", "duplicate-parameter", "in-use", "too-few-addresses"]
    #expect(values("FaultCode") == codes)
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
