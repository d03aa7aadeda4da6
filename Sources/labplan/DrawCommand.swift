import ArgumentParser
import LabCore
import LabFormats

/// `labplan draw`.
struct DrawCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "draw",
    abstract: "Draw a lab: its networks, routers and VMs, and the way of a pair.",
    discussion: """
      The picture is SVG that stands alone, for browsers and documents, light and dark. With --from \
      and --to it shows how a packet goes from one endpoint to the other, or where it stops. \
      Endpoints are VMs, host, lan, internet, and site where the LAN has one.

      EXAMPLES:
        labplan draw lab.yaml -o lab.svg
        labplan draw lab.yaml --from lan --to ubuntu --port 22 -o way.svg
        labplan draw lab.yaml --format json | jq .boxes
      """)

  /// How the picture is written.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case svg, json
  }

  @Argument(help: "The document; - is standard input.")
  var file: String

  @Option(help: "Who dials, for the way of a pair.")
  var from: String?

  @Option(help: "Who is dialled.")
  var to: String?

  @Option(help: "The protocol of the way: tcp, udp or icmp.")
  var `protocol` = Requirement.Transport.tcp

  @Option(help: "The target's port. Default: any port.")
  var port: Int?

  @Option(help: "The address family of the way: ipv4 or ipv6.")
  var family = AddressFamily.ipv4

  @Option(help: "svg, or json: what GET …/drawing answers.")
  var format = Format.svg

  @Option(name: .shortAndLong, help: "The file to write. Default: standard output.")
  var output: String?

  func validate() throws {
    guard (from == nil) == (to == nil) else {
      throw ValidationError("--from and --to go together; name both, or none")
    }
    if let port {
      guard (1...65535).contains(port) else {
        throw ValidationError("--port must be a number from 1 to 65535, not \(port)")
      }
      guard `protocol` != .icmp else { throw ValidationError("ICMP has no ports") }
    }
  }

  func run() throws {
    let plan = Plan(try readLabFile(file), family: family)
    let scene = try plan.drawing(of: try pair(in: plan))
    let bytes: [UInt8]
    switch format {
    case .svg: bytes = Array(SVGWriter.document(of: scene).utf8)
    case .json:
      var writer = JSONWriter()
      writer.scene(scene)
      bytes = writer.bytes + [UInt8(ascii: "\n")]
    }
    guard let output, output != "-" else { return try StandardOutput.write(bytes) }
    do throws(FolderError) {
      try write(bytes, at: output, replacing: true)
    } catch {
      complain("\(error)")
      throw ExitCode.failure
    }
  }

  private func pair(in plan: Plan) throws -> PairExplanation? {
    guard let from, let to else { return nil }
    return explain(
      from: try endpoint(from, in: plan.lab), to: try endpoint(to, in: plan.lab), of: plan.lab,
      in: plan.fabric,
      query: ConnectivityQuery(transport: `protocol`, port: port, family: family))
  }

  private func endpoint(_ name: String, in lab: Lab) throws -> Endpoint {
    if let endpoint = lab.endpoint(named: name) { return endpoint }
    let known = lab.endpoints.map(lab.name)
    let hint = nearestNames(to: name, among: known).first.map { "; did you mean \"\($0)\"?" }
    complain("there is no endpoint \"\(name)\"\(hint ?? "")")
    throw ExitCode.failure
  }
}
