import Foundation
import HTTPServer
import LabFormats
import LabServer
@testable import LabStorage
import Logging

/// The service on a real socket, with a database in a real file of its own.
final class RunningService {
  private static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

  private let folder: URL
  private let steps: [Step]
  private let rules: AccessRules
  private let limits: DocumentLimits
  private let logger: Logger
  /// The labs and tokens of the service, as another process would see them.
  let store: LabStore
  private var server: Server
  private var client: TestClient

  /// - Parameters:
  ///   - tokens: those that the service has from the start.
  ///   - limits: how much a lab may hold.
  ///   - steps: what requests pass before the service's own steps.
  ///   - database: what an older labplan wrote, as SQL.
  init(
    _ rules: AccessRules = AccessRules(), tokens: [AccessToken] = [], logger: Logger? = nil,
    limits: DocumentLimits = DocumentLimits(), behind steps: [Step] = [],
    database: String? = nil
  ) throws {
    self.rules = rules
    self.limits = limits
    self.steps = steps
    self.logger = logger ?? Self.silent
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("labplan-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    if let database {
      let location = try DatabaseLocation(path: folder.appendingPathComponent("labs.sqlite").path)
      try Connection(to: location, access: .readWrite).execute(database)
    }
    store = try LabStore(path: folder.appendingPathComponent("labs.sqlite").path)
    for token in tokens { _ = try store.create(token) }
    (server, client) = try Self.start(in: folder, rules, limits, self.logger, steps)
  }

  deinit {
    server.stop(drainingWithin: .seconds(1))
    try? FileManager.default.removeItem(at: folder)
  }

  private static func start(
    in folder: URL, _ rules: AccessRules, _ limits: DocumentLimits, _ logger: Logger,
    _ steps: [Step]
  ) throws -> (Server, TestClient) {
    let store = try LabStore(path: folder.appendingPathComponent("labs.sqlite").path)
    let service = LabService(
      store: store, logger: logger, access: rules, limits: limits)
    let server = try service.start(Configuration(host: "127.0.0.1", port: 0), behind: steps)
    return (server, try TestClient(port: server.localAddress.port))
  }

  /// Stops the service and starts another one on the same file.
  func restart() throws {
    server.stop(drainingWithin: .seconds(5))
    (server, client) = try Self.start(in: folder, rules, limits, logger, steps)
  }

  /// Another connection.
  func connect() throws -> TestClient { try TestClient(port: server.localAddress.port) }

  func get(_ path: String, _ headers: [String: String] = [:]) throws -> TestResponse {
    try client.send("GET", path, headers: headers)
  }

  func delete(_ path: String, _ headers: [String: String] = [:]) throws -> TestResponse {
    try client.send("DELETE", path, headers: headers)
  }

  /// Sends a method with a body; JSON where the headers say nothing else.
  func send(
    _ method: String, _ path: String, _ body: String? = nil, _ headers: [String: String] = [:]
  ) throws -> TestResponse {
    var headers = headers
    if body != nil, headers["Content-Type"] == nil { headers["Content-Type"] = "application/json" }
    return try client.send(method, path, headers: headers, body: body.map { Array($0.utf8) })
  }
}

/// The header of a body in YAML.
let yaml = ["Content-Type": "application/yaml"]

extension String {
  /// The text of JSON written with single quotes for double ones.
  var json: String { replacing("'", with: "\"") }
}
