import LabCore

extension PartReader {
  static let networkKeys = [
    "name", "mode", "hypervisor_name", "ipv4", "ipv6", "gateway", "gateway6", "dhcp", "size",
    "localhost_reachable",
  ]
  static let serverKeys = ["server", "first", "last"]
  static let machineKeys = [
    "name", "os", "tags", "forwarding", "gateway", "gateway6", "routes", "adapters",
    "max_adapters",
  ]
  static let routeKeys = ["to", "via"]
  static let adapterKeys = [
    "slot", "network", "address", "address6", "mac", "model", "promiscuous", "cable_connected",
  ]

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
      case "size": network.size = reader.readInteger(value, "a size", in: 1...65534)
      case "localhost_reachable": network.localhostReachable = reader.readBool(value)
      default: return false
      }
      return true
    }
    return network
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
      case "forwarding": machine.forwarding = reader.readBool(value)
      case "gateway": machine.gateway = reader.readAddress(value)
      case "gateway6": machine.gateway6 = reader.readAddress(value)
      case "routes":
        machine.routes = reader.readList(value, of: key, atMost: .routesOfMachine) {
          $0.readRoute($1)
        }
      case "adapters":
        machine.adapters = reader.readList(value, of: key, atMost: .adaptersOfMachine) {
          $0.readAdapter($1)
        }
      case "max_adapters": machine.maximumAdapters = reader.readAdapterLimit(value)
      default: return false
      }
      return true
    }
    return machine
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
      default: return false
      }
      return true
    }
    return adapter
  }

  mutating func readSlot(_ node: DocumentNode) -> Int? {
    readInteger(node, "a slot", in: Self.slots)
  }
}
