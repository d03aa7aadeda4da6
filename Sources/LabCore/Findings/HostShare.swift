/// What a lab takes of its host, as far as the host's other labs meet it there.
///
/// The findings of a lab depend on other labs by these facts alone. Whoever may not know a lab is
/// given its share without a name (``anonymous``), and findings then say "another lab on this host".
public struct HostShare: Hashable, Sendable {
  /// A network.
  public struct SharedNetwork: Hashable, Sendable {
    /// Its name in its lab.
    public let name: DNSLabel
    /// How the hypervisor attaches it.
    public let profile: ModeProfile
    /// What the hypervisor calls it.
    public let hypervisorName: String
    /// Its prefixes; nil where it has none of its own.
    public let ipv4: IPv4Prefix?
    /// The same for IPv6.
    public let ipv6: IPv6Prefix?
    /// The host's own address on it; nil where the host has none.
    public let hostAddress: IPv4Address?

    /// A network of another lab.
    public init(
      name: DNSLabel, profile: ModeProfile, hypervisorName: String, ipv4: IPv4Prefix?,
      ipv6: IPv6Prefix?, hostAddress: IPv4Address?
    ) {
      self.name = name
      self.profile = profile
      self.hypervisorName = hypervisorName
      self.ipv4 = ipv4
      self.ipv6 = ipv6
      self.hostAddress = hostAddress
    }
  }

  /// A port forward for which a socket of the host listens.
  public struct SharedListener: Hashable, Sendable {
    /// What it carries.
    public let transport: PortForward.Transport
    /// The host's port.
    public let hostPort: Int
    /// Where it listens; nil for all of the host's addresses.
    public let boundAddress: IPv4Address?
    /// The VM that it leads to.
    public let machine: DNSLabel
    /// The VM's port.
    public let guestPort: Int

    /// A listening port forward of another lab.
    public init(
      transport: PortForward.Transport, hostPort: Int, boundAddress: IPv4Address?,
      machine: DNSLabel, guestPort: Int
    ) {
      self.transport = transport
      self.hostPort = hostPort
      self.boundAddress = boundAddress
      self.machine = machine
      self.guestPort = guestPort
    }
  }

  /// An adapter that is plugged into the host's LAN, with what its document gives it.
  public struct BridgedAdapter: Hashable, Sendable {
    /// Its VM.
    public let machine: DNSLabel
    /// Its slot.
    public let slot: Int
    /// Its hardware address, where the document gives one.
    public let mac: MACAddress?
    /// Its addresses, where the document gives them.
    public let address: IPv4Address?
    /// The same for IPv6.
    public let address6: IPv6Address?

    /// A bridged adapter of another lab.
    public init(
      machine: DNSLabel, slot: Int, mac: MACAddress?, address: IPv4Address?,
      address6: IPv6Address?
    ) {
      self.machine = machine
      self.slot = slot
      self.mac = mac
      self.address = address
      self.address6 = address6
    }
  }

  /// The lab's name; nil where it is not to be told.
  public let lab: DNSLabel?
  /// Its networks, in document order.
  public let networks: [SharedNetwork]
  /// Its port forwards that listen, in document order.
  public let listeners: [SharedListener]
  /// The host's ports that any of its port forwards name.
  public let hostPorts: Set<Int>
  /// Its adapters on the LAN.
  public let bridged: [BridgedAdapter]

  /// A share of the given parts.
  public init(
    lab: DNSLabel?, networks: [SharedNetwork], listeners: [SharedListener], hostPorts: Set<Int>,
    bridged: [BridgedAdapter]
  ) {
    self.lab = lab
    self.networks = networks
    self.listeners = listeners
    self.hostPorts = hostPorts
    self.bridged = bridged
  }

  /// The same share of a lab that must not be named.
  public var anonymous: HostShare {
    HostShare(
      lab: nil, networks: networks, listeners: listeners, hostPorts: hostPorts, bridged: bridged)
  }
}

extension HostShare {
  /// What a planned lab takes of its host.
  public init(of lab: Lab, plan: AddressPlan) {
    self.init(
      lab: lab.name, networks: zip(lab.networks, plan.networks).map(SharedNetwork.init),
      listeners: hostListeners(of: lab).map { SharedListener($0, of: lab) },
      hostPorts: Set(lab.portForwards.map(\.hostPort)),
      bridged: lab.machines.flatMap { machine in
        machine.adapters.filter { $0.cableConnected && lab.profile(of: $0)?.segment == .uplink }
          .map { BridgedAdapter($0, of: machine) }
      })
  }
}

extension HostShare.SharedNetwork {
  fileprivate init(_ network: Network, _ plan: NetworkPlan) {
    self.init(
      name: network.name, profile: network.profile, hypervisorName: network.hypervisorName,
      ipv4: plan.ipv4?.prefix, ipv6: plan.ipv6?.prefix,
      hostAddress: network.profile.host.isOnSwitch ? plan.ipv4?.host : nil)
  }
}

extension HostShare.SharedListener {
  fileprivate init(_ listener: HostListener, of lab: Lab) {
    self.init(
      transport: listener.forward.transport, hostPort: listener.forward.hostPort,
      boundAddress: listener.boundAddress, machine: lab.machines[listener.forward.machine].name,
      guestPort: listener.forward.guestPort)
  }

  /// What two listeners need to share to clash.
  var port: HostPort { HostPort(transport: transport, number: hostPort) }

  /// Whether both listen on one address of the host.
  func clashes(with other: HostListener) -> Bool {
    guard let mine = boundAddress, let theirs = other.boundAddress else { return true }
    return mine == theirs
  }
}

extension HostShare.BridgedAdapter {
  fileprivate init(_ adapter: Adapter, of machine: VirtualMachine) {
    self.init(
      machine: machine.name, slot: adapter.slot, mac: adapter.mac, address: adapter.address,
      address6: adapter.address6)
  }
}

extension HostShare {
  /// How a sentence names the lab: `in lab "web" on the same host`.
  private func place(of lab: DNSLabel) -> String { "in lab \"\(lab)\" on the same host" }

  /// A network of this lab in a sentence.
  func title(of network: SharedNetwork) -> String {
    guard let lab else { return "a network of another lab on this host" }
    return "\"\(network.name)\" \(place(of: lab))"
  }

  /// An adapter of this lab in a sentence.
  func title(of adapter: BridgedAdapter) -> String {
    guard let lab else { return "an adapter of another lab on this host" }
    return "adapter \(adapter.slot) of \"\(adapter.machine)\" \(place(of: lab))"
  }

  /// Where a port forward of this lab leads, in a sentence.
  func title(of listener: SharedListener) -> String {
    guard let lab else { return "another lab on this host" }
    return "port \(listener.guestPort) of \"\(listener.machine)\" \(place(of: lab))"
  }
}
