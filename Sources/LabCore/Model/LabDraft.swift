/// A lab document as written: names may dangle, parts may be missing.
///
/// What a document leaves out is nil; what could not be read is nil too, and the reader has
/// reported it. Everything that a document says survives here, in document order.
public struct LabDraft: Hashable, Sendable {
  /// `name`.
  public var name: DNSLabel?
  /// `description`.
  public var description: String?
  /// `hypervisor`.
  public var hypervisor: HypervisorDraft?
  /// `host`.
  public var host: HostDraft?
  /// `networks`.
  public var networks: [NetworkDraft]
  /// `vms`.
  public var vms: [VirtualMachineDraft]
  /// `port_forwards`.
  public var portForwards: [PortForwardDraft]
  /// `requirements`.
  public var requirements: [RequirementDraft]
  /// `constraints`.
  public var constraints: Constraints

  /// A document of the given parts.
  public init(
    name: DNSLabel?, description: String? = nil, hypervisor: HypervisorDraft? = nil,
    host: HostDraft? = nil, networks: [NetworkDraft] = [],
    vms: [VirtualMachineDraft] = [],
    portForwards: [PortForwardDraft] = [], requirements: [RequirementDraft] = [],
    constraints: Constraints = Constraints()
  ) {
    self.name = name
    self.description = description
    self.hypervisor = hypervisor
    self.host = host
    self.networks = networks
    self.vms = vms
    self.portForwards = portForwards
    self.requirements = requirements
    self.constraints = constraints
  }
}

/// `hypervisor` of a document.
public struct HypervisorDraft: Hashable, Sendable {
  /// `hypervisor.product`.
  public var product: Hypervisor.Product?
  /// `hypervisor.version`.
  public var version: HypervisorVersion?

  /// A hypervisor of the given parts.
  public init(product: Hypervisor.Product? = nil, version: HypervisorVersion? = nil) {
    self.product = product
    self.version = version
  }
}

/// `host` of a document.
public struct HostDraft: Hashable, Sendable {
  /// `host.name`.
  public var name: DNSLabel?
  /// `host.os`.
  public var os: Host.OperatingSystem?
  /// `host.internet`.
  public var internet: Bool?
  /// `host.forwarding`.
  public var forwarding: Bool?
  /// `host.masquerade`.
  public var masquerade: Bool?
  /// `host.routes`.
  public var routes: [RouteDraft]
  /// `host.uplink`.
  public var uplink: Uplink?
  /// `host.occupied`.
  public var occupied: [AnyPrefix]

  /// A host of the given parts.
  public init(
    name: DNSLabel? = nil, os: Host.OperatingSystem? = nil, internet: Bool? = nil,
    forwarding: Bool? = nil, masquerade: Bool? = nil, routes: [RouteDraft] = [],
    uplink: Uplink? = nil, occupied: [AnyPrefix] = []
  ) {
    self.name = name
    self.os = os
    self.internet = internet
    self.forwarding = forwarding
    self.masquerade = masquerade
    self.routes = routes
    self.uplink = uplink
    self.occupied = occupied
  }
}

/// One of `networks` of a document.
public struct NetworkDraft: Hashable, Sendable {
  /// `networks[].name`.
  public var name: DNSLabel?
  /// `networks[].mode`.
  public var mode: NetworkMode?
  /// `networks[].variant`: the product's word for a form of the mode, 1…40 characters.
  public var variant: String?
  /// `networks[].vlan`, 1…4094.
  public var vlan: Int?
  /// `networks[].announced`.
  public var announced: Bool?
  /// 1…80 characters.
  public var hypervisorName: String?
  /// `networks[].ipv4`.
  public var ipv4: IPv4Prefix?
  /// `networks[].ipv6`.
  public var ipv6: IPv6Prefix?
  /// `networks[].gateway`: an address, or the name of the VM that routes.
  public var gateway: AddressReference?
  /// `networks[].gateway6`.
  public var gateway6: IPv6Address?
  /// `true`, `false`, or `{server, first, last}`.
  public var dhcp: DHCPRequest?
  /// `networks[].host_address`; nil leaves it to the mode's habit.
  public var hostAddress: HostAddress?
  /// How many hosts there is to be room for, 1…65534.
  public var size: Int?
  /// `networks[].localhost_reachable`.
  public var localhostReachable: Bool?

  /// A network of the given parts.
  public init(
    name: DNSLabel?, mode: NetworkMode?, hypervisorName: String? = nil, ipv4: IPv4Prefix? = nil,
    ipv6: IPv6Prefix? = nil, gateway: AddressReference? = nil, gateway6: IPv6Address? = nil,
    dhcp: DHCPRequest? = nil, hostAddress: HostAddress? = nil, size: Int? = nil,
    localhostReachable: Bool? = nil, variant: String? = nil, vlan: Int? = nil,
    announced: Bool? = nil
  ) {
    self.name = name
    self.mode = mode
    self.variant = variant
    self.vlan = vlan
    self.announced = announced
    self.hypervisorName = hypervisorName
    self.ipv4 = ipv4
    self.ipv6 = ipv6
    self.gateway = gateway
    self.gateway6 = gateway6
    self.dhcp = dhcp
    self.hostAddress = hostAddress
    self.size = size
    self.localhostReachable = localhostReachable
  }
}

/// One of `vms` of a document.
public struct VirtualMachineDraft: Hashable, Sendable {
  /// `vms[].name`.
  public var name: DNSLabel?
  /// `vms[].os`.
  public var os: VirtualMachine.OperatingSystem?
  /// `vms[].tags`.
  public var tags: [DNSLabel]
  /// `vms[].forwarding`.
  public var forwarding: Bool?
  /// `vms[].gateway`.
  public var gateway: IPv4Address?
  /// `vms[].gateway6`.
  public var gateway6: IPv6Address?
  /// `vms[].routes`.
  public var routes: [RouteDraft]
  /// `vms[].adapters`.
  public var adapters: [AdapterDraft]
  /// `vms[].max_adapters`.
  public var maximumAdapters: Int?
  /// `vms[].firewall`; nil accepts everything.
  public var firewall: FirewallDraft?
  /// `vms[].forwards`.
  public var forwards: [DestinationForwardDraft]
  /// `vms[].copy_of`: VMs with the same label are copies of one disk.
  public var copyOf: DNSLabel?
  /// `vms[].inside`.
  public var inside: [InnerNetworkDraft]

  /// A VM of the given parts.
  public init(
    name: DNSLabel?, os: VirtualMachine.OperatingSystem? = nil, tags: [DNSLabel] = [],
    forwarding: Bool? = nil, gateway: IPv4Address? = nil, gateway6: IPv6Address? = nil,
    routes: [RouteDraft] = [], adapters: [AdapterDraft] = [], maximumAdapters: Int? = nil,
    firewall: FirewallDraft? = nil, forwards: [DestinationForwardDraft] = [],
    copyOf: DNSLabel? = nil, inside: [InnerNetworkDraft] = []
  ) {
    self.name = name
    self.os = os
    self.tags = tags
    self.forwarding = forwarding
    self.gateway = gateway
    self.gateway6 = gateway6
    self.routes = routes
    self.adapters = adapters
    self.maximumAdapters = maximumAdapters
    self.firewall = firewall
    self.forwards = forwards
    self.copyOf = copyOf
    self.inside = inside
  }
}

/// One of `routes` of a VM, the host or the LAN: `{to: PREFIX, via: ADDRESS}`.
public struct RouteDraft: Hashable, Sendable {
  /// `routes[].to`.
  public var to: AnyPrefix?
  /// `routes[].via`.
  public var via: AnyAddress?

  /// A route of the given parts.
  public init(to: AnyPrefix?, via: AnyAddress?) {
    self.to = to
    self.via = via
  }
}

/// One of a VM's `adapters`.
public struct AdapterDraft: Hashable, Sendable {
  /// 1-based; where left out, one more than the adapter before it.
  public var slot: Int?
  /// Nil when it is not attached.
  public var network: DNSLabel?
  /// `vms[].adapters[].address`.
  public var address: IPv4Address?
  /// `vms[].adapters[].address6`.
  public var address6: IPv6Address?
  /// `vms[].adapters[].mac`.
  public var mac: MACAddress?
  /// `vms[].adapters[].model`.
  public var model: AdapterModel?
  /// `vms[].adapters[].promiscuous`.
  public var promiscuous: PromiscuousPolicy?
  /// `vms[].adapters[].cable_connected`.
  public var cableConnected: Bool?
  /// `vms[].adapters[].masquerade`.
  public var masquerade: Bool?
  /// `vms[].adapters[].secondary`.
  public var secondary: [SecondaryAddressDraft]

  /// An adapter of the given parts.
  public init(
    slot: Int? = nil, network: DNSLabel?, address: IPv4Address? = nil,
    address6: IPv6Address? = nil, mac: MACAddress? = nil, model: AdapterModel? = nil,
    promiscuous: PromiscuousPolicy? = nil, cableConnected: Bool? = nil,
    masquerade: Bool? = nil, secondary: [SecondaryAddressDraft] = []
  ) {
    self.slot = slot
    self.network = network
    self.address = address
    self.address6 = address6
    self.mac = mac
    self.model = model
    self.promiscuous = promiscuous
    self.cableConnected = cableConnected
    self.masquerade = masquerade
    self.secondary = secondary
  }
}

/// One of `port_forwards` of a document.
public struct PortForwardDraft: Hashable, Sendable {
  /// `port_forwards[].name`.
  public var name: String?
  /// `port_forwards[].protocol`.
  public var transport: PortForward.Transport?
  /// Nil for `""` and for a document that leaves it out: all of the host's addresses.
  public var hostAddress: IPv4Address?
  /// `port_forwards[].host_port`.
  public var hostPort: Int?
  /// `port_forwards[].vm`.
  public var vm: DNSLabel?
  /// `port_forwards[].slot`.
  public var slot: Int?
  /// `port_forwards[].guest_port`.
  public var guestPort: Int?

  /// A port forward of the given parts.
  public init(
    name: String? = nil, transport: PortForward.Transport? = nil,
    hostAddress: IPv4Address? = nil, hostPort: Int?, vm: DNSLabel?, slot: Int? = nil,
    guestPort: Int?
  ) {
    self.name = name
    self.transport = transport
    self.hostAddress = hostAddress
    self.hostPort = hostPort
    self.vm = vm
    self.slot = slot
    self.guestPort = guestPort
  }
}

/// One of `requirements` of a document.
public struct RequirementDraft: Hashable, Sendable {
  /// `requirements[].from`.
  public var from: EndpointSelector?
  /// `requirements[].to`.
  public var to: EndpointSelector?
  /// `requirements[].protocol`.
  public var transport: Requirement.Transport?
  /// `requirements[].port`.
  public var port: Int?
  /// `requirements[].allow`.
  public var allow: Bool?

  /// A requirement of the given parts.
  public init(
    from: EndpointSelector?, to: EndpointSelector?, transport: Requirement.Transport? = nil,
    port: Int? = nil, allow: Bool? = nil
  ) {
    self.from = from
    self.to = to
    self.transport = transport
    self.port = port
    self.allow = allow
  }
}
