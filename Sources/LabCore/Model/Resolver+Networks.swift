extension Resolver {
  // MARK: Host

  mutating func resolveHost() -> Host {
    let host = draft.host ?? HostDraft()
    let uplink = host.uplink ?? Uplink()
    checkUplink(uplink, at: .root["host"]["uplink"])
    return Host(
      name: host.name, operatingSystem: host.os ?? .linux, hasInternet: host.internet ?? true,
      forwards: host.forwarding ?? false, uplink: uplink, occupied: host.occupied)
  }

  private mutating func checkUplink(_ uplink: Uplink, at pointer: JSONPointer) {
    if let ipv4 = uplink.ipv4 {
      checkUsable(ipv4.address, in: ipv4.prefix, at: pointer["ipv4"], of: "the uplink")
      if let gateway = uplink.gateway {
        checkUsable(gateway, in: ipv4.prefix, at: pointer["gateway"], of: "the uplink")
        if gateway == ipv4.address {
          report(
            .contradiction, pointer["gateway"],
            "\(gateway) is the host's own address; the gateway is the LAN's router")
        }
      }
      if let dhcp = uplink.dhcp {
        checkUsable(dhcp.first, in: ipv4.prefix, at: pointer["dhcp"]["first"], of: "the uplink")
        checkUsable(dhcp.last, in: ipv4.prefix, at: pointer["dhcp"]["last"], of: "the uplink")
      }
    }
    if let ipv6 = uplink.ipv6, let gateway = uplink.gateway6, !gateway.isLinkLocal {
      checkUsable(gateway, in: ipv6.prefix, at: pointer["gateway6"], of: "the uplink")
    }
  }

  // MARK: Networks

  mutating func resolveNetwork(_ index: Int) -> Network? {
    let network = draft.networks[index]
    let pointer = JSONPointer.root["networks"][index]
    if network.mode == nil {
      report(.missing, pointer["mode"], "the network needs a mode: \(listed(NetworkMode.allCases))")
    }
    if let mode = network.mode { checkModeRules(network, mode: mode, at: pointer) }
    if let prefix = network.ipv4 {
      checkInside(network.gateway, prefix, pointer["gateway"], of: title(network))
      checkPool(network.dhcp, prefix, pointer["dhcp"], of: title(network))
    }
    if let prefix = network.ipv6, let gateway = network.gateway6, !gateway.isLinkLocal {
      checkUsable(gateway, in: prefix, at: pointer["gateway6"], of: title(network))
    }
    guard let name = network.name, let mode = network.mode else { return nil }
    return Network(
      name: name, mode: mode, hypervisorName: network.hypervisorName ?? name.text,
      ipv4: network.ipv4, ipv6: network.ipv6, gateway: network.gateway,
      gateway6: network.gateway6, dhcp: network.dhcp, size: network.size,
      localhostReachable: network.localhostReachable)
  }

  func title(_ network: NetworkDraft) -> String {
    network.name.map { "network \"\($0)\"" } ?? "the network"
  }

  /// What a mode cannot do by VirtualBox's own rules (manual chapter 6; NATNetwork `setNetwork`).
  private mutating func checkModeRules(
    _ network: NetworkDraft, mode: NetworkMode, at pointer: JSONPointer
  ) {
    if network.localhostReachable != nil, mode != .nat {
      report(
        .contradiction, pointer["localhost_reachable"],
        "localhost_reachable is a switch of NAT; a \(mode.displayName) network has none")
    }
    if mode == .bridged, let request = network.dhcp, request != .off {
      report(
        .contradiction, pointer["dhcp"],
        "on a bridged network the LAN's own DHCP server hands out the addresses")
    }
    if let name = network.hypervisorName, name.hasPrefix("HostInterfaceNetworking-") {
      report(
        .reservedName, pointer["hypervisor_name"],
        "names that begin with HostInterfaceNetworking- belong to the hypervisor itself")
    }
    guard let prefix = network.ipv4 else { return }
    if mode == .nat, prefix.length > 27 {
      report(
        .outOfRange, pointer["ipv4"],
        "a NAT network has a prefix of /27 or shorter, \(prefix) is too small")
    }
    if mode == .natNetwork, !(1...29).contains(prefix.length) {
      report(
        .outOfRange, pointer["ipv4"],
        "a NAT network has a prefix length of 1 to 29, \(prefix) is not of that size")
    }
  }

  private mutating func checkPool(
    _ request: DHCPRequest?, _ prefix: IPv4Prefix, _ pointer: JSONPointer, of owner: String
  ) {
    guard case .on(let server, let first, let last) = request else { return }
    checkInside(server, prefix, pointer["server"], of: owner)
    checkInside(first, prefix, pointer["first"], of: owner)
    checkInside(last, prefix, pointer["last"], of: owner)
    if let first, let last, first > last {
      report(
        .contradiction, pointer["last"], "the pool ends at \(last), before it begins at \(first)")
    }
  }
}
