import CAssets
import HTTPServer
import LabAnswers
import LabCore
import LabFormats
import LabStorage

/// What is about the service itself.
let serviceOperations: [Operation] = [
  Operation(
    .get, "/v1/modes", query: [.product, .version, .fields], for: .everyone
  ) { _, call throws(Problem) in
    let type = try call.negotiate(.json)
    guard call.query.product != nil || call.query.version != nil else {
      return plainAnswer(.bytes(modes), as: type)
    }
    let hypervisor = Hypervisor(
      product: call.query.product ?? .virtualbox, version: call.query.version)
    return plainAnswer(jsonBody { $0.modes(of: hypervisor) }, as: type)
  },
  Operation(.get, "/v1/products", query: [.fields], for: .everyone) { _, call throws(Problem) in
    plainAnswer(jsonBody { $0.products() }, as: try call.negotiate(.json))
  },
  Operation(.get, "/v1/whoami", query: [.fields], for: .role(.read)) { _, call throws(Problem) in
    let type = try call.negotiate(.json)
    return plainAnswer(jsonBody { $0.caller(call.caller) }, as: type)
  },
  Operation(.get, "/healthz", for: .everyone) { _, call throws(Problem) in
    let type = try call.negotiate(.json)
    return plainAnswer(jsonBody { $0.object { $0.member("status", "ok") } }, as: type)
  },
  Operation(.get, "/readyz", for: .everyone) { service, call throws(Problem) in
    let type = try call.negotiate(.json)
    do throws(StoreError) { try service.store.checkReadiness() } catch {
      throw Problem(notReady: error)
    }
    return plainAnswer(jsonBody { $0.object { $0.member("status", "ready") } }, as: type)
  },
  Operation(.get, "/metrics", for: .overseer) { service, call throws(Problem) in
    let type = try call.negotiate(.prometheus)
    return plainAnswer(.bytes(Array(service.prometheusText().utf8)), as: type)
  },
  Operation(.get, "/openapi.yaml", for: .everyone) { _, call throws(Problem) in
    plainAnswer(.bytes(openAPIDocument), as: try call.negotiate(.yaml))
  },
  Operation(.get, "/openapi.json", for: .everyone) { _, call throws(Problem) in
    let type = try call.negotiate(.json)
    guard let json = openAPIDocumentAsJSON else {
      throw Problem(.internal, "The description of the service cannot be read.")
    }
    return plainAnswer(.bytes(json), as: type)
  },
]

/// The answer of `GET /v1/modes`: it never changes while the service runs.
private let modes: [UInt8] = {
  var writer = JSONWriter()
  writer.modes()
  return writer.bytes + [UInt8(ascii: "\n")]
}()

/// `openapi.yaml`, as it travels inside the binary.
public let openAPIDocument: [UInt8] = {
  guard let asset = labplan_asset_named("openapi.yaml")?.pointee else { return [] }
  return Array(UnsafeBufferPointer(start: asset.bytes, count: asset.count))
}()

private let openAPIDocumentAsJSON: [UInt8]? = {
  guard let document = try? YAMLReader.read(openAPIDocument) else { return nil }
  var writer = JSONWriter(reservingCapacity: openAPIDocument.count)
  writer.document(document)
  return writer.bytes + [UInt8(ascii: "\n")]
}()
