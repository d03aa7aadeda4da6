import ArgumentParser
import LabServer

/// `labplan openapi`.
struct OpenAPI: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "openapi",
    abstract: "Print the description of the REST service, as OpenAPI 3.1 in YAML.",
    discussion: "A running service answers the same at /openapi.yaml, and as JSON at /openapi.json."
  )

  func run() throws {
    try StandardOutput.write(openAPIDocument)
  }
}
