public import ArgumentParser
import LabCore
public import LabRehearsal

/// `labplan rehearse`.
struct Rehearse: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measure a lab with real packets, beside what is predicted.",
    discussion: """
      Rebuilds the lab from Linux network namespaces: one for each VM, the host, a LAN machine, \
      the LAN's router, the internet, and a NAT router in the place of each of VirtualBox's. \
      Every one of them dials every address of every other. Nothing of it has a name or touches \
      the machine's own network, and nothing is left when it ends or is interrupted.

      Prints the matrix as measured (+ reached, - not) and every cell that differs from the \
      prediction; the exit status is 1 when one does.

      EXAMPLES:
        sudo labplan rehearse lab.yaml
        sudo labplan rehearse --protocol icmp --family ipv6 lab.yaml
      """)

  @Argument(help: "The document, as for labplan plan; - is standard input.")
  var file: String

  @Option(help: "What is dialled with: tcp, udp or icmp.")
  var `protocol` = Probe.tcp

  @Option(help: "Which addresses are dialled: ipv4 or ipv6.")
  var family = AddressFamily.ipv4

  func run() throws {
    let lab = try readLabFile(file)
    if let reason = Rehearsal.unavailableReason() {
      complain("labplan: \(reason)")
      throw ExitCode.failure
    }
    let plan = Plan(lab, family: family)
    let measurement: Measurement
    do throws(RehearsalError) {
      let progress = ProgressLine()
      measurement = try Rehearsal(
        lab: lab, plan: plan.addresses, probe: `protocol`, family: family
      ).run(progress: progress.show)
      progress.clear()
    } catch {
      complain("labplan: \(error)")
      throw ExitCode.failure
    }
    let query = ConnectivityQuery(transport: `protocol`.transport, family: family)
    let report = RehearsalReport(
      lab: lab, predicted: plan.connectivity(query), measured: measurement)
    try StandardOutput.write(report.text.utf8)
    guard report.differences.isEmpty else { throw ExitCode.failure }
  }
}

extension Probe: ExpressibleByArgument {}

extension Probe {
  /// The same as the matrix asks about it.
  fileprivate var transport: Requirement.Transport {
    switch self {
    case .tcp: .tcp
    case .udp: .udp
    case .icmp: .icmp
    }
  }
}
