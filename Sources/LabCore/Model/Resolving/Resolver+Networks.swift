extension Resolver {
  // MARK: Host

  mutating func resolveHost() -> Host {
    let host = draft.host ?? HostDraft()
    let uplink = host.uplink ?? Uplink()
    let pointer = JSONPointer.root["host"]
    let routes = resolveRoutes(host.routes, at: pointer["routes"])
    checkUplink(uplink, at: pointer["uplink"])
    return Host(
      name: host.name, operatingSystem: system, hasInternet: host.internet ?? true,
      forwards: hostForwards, masquerades: host.masquerade ?? false, routes: routes,
      uplink: uplink,
      siteRoutes: resolveRoutes(uplink.routes, at: pointer["uplink"]["routes"]),
      lanForwards: resolveLANForwards(uplink.forwards, at: pointer["uplink"]["forwards"]),
      occupied: host.occupied)
  }

  /// Whether the host routes: as the document says, or because the product makes it.
  private var hostForwards: Bool {
    guard product.facts.forwarding != .never else { return false }
    return draft.host?.forwarding ?? false
      || draft.networks.contains { product.profile(of: $0)?.router == .host }
  }

  private mutating func resolveRoutes(
    _ routes: [RouteDraft], at pointer: JSONPointer
  ) -> [Route] {
    routes.indices.map { resolveRoute(routes[$0], at: pointer[$0]) }.compactMap { $0 }
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
    checkVLANs(uplink.vlans, at: pointer["vlans"])
  }

  // MARK: Networks

  mutating func resolveNetwork(_ index: Int) -> Network? {
    let network = draft.networks[index]
    let pointer = JSONPointer.root["networks"][index]
    if network.mode == nil {
      report(
        .missing, pointer["mode"],
        "the network needs a mode: \(listed(product.modes.map(\.mode)))")
    }
    let profile = network.mode.flatMap { self.profile($0, network, at: pointer) }
    if let profile {
      checkModeRules(network, profile, at: pointer)
      checkSegmentKeys(network, profile, at: pointer)
    }
    if let prefix = network.ipv4 {
      checkInside(network.gateway?.address, prefix, pointer["gateway"], of: title(network))
      if case .address(let address) = network.hostAddress {
        checkInside(address, prefix, pointer["host_address"], of: title(network))
      }
      checkPool(network.dhcp, prefix, pointer["dhcp"], of: title(network))
    }
    if let prefix = network.ipv6, let gateway = network.gateway6, !gateway.isLinkLocal {
      checkUsable(gateway, in: prefix, at: pointer["gateway6"], of: title(network))
    }
    let router = machine(network.gateway?.machine, at: pointer["gateway"])
    let server = dhcpMachine(of: network, at: pointer["dhcp"]["server"])
    guard let name = network.name, let profile else { return nil }
    let named = router.flatMap { staticAddress(of: $0, on: network) }
    return Network(
      name: name, profile: profile, hypervisorName: network.hypervisorName ?? name.text,
      ipv4: network.ipv4, ipv6: network.ipv6, gateway: network.gateway?.address ?? named,
      gatewayMachine: router, gateway6: network.gateway6,
      dhcp: dhcpRequest(of: network, servedBy: server),
      dhcpMachine: server, hostAddress: network.hostAddress, size: network.size,
      localhostReachable: network.localhostReachable, vlan: network.vlan,
      isAnnounced: network.announced ?? false)
  }

  func title(_ network: NetworkDraft) -> String {
    network.name.map { "network \"\($0)\"" } ?? "the network"
  }

  /// What networks of a mode cannot have (VirtualBox manual chapter 6; NATNetwork `setNetwork`).
  private mutating func checkModeRules(
    _ network: NetworkDraft, _ profile: ModeProfile, at pointer: JSONPointer
  ) {
    let noun = profile.mode.noun
    if network.localhostReachable != nil, profile.segment != .adapter {
      report(
        .contradiction, pointer["localhost_reachable"],
        "localhost_reachable is a switch of NAT; \(noun)s have none")
    }
    if profile.dhcp == .uplink, let request = network.dhcp, request != .off {
      report(
        .contradiction, pointer["dhcp"],
        "on a bridged network the LAN's own DHCP server hands out the addresses")
    }
    if network.hostAddress != nil, !profile.host.isOnSwitch {
      report(
        .contradiction, pointer["host_address"],
        "the host has no address of its own on \(noun)s; leave host_address out")
    }
    if let name = network.hypervisorName, name.hasPrefix("HostInterfaceNetworking-") {
      report(
        .reservedName, pointer["hypervisor_name"],
        "names that begin with HostInterfaceNetworking- belong to the hypervisor itself")
    }
    guard let prefix = network.ipv4 else { return }
    let lengths = profile.prefixes.lengths
    guard !lengths.contains(prefix.length) else { return }
    report(
      .outOfRange, pointer["ipv4"],
      lengths.lowerBound == 0
        ? "a \(noun) has a prefix of /\(lengths.upperBound) or shorter, \(prefix) is too small"
        : "a \(noun) has a prefix length of \(lengths.lowerBound) to \(lengths.upperBound), "
          + "\(prefix) is not of that size")
  }

  private mutating func checkPool(
    _ request: DHCPRequest?, _ prefix: IPv4Prefix, _ pointer: JSONPointer, of owner: String
  ) {
    let first: IPv4Address?
    let last: IPv4Address?
    switch request {
    case .on(let server, let start, let end):
      checkInside(server, prefix, pointer["server"], of: owner)
      (first, last) = (start, end)
    case .served(_, let start, let end): (first, last) = (start, end)
    case .off, nil: return
    }
    checkInside(first, prefix, pointer["first"], of: owner)
    checkInside(last, prefix, pointer["last"], of: owner)
    if let first, let last, first > last {
      report(
        .contradiction, pointer["last"], "the pool ends at \(last), before it begins at \(first)")
    }
  }
}
