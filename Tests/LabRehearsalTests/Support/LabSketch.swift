import LabCore
import Testing

/// A lab written down in few words.
struct LabSketch {
  var draft = LabDraft(name: label("rehearsed"))

  init(host: HostDraft? = nil, version: String = "7.1") throws {
    draft.host = host
    draft.hypervisor = HypervisorDraft(version: try #require(HypervisorVersion(parsing: version)))
  }

  mutating func network(
    _ name: String, _ mode: NetworkMode, _ ipv4: String? = nil, gateway: String? = nil,
    ipv6: String? = nil, dhcp: DHCPRequest? = nil, called: String? = nil,
    localhostReachable: Bool? = nil
  ) {
    draft.networks.append(
      NetworkDraft(
        name: label(name), mode: mode, hypervisorName: called, ipv4: ipv4.map(prefix),
        ipv6: ipv6.map(prefix6), gateway: gateway.map { .address(address($0)) }, dhcp: dhcp,
        localhostReachable: localhostReachable))
  }

  mutating func machine(
    _ name: String, forwarding: Bool = false, gateway: String? = nil,
    routes: [(to: String, via: String)] = [], _ adapters: AdapterDraft...
  ) {
    draft.vms.append(
      VirtualMachineDraft(
        name: label(name), forwarding: forwarding, gateway: gateway.map(address),
        routes: routes.map {
          RouteDraft(to: .ipv4(prefix($0.to)), via: .ipv4(address($0.via)))
        }, adapters: adapters))
  }

  mutating func forward(
    _ hostPort: Int, to machine: String, _ guestPort: Int = 22, at hostAddress: String? = nil,
    slot: Int? = nil, transport: PortForward.Transport = .tcp
  ) {
    draft.portForwards.append(
      PortForwardDraft(
        transport: transport, hostAddress: hostAddress.map(address), hostPort: hostPort,
        vm: label(machine), slot: slot, guestPort: guestPort))
  }

  func lab() throws -> Lab {
    try resolve(draft).get()
  }
}

func on(
  _ network: String?, _ address4: String? = nil, mac: String? = nil, slot: Int? = nil,
  cable: Bool? = nil
) -> AdapterDraft {
  AdapterDraft(
    slot: slot, network: network.map(label), address: address4.map(address),
    mac: mac.map { try! MACAddress(parsing: $0) }, cableConnected: cable)
}

func label(_ text: String) -> DNSLabel { try! DNSLabel(parsing: text) }
func address(_ text: String) -> IPv4Address { try! IPv4Address(parsing: text) }
func prefix(_ text: String) -> IPv4Prefix { try! IPv4Prefix(parsing: text) }
func address6(_ text: String) -> IPv6Address { try! IPv6Address(parsing: text) }
func prefix6(_ text: String) -> IPv6Prefix { try! IPv6Prefix(parsing: text) }
func interfaceAddress(_ text: String) -> InterfaceAddress<IPv4Address> {
  try! InterfaceAddress(parsing: text)
}

/// A LAN of which everything is known.
let knownLAN = Uplink(
  interface: "eth0", kind: .wired, ipv4: interfaceAddress("192.168.1.20/24"),
  gateway: address("192.168.1.1"),
  dhcp: AddressRange(first: address("192.168.1.100"), last: address("192.168.1.199")))
