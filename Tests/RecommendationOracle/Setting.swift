public import LabCore

/// What all questions of one table have in common: the VMs, the host, and how far candidates go.
public struct Setting: Hashable, Sendable {
  /// 1…4 VMs, named `a` to `d`.
  public var machines: Int
  /// How many of them route, the first ones.
  public var routers: Int
  /// The host, its uplink and whether it has internet.
  public var host: HostDraft
  /// The hypervisor's version.
  public var version = Hypervisor().version
  /// How many adapters a candidate's VM may have.
  public var adapters = 2
  /// How many networks a candidate may have.
  public var networks: Int
  /// What is there already, and stays.
  public var kept: KeptDesign

  /// A setting of the given parts.
  public init(
    machines: Int, routers: Int = 0, host: HostDraft = HostDraft(), networks: Int = 3,
    kept: KeptDesign = KeptDesign()
  ) {
    self.kept = kept
    self.machines = machines
    self.routers = routers
    self.host = host
    self.networks = networks
  }

  /// The document that candidates are made of: no networks but those that stay, no requirements.
  public var document: LabDraft {
    LabDraft(
      name: label("lab"), hypervisor: HypervisorDraft(version: version), host: host,
      networks: kept.networks,
      vms: (0..<machines).map { index in
        VirtualMachineDraft(
          name: label(Self.names[index]), os: .linux, forwarding: index < routers ? true : nil,
          adapters: kept.adapters(of: index))
      })
  }

  /// The VMs' names, in order.
  static let names = ["a", "b", "c", "d"]
}

/// A name that is known to be one.
func label(_ text: String) -> DNSLabel {
  guard let label = try? DNSLabel(parsing: text) else { preconditionFailure("\(text) is no name") }
  return label
}
