import LabCore
import LabFormats

extension VBoxManageScript {
  /// NAT networks, then DHCP servers, host-only networks, the uplink, and notes about all.
  var networkCommands: [BashCommand] {
    let networks = source.networks.filter { source.lab.switches[$0.index] == $0.index }
    var natNetworks: [BashCommand] = []
    var servers: [BashCommand] = []
    var hostOnly: [BashCommand] = []
    for (index, network, plan) in networks {
      switch source.attachment(to: index) {
      case .natNetwork(let name):
        natNetworks.append(natNetwork(network, plan, name: name))
        servers += server(network, plan, name: name, owner: "natnetwork/\(network.name)")
      case .internal(let name):
        servers += server(network, plan, name: name, owner: "")
      case .hostOnlyInterface: hostOnly += hostOnlyInterface(network, plan)
      case .hostOnlyNetwork(let name): hostOnly += hostOnlyNetwork(network, plan, name: name)
      case .nat, .bridged, .unattached, nil: break
      }
    }
    let hasBridged = source.machines.contains { _, _, seats in
      seats.contains { $0.adapter.network.flatMap(source.attachment) == .bridged }
    }
    let uplink = source.lab.host.uplink.interface ?? ""
    return natNetworks + servers + hostOnly
      + (hasBridged ? [BashCommand("uplink", [uplink])] : [])
      + source.networks.map { BashCommand("network_note", [$0.network.name.text, note(on: $0)]) }
  }

  private func natNetwork(_ network: Network, _ plan: NetworkPlan, name: String) -> BashCommand {
    let prefix = plan.ipv4.map { "\($0.prefix)" } ?? ""
    let prefix6 = plan.ipv6?.prefix
    return BashCommand(
      "nat_network",
      [
        network.name.text, name, prefix,
        plan.ipv4?.dhcp == nil || network.dhcpMachine != nil ? "off" : "on",
        prefix6.flatMap { $0.isFitForNATNetwork ? "\($0)" : nil } ?? "",
      ])
  }

  private func server(
    _ network: Network, _ plan: NetworkPlan, name: String, owner: String
  ) -> [BashCommand] {
    guard let settings = settings(of: network, plan) else { return [] }
    // VirtualBox itself names the router of a NAT network when it starts.
    let router = owner.isEmpty ? plan.ipv4?.gateway.map { "\($0)" } ?? "none" : "any"
    return [
      BashCommand("dhcp_server", [network.name.text, name, owner] + settings + [router])
    ]
  }

  /// Server, mask, first and last address of a server of the hypervisor's; nil where a VM serves.
  private func settings(of network: Network, _ plan: NetworkPlan) -> [String]? {
    guard network.dhcpMachine == nil, let ipv4 = plan.ipv4, let dhcp = ipv4.dhcp,
      let server = dhcp.server
    else { return nil }
    return ["\(server)", "\(ipv4.prefix.netmask)", "\(dhcp.pool.first)", "\(dhcp.pool.last)"]
  }

  private func hostOnlyInterface(_ network: Network, _ plan: NetworkPlan) -> [BashCommand] {
    guard let ipv4 = plan.ipv4, let host = ipv4.host else { return [] }
    let key = network.name.text
    let host6 = plan.ipv6.flatMap { $0.host }
    let interface = BashCommand(
      "host_only",
      [
        key, "\(host)", "\(ipv4.prefix.netmask)", "\(ipv4.prefix.length)",
        host6.map { "\($0)" } ?? "",
        host6 == nil ? "" : plan.ipv6.map { "\($0.prefix.length)" } ?? "",
      ])
    guard let settings = settings(of: network, plan) else {
      return [interface, BashCommand("host_only_quiet", [key])]
    }
    return [interface, BashCommand("host_only_dhcp", [key] + settings)]
  }

  private func hostOnlyNetwork(
    _ network: Network, _ plan: NetworkPlan, name: String
  ) -> [BashCommand] {
    guard let ipv4 = plan.ipv4, let host = ipv4.host else { return [] }
    let last = ipv4.dhcp?.pool.last ?? ipv4.prefix.hosts.last
    return [
      BashCommand(
        "host_only_network",
        [network.name.text, name, "\(ipv4.prefix.netmask)", "\(host)", "\(last)"])
    ]
  }

  /// What VirtualBox does not keep of a network, as a document has it.
  private func note(on network: (index: Int, network: Network, plan: NetworkPlan)) -> String {
    var writer = JSONWriter()
    writer.object { $0.networkNote(network.network, network.plan) }
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}

extension Prefix<IPv6Address> {
  /// What VirtualBox takes for a NAT network: a /64 of global or unique local addresses
  /// (NATNetworkImpl.cpp, `COMSETTER(IPv6Prefix)`).
  var isFitForNATNetwork: Bool {
    let first = network.bits >> 121
    return length == 64 && (first >> 4 == 0b001 || first == 0b1111_110)
  }
}

extension JSONWriter {
  fileprivate mutating func networkNote(_ network: Network, _ plan: NetworkPlan) {
    member("mode", network.mode.rawValue)
    if let ipv4 = plan.ipv4?.prefix { member("ipv4", "\(ipv4)") }
    if let ipv6 = plan.ipv6?.prefix { member("ipv6", "\(ipv6)") }
    if let gateway = network.gateway { member("gateway", "\(gateway)") }
    if let gateway6 = network.gateway6 { member("gateway6", "\(gateway6)") }
    if network.mode != .nat, network.mode != .bridged {
      if let dhcp = plan.ipv4?.dhcp {
        member("dhcp") { writer in
          if let server = dhcp.server { writer.member("server", "\(server)") }
          writer.member("first", "\(dhcp.pool.first)")
          writer.member("last", "\(dhcp.pool.last)")
        }
      } else {
        member("dhcp", false)
      }
    }
    if network.hypervisorName != network.name.text {
      member("hypervisor_name", network.hypervisorName)
    }
    if let isReachable = network.localhostReachable { member("localhost_reachable", isReachable) }
  }
}
