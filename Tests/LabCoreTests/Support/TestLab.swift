@testable import LabCore

/// A label that is known to be one.
func label(_ text: String) -> DNSLabel { try! DNSLabel(parsing: text) }

/// An IPv4 address that is known to be one.
func address4(_ text: String) -> IPv4Address { try! IPv4Address(parsing: text) }

/// An IPv4 prefix that is known to be one.
func prefix4(_ text: String) -> IPv4Prefix { try! IPv4Prefix(parsing: text) }

/// A lab with its plan, for asking about cells by name.
struct TestLab {
  let lab: Lab
  let plan: AddressPlan

  init(_ draft: LabDraft) throws {
    lab = try resolve(draft).get()
    plan = assignAddresses(in: lab)
  }

  /// A lab of VMs, each with one adapter on each of the networks it names.
  init(
    networks: [NetworkDraft], vms: [(String, [String?])], forwards: [PortForwardDraft] = [],
    host: HostDraft? = HostDraft(uplink: .example), version: String = "7.1"
  ) throws {
    try self.init(
      LabDraft(
        name: label("test"),
        hypervisor: HypervisorDraft(version: HypervisorVersion(parsing: version)), host: host,
        networks: networks,
        vms: vms.map { name, attached in
          VirtualMachineDraft(
            name: label(name),
            adapters: attached.map { AdapterDraft(network: $0.map(label)) })
        },
        portForwards: forwards))
  }

  func outcome(
    _ source: String, _ target: String, _ query: ConnectivityQuery = ConnectivityQuery()
  ) -> Outcome? {
    guard let from = lab.endpoint(named: source), let to = lab.endpoint(named: target) else {
      return nil
    }
    let fabric = compileFabric(lab: lab, plan: plan, family: query.family)
    return PairSolver(fabric: fabric, query: query)
      .outcome(from: fabric.node(of: from), to: fabric.node(of: to))
  }

  func explain(
    _ source: String, _ target: String, _ query: ConnectivityQuery = ConnectivityQuery()
  ) -> PairExplanation? {
    guard let from = lab.endpoint(named: source), let to = lab.endpoint(named: target) else {
      return nil
    }
    let fabric = compileFabric(lab: lab, plan: plan, family: query.family)
    return LabCore.explain(from: from, to: to, of: lab, in: fabric, query: query)
  }
}

extension NetworkDraft {
  static func of(_ name: String, _ mode: NetworkMode) -> NetworkDraft {
    NetworkDraft(name: label(name), mode: mode)
  }
}

extension PortForwardDraft {
  static func tcp(
    _ port: Int, to vm: String, _ guestPort: Int, on address: String? = nil
  ) -> PortForwardDraft {
    PortForwardDraft(
      transport: .tcp, hostAddress: address.map(address4), hostPort: port, vm: label(vm),
      guestPort: guestPort)
  }
}

extension Uplink {
  /// A home LAN.
  static let example = Uplink(
    interface: "eth0", kind: .wired, ipv4: try! InterfaceAddress(parsing: "192.168.1.20/24"),
    gateway: address4("192.168.1.1"),
    dhcp: AddressRange(first: address4("192.168.1.100"), last: address4("192.168.1.199")))
}
