import LabCore

extension PartReader {
  static let networkKeys = [
    "name", "mode", "hypervisor_name", "ipv4", "ipv6", "gateway", "gateway6", "dhcp",
    "host_address", "size", "localhost_reachable", "variant", "vlan", "announced",
  ]
  static let serverKeys = ["server", "first", "last"]
  static let machineKeys = [
    "name", "os", "tags", "copy_of", "forwarding", "gateway", "gateway6", "routes", "adapters",
    "max_adapters", "firewall", "forwards", "inside",
  ]
  static let routeKeys = ["to", "via"]
  static let adapterKeys = [
    "slot", "network", "address", "address6", "secondary", "mac", "model", "promiscuous",
    "cable_connected", "masquerade",
  ]
  static let secondaryKeys = ["address", "mac"]
  static let insideKeys = ["prefix", "masquerade"]

  static let slots = 1...DocumentLimits.Part.adaptersOfMachine.standard

  mutating func readNetwork(_ node: DocumentNode) -> NetworkDraft {
    var network = NetworkDraft(name: nil, mode: nil)
    readMembers(of: node, "a network", keys: Self.networkKeys) { reader, key, value in
      switch key {
      case "name": network.name = reader.readName(value)
      case "mode": network.mode = reader.readChoice(value)
      case "hypervisor_name":
        network.hypervisorName = reader.readLine(value, characters: 1...80)
      case "ipv4": network.ipv4 = reader.readPrefix(value)
      case "ipv6": network.ipv6 = reader.readPrefix(value)
      case "gateway": network.gateway = reader.readReference(value)
      case "gateway6": network.gateway6 = reader.readAddress(value)
      case "dhcp": network.dhcp = reader.readServer(value)
      case "host_address":
        network.hostAddress = reader.readHostAddress(onNetwork: value)
      case "size": network.size = reader.readInteger(value, "a size", in: 1...65534)
      case "localhost_reachable": network.localhostReachable = reader.readBool(value)
      case "variant": network.variant = reader.readLine(value, characters: 1...40)
      case "vlan": network.vlan = reader.readVLAN(value)
      case "announced": network.announced = reader.readBool(value)
      default: return false
      }
      return true
    }
    if let written = node["host_address"], case .null = written.value {
      network.hostAddress = .absent
    }
    return network
  }

  /// `null` says that the host has none, so that no other word is needed for it.
  private mutating func readHostAddress(onNetwork node: DocumentNode) -> HostAddress? {
    let advice = "write null where the host has no address on the network"
    switch node.value {
    case .bool(false): report(.wrongType, advice)
    case .string(let text) where ["none", "off", "no"].contains(text):
      report(.invalidValue, "\"\(text)\" is not an IPv4 address; \(advice)")
    default: return readAddress(node).map(HostAddress.address)
    }
    return nil
  }

  private mutating func readServer(_ node: DocumentNode) -> DHCPRequest? {
    switch node.value {
    case .bool(true): return .standard
    case .bool(false): return .off
    case .object: break
    default:
      report(
        .wrongType,
        "true, false or an object with server, first and last belongs here, not \(node.typeInWords)"
      )
      return nil
    }
    var server: AddressReference?
    var first: IPv4Address?
    var last: IPv4Address?
    readMembers(of: node, "a DHCP server", keys: Self.serverKeys) { reader, key, value in
      switch key {
      case "server": server = reader.readReference(value)
      case "first": first = reader.readAddress(value)
      case "last": last = reader.readAddress(value)
      default: return false
      }
      return true
    }
    switch server {
    case .machine(let name): return .served(by: name, first: first, last: last)
    case .address(let address): return .on(server: address, first: first, last: last)
    case nil: return .on(server: nil, first: first, last: last)
    }
  }

  mutating func readMachine(_ node: DocumentNode) -> VirtualMachineDraft {
    var machine = VirtualMachineDraft(name: nil)
    readMembers(of: node, "a VM", keys: Self.machineKeys) { reader, key, value in
      switch key {
      case "name": machine.name = reader.readName(value)
      case "os": machine.os = reader.readChoice(value)
      case "tags":
        machine.tags = reader.readList(value, of: key, atMost: .tagsOfMachine) {
          $0.readName($1)
        }.compactMap { $0 }
      case "copy_of": machine.copyOf = reader.readName(value)
      case "forwarding": machine.forwarding = reader.readBool(value)
      case "gateway": machine.gateway = reader.readAddress(value)
      case "gateway6": machine.gateway6 = reader.readAddress(value)
      case "routes": machine.routes = reader.readRoutes(value, atMost: .routesOfMachine)
      case "adapters":
        machine.adapters = reader.readList(value, of: key, atMost: .adaptersOfMachine) {
          $0.readAdapter($1)
        }
      case "max_adapters": machine.maximumAdapters = reader.readAdapterLimit(value)
      case "firewall": machine.firewall = reader.readFirewall(value)
      case "forwards":
        machine.forwards = reader.readList(value, of: key, atMost: .forwardsOfMachine) {
          $0.readMachineForward($1)
        }
      case "inside":
        machine.inside = reader.readList(value, of: "networks", atMost: .insideOfMachine) {
          $0.readInside($1)
        }
      default: return false
      }
      return true
    }
    return machine
  }

  mutating func readRoutes(
    _ node: DocumentNode, atMost part: DocumentLimits.Part
  ) -> [RouteDraft] {
    readList(node, of: "routes", atMost: part) { $0.readRoute($1) }
  }

  private mutating func readInside(_ node: DocumentNode) -> InnerNetworkDraft {
    var inside = InnerNetworkDraft(prefix: nil)
    readMembers(of: node, "a network within a VM", keys: Self.insideKeys) { reader, key, value in
      switch key {
      case "prefix": inside.prefix = reader.readAnyPrefix(value)
      case "masquerade": inside.masquerade = reader.readBool(value)
      default: return false
      }
      return true
    }
    return inside
  }

  private mutating func readRoute(_ node: DocumentNode) -> RouteDraft {
    var route = RouteDraft(to: nil, via: nil)
    readMembers(of: node, "a route", keys: Self.routeKeys) { reader, key, value in
      switch key {
      case "to": route.to = reader.readAnyPrefix(value)
      case "via": route.via = reader.readAnyAddress(value)
      default: return false
      }
      return true
    }
    return route
  }

  private mutating func readAdapter(_ node: DocumentNode) -> AdapterDraft {
    var adapter = AdapterDraft(network: nil)
    readMembers(of: node, "an adapter", keys: Self.adapterKeys) { reader, key, value in
      switch key {
      case "slot": adapter.slot = reader.readSlot(value)
      case "network": adapter.network = reader.readName(value)
      case "address": adapter.address = reader.readAddress(value)
      case "address6": adapter.address6 = reader.readAddress(value)
      case "mac": adapter.mac = reader.readHardwareAddress(value)
      case "model": adapter.model = reader.readChoice(value)
      case "promiscuous": adapter.promiscuous = reader.readChoice(value)
      case "cable_connected": adapter.cableConnected = reader.readBool(value)
      case "masquerade": adapter.masquerade = reader.readBool(value)
      case "secondary":
        adapter.secondary = reader.readList(value, of: "addresses", atMost: .secondaryOfAdapter) {
          $0.readSecondary($1)
        }
      default: return false
      }
      return true
    }
    return adapter
  }

  private mutating func readSecondary(_ node: DocumentNode) -> SecondaryAddressDraft {
    var secondary = SecondaryAddressDraft(address: nil)
    readMembers(of: node, "a further address", keys: Self.secondaryKeys) { reader, key, value in
      switch key {
      case "address": secondary.address = reader.readAddress(value)
      case "mac": secondary.mac = reader.readHardwareAddress(value)
      default: return false
      }
      return true
    }
    return secondary
  }

  mutating func readSlot(_ node: DocumentNode) -> Int? {
    readInteger(node, "a slot", in: Self.slots)
  }
}
