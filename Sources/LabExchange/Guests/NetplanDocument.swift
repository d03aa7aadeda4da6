import LabCore

/// The adapters of a Linux guest in netplan's language, which cloud-init calls network config
/// version 2 (https://netplan.readthedocs.io, "YAML configuration").
struct NetplanDocument {
  let interfaces: [GuestInterface]

  /// What stands below `network:`.
  var members: [(key: YAMLKey, value: YAMLText)] {
    let ethernets = interfaces.enumerated().map { index, interface in
      (YAMLKey.text(interface.name), YAMLText.map(settings(of: interface, isFirst: index == 0)))
    }
    return [("version", .number(2)), ("ethernets", .map(ethernets))]
  }

  private func settings(
    of interface: GuestInterface, isFirst: Bool
  ) -> [(key: YAMLKey, value: YAMLText)] {
    var members: [(key: YAMLKey, value: YAMLText)] = [
      ("match", .flow([("macaddress", .text("\(interface.seat.plan.mac)"))])),
      ("set-name", .text(interface.name)),
    ]
    var addresses: [YAMLText] = []
    switch interface.ipv4 {
    case .typed(let address):
      members.append(("dhcp4", .word("false")))
      addresses.append(.text(address))
    case .dhcp:
      // Clones share their machine-id, from which others would derive who they are.
      members += [("dhcp4", .word("true")), ("dhcp-identifier", .word("mac"))]
      if !interface.takesRoutesFromDHCP {
        members.append(("dhcp4-overrides", .flow([("use-routes", .word("false"))])))
      }
    case .linkLocal:
      members += [
        ("dhcp4", .word("false")), ("link-local", .list([.word("ipv4"), .word("ipv6")])),
      ]
    case .none: members.append(("dhcp4", .word("false")))
    }
    if let ipv6 = interface.ipv6 {
      addresses.append(.text(ipv6))
      if !interface.acceptsAdvertisements { members.append(("accept-ra", .word("false"))) }
    }
    if !addresses.isEmpty { members.append(("addresses", .list(addresses))) }
    let routes = routes(of: interface)
    if !routes.isEmpty { members.append(("routes", .block(routes))) }
    if !isFirst { members.append(("optional", .word("true"))) }
    return members
  }

  private func routes(of interface: GuestInterface) -> [YAMLText] {
    var routes: [YAMLText] = []
    if let route = interface.defaultRoute {
      let onLink: [(key: YAMLKey, value: YAMLText)] =
        route.isOffLink ? [("on-link", .word("true"))] : []
      routes.append(.flow([("to", .word("default")), ("via", .text("\(route.gateway)"))] + onLink))
    }
    if let gateway = interface.defaultRoute6 {
      routes.append(.flow([("to", .text("::/0")), ("via", .text("\(gateway)"))]))
    }
    return routes
      + interface.routes.map { route in
        switch route {
        case .ipv4(let to, let via): .flow([("to", .text("\(to)")), ("via", .text("\(via)"))])
        case .ipv6(let to, let via): .flow([("to", .text("\(to)")), ("via", .text("\(via)"))])
        }
      }
  }
}
