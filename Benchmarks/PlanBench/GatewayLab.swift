import LabCore

/// A lab of many VMs behind gateways that translate and filter, each with a network of its own.
func gatewayLab(machines: Int, gateways: Int) throws -> LabDraft {
  var draft = LabDraft(name: try DNSLabel(parsing: "gateways"))
  draft.host = HostDraft(
    uplink: Uplink(
      ipv4: try InterfaceAddress(parsing: "172.16.0.2/16"),
      gateway: try IPv4Address(parsing: "172.16.0.1")))
  let wan = try DNSLabel(parsing: "wan")
  draft.networks.append(NetworkDraft(name: wan, mode: .bridged))
  for index in 0..<gateways {
    let lab = try DNSLabel(parsing: "lab-\(index)")
    let gateway = try DNSLabel(parsing: "gateway-\(index)")
    let prefix = try IPv4Prefix(parsing: "10.100.\(index).0/24")
    var network = NetworkDraft(name: lab, mode: .internal, ipv4: prefix)
    network.gateway = .machine(gateway)
    draft.networks.append(network)
    var machine = VirtualMachineDraft(
      name: gateway, os: .bsd, forwarding: true,
      adapters: [
        AdapterDraft(network: wan, masquerade: true),
        AdapterDraft(network: lab, address: prefix.address(at: 1)),
      ])
    machine.firewall = .chains(
      inbound: FirewallChainDraft(policy: .deny, except: [FirewallRuleDraft(slot: 2)]),
      forward: FirewallChainDraft(
        policy: .deny, except: [FirewallRuleDraft(slot: 2, to: .endpoints(.internet))]))
    draft.vms.append(machine)
  }
  for index in gateways..<machines {
    let lab = draft.networks[1 + index % gateways].name
    draft.vms.append(
      VirtualMachineDraft(
        name: try DNSLabel(parsing: "vm-\(index)"), os: .linux,
        adapters: [AdapterDraft(network: lab)]))
  }
  return draft
}
