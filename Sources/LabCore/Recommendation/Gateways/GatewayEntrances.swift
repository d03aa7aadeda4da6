/// How ports of the VMs behind a gateway are reached from outside.
struct GatewayDoors {
  /// Ports of the host that lead to the gateway, where it is behind a NAT.
  var forwards: [PortForwardDraft] = []
  /// Ports of the gateway that lead to VMs.
  var entrances: [DestinationForwardDraft] = []
  /// What lets them pass.
  var rules: [FirewallRuleDraft] = []
}

/// Opens ports for what the host and the LAN have to reach behind gateways.
struct GatewayEntrances {
  private let question: RecommendationQuestion
  private var ports = HostPorts(taken: [])

  init(_ writer: GatewayWriter) {
    question = writer.question
  }

  /// - Returns: nil where the host has no port left.
  mutating func doors(of gateway: DNSLabel, leadingTo members: Set<Int>) -> GatewayDoors? {
    var doors = GatewayDoors()
    for machine in members.sorted() {
      let services = question.services
      for (service, bit) in zip(services.ofMachine[machine], services.bits[machine]) {
        let isForHost = question[question.host, machine].services & bit != 0
        let isForLAN = question[question.lan, machine].services & bit != 0
        guard isForHost || isForLAN else { continue }
        guard let port = ports.next(for: service.port) else { return nil }
        open(service, of: machine, at: port, isForLAN: isForLAN, gateway, in: &doors)
      }
    }
    return doors
  }

  private func open(
    _ service: PortService, of machine: Int, at port: Int, isForLAN: Bool, _ gateway: DNSLabel,
    in doors: inout GatewayDoors
  ) {
    let name = question.lab.machines[machine].name
    if question.offer.hasNAT {
      doors.forwards.append(
        PortForwardDraft(
          transport: service.transport, hostAddress: isForLAN ? nil : .loopback, hostPort: port,
          vm: gateway, slot: 1, guestPort: port))
    }
    doors.entrances.append(
      DestinationForwardDraft(
        slot: 1, transport: service.transport, port: port, target: .machine(name),
        targetPort: service.port))
    doors.rules.append(
      FirewallRuleDraft(
        slot: 1, to: .endpoints(.vm(name)),
        transport: FirewallRule.Transport(rawValue: service.transport.rawValue),
        port: service.port))
  }
}
