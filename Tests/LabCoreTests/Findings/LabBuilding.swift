@testable import LabCore

/// A lab in few words: networks, VMs with their adapters, port forwards.
func lab(
  _ networks: [NetworkDraft], _ vms: [VirtualMachineDraft], forwards: [PortForwardDraft] = [],
  requirements: [RequirementDraft] = [], name: String = "lab", version: String? = nil,
  host: HostDraft? = nil
) -> LabDraft {
  LabDraft(
    name: label(name),
    hypervisor: version.map { HypervisorDraft(version: HypervisorVersion(parsing: $0)!) },
    host: host, networks: networks, vms: vms, portForwards: forwards, requirements: requirements)
}

func network(
  _ name: String, _ mode: NetworkMode, _ prefix: String? = nil, ipv6: String? = nil,
  gateway: String? = nil, gateway6: String? = nil, dhcp: DHCPRequest? = nil,
  called hypervisorName: String? = nil, size: Int? = nil, localhostReachable: Bool? = nil
) -> NetworkDraft {
  NetworkDraft(
    name: label(name), mode: mode, hypervisorName: hypervisorName,
    ipv4: prefix.map(prefix4),
    ipv6: ipv6.map { try! IPv6Prefix(parsing: $0) },
    gateway: gateway.map { .address(address4($0)) },
    gateway6: gateway6.map { try! IPv6Address(parsing: $0) }, dhcp: dhcp, size: size,
    localhostReachable: localhostReachable)
}

func pool(_ first: String, _ last: String, server: String? = nil) -> DHCPRequest {
  .on(server: server.map(address4), first: address4(first), last: address4(last))
}

func vm(
  _ name: String, _ adapters: AdapterDraft..., os: VirtualMachine.OperatingSystem? = nil,
  tags: [String] = [], forwarding: Bool? = nil, gateway: String? = nil,
  routes: [(to: String, via: String)] = []
) -> VirtualMachineDraft {
  VirtualMachineDraft(
    name: label(name), os: os, tags: tags.map(label), forwarding: forwarding,
    gateway: gateway.map(address4),
    routes: routes.map {
      RouteDraft(to: try! AnyPrefix(parsing: $0.to), via: try! AnyAddress(parsing: $0.via))
    }, adapters: adapters)
}

func on(
  _ network: String?, _ address: String? = nil, address6: String? = nil, slot: Int? = nil,
  mac: String? = nil, model: AdapterModel? = nil, promiscuous: PromiscuousPolicy? = nil,
  plugged: Bool? = nil
) -> AdapterDraft {
  AdapterDraft(
    slot: slot, network: network.map(label), address: address.map(address4),
    address6: address6.map { try! IPv6Address(parsing: $0) },
    mac: mac.map { try! MACAddress(parsing: $0) }, model: model, promiscuous: promiscuous,
    cableConnected: plugged)
}

func forward(
  _ hostPort: Int, to vm: String, _ guestPort: Int, slot: Int? = nil, at address: String? = nil,
  _ transport: PortForward.Transport? = nil
) -> PortForwardDraft {
  PortForwardDraft(
    transport: transport, hostAddress: address.map(address4), hostPort: hostPort, vm: label(vm),
    slot: slot, guestPort: guestPort)
}

func require(
  _ from: String, to: String, _ transport: Requirement.Transport? = nil, port: Int? = nil,
  allow: Bool? = nil
) -> RequirementDraft {
  RequirementDraft(
    from: try! EndpointSelector(parsing: from), to: try! EndpointSelector(parsing: to),
    transport: transport, port: port, allow: allow)
}

func host(
  _ os: Host.OperatingSystem? = nil, forwarding: Bool? = nil, uplink: Uplink? = nil,
  occupied: [String] = []
) -> HostDraft {
  HostDraft(
    os: os, forwarding: forwarding, uplink: uplink,
    occupied: occupied.map { try! AnyPrefix(parsing: $0) })
}

func uplink(
  _ address: String? = nil, ipv6: String? = nil, gateway: String? = nil,
  dhcp: (String, String)? = nil, kind: Uplink.Kind? = nil
) -> Uplink {
  Uplink(
    interface: "eth0", kind: kind, ipv4: address.map { try! InterfaceAddress(parsing: $0) },
    ipv6: ipv6.map { try! InterfaceAddress(parsing: $0) }, gateway: gateway.map(address4),
    dhcp: dhcp.flatMap { AddressRange(first: address4($0.0), last: address4($0.1)) })
}
