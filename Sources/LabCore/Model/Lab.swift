/// A lab in which every reference holds: what the algorithms work on.
///
/// Made only by `resolve(_:)`. Everything is in document order; references are indices.
public struct Lab: Hashable, Sendable {
  /// The lab's name.
  public let name: DNSLabel
  /// The program that runs the VMs.
  public let hypervisor: Hypervisor
  /// What that program does with networks.
  public let product: ProductProfile
  /// The machine that runs the hypervisor.
  public let host: Host
  /// The lab's networks.
  public let networks: [Network]
  /// The lab's VMs.
  public let machines: [VirtualMachine]
  /// The ports of the host that lead to VMs.
  public let portForwards: [PortForward]
  /// What must, and what must not, be possible.
  public let requirements: [Requirement]
  /// The document it was made from.
  public let draft: LabDraft
  /// By network: the index of the network whose switch it is on, its own for nearly all.
  ///
  /// **Invariant:** `switches[switches[i]] == switches[i]`.
  public let switches: [Int]

  /// Indices of the VMs in name order, the order in which every answer lists them.
  public let machinesInNameOrder: [Int]

  /// What the hypervisor makes of the network that an adapter is attached to.
  public func profile(of adapter: Adapter) -> ModeProfile? {
    adapter.network.map { networks[$0].profile }
  }

  /// The network that an adapter is attached to.
  public func network(of adapter: Adapter) -> Network? {
    adapter.network.map { networks[$0] }
  }
}
