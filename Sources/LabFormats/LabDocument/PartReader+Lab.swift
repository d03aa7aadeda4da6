import LabCore

extension PartReader {
  static let labKeys = [
    "name", "description", "hypervisor", "host", "networks", "vms", "port_forwards", "requirements",
    "constraints",
  ]
  static let hypervisorKeys = ["product", "version"]
  static let hostKeys = [
    "name", "os", "internet", "forwarding", "masquerade", "routes", "uplink", "occupied",
  ]
  static let uplinkKeys = [
    "interface", "kind", "client_isolation", "ipv4", "ipv6", "gateway", "gateway6", "dhcp",
    "routes", "forwards", "vlans",
  ]
  static let vlanKeys = ["id", "ipv4", "gateway", "dhcp"]
  static let uplinkPoolKeys = ["first", "last"]
  static let forwardKeys = [
    "name", "protocol", "host_address", "host_port", "vm", "slot", "guest_port",
  ]
  static let requirementKeys = ["from", "to", "protocol", "port", "allow"]

  mutating func readLab(_ node: DocumentNode) -> LabDraft {
    var lab = LabDraft(name: nil)
    readMembers(of: node, "a lab", keys: Self.labKeys) { reader, key, value in
      switch key {
      case "name": lab.name = reader.readName(value)
      case "description": lab.description = reader.readDescription(value)
      case "hypervisor": lab.hypervisor = reader.readHypervisor(value)
      case "host": lab.host = reader.readHost(value)
      case "networks":
        lab.networks =
          reader.readList(value, of: key, atMost: .networks) { $0.readNetwork($1) }
      case "vms":
        lab.vms =
          reader.readList(value, of: "VMs", atMost: .machines) { $0.readMachine($1) }
      case "port_forwards":
        lab.portForwards = reader.readList(value, of: "port forwards", atMost: .portForwards) {
          $0.readForward($1)
        }
      case "requirements":
        lab.requirements = reader.readList(value, of: key, atMost: .requirements) {
          $0.readRequirement($1)
        }
      case "constraints": lab.constraints = reader.readConstraints(value)
      default: return false
      }
      return true
    }
    for fault in limits.faultsInAll(of: lab) { report(fault) }
    return lab
  }

  private mutating func readDescription(_ node: DocumentNode) -> String? {
    guard let text = readText(node) else { return nil }
    let part = DocumentLimits.Part.descriptionCharacters
    let count = text.unicodeScalars.count
    guard count <= limits[part] else {
      report(.tooMany, part.excess(of: count, over: limits[part]))
      return nil
    }
    return text
  }

  mutating func readHypervisor(_ node: DocumentNode) -> HypervisorDraft {
    var hypervisor = HypervisorDraft()
    readMembers(of: node, "a hypervisor", keys: Self.hypervisorKeys) { reader, key, value in
      switch key {
      case "product": hypervisor.product = reader.readChoice(value)
      case "version": hypervisor.version = reader.readVersion(value)
      default: return false
      }
      return true
    }
    return hypervisor
  }

  mutating func readHost(_ node: DocumentNode) -> HostDraft {
    var host = HostDraft()
    readMembers(of: node, "a host", keys: Self.hostKeys) { reader, key, value in
      switch key {
      case "name": host.name = reader.readName(value)
      case "os": host.os = reader.readChoice(value)
      case "internet": host.internet = reader.readBool(value)
      case "forwarding": host.forwarding = reader.readBool(value)
      case "masquerade": host.masquerade = reader.readBool(value)
      case "routes": host.routes = reader.readRoutes(value, atMost: .routesOfHost)
      case "uplink": host.uplink = reader.readUplink(value)
      case "occupied":
        host.occupied = reader.readList(value, of: "prefixes", atMost: .occupied) {
          $0.readAnyPrefix($1)
        }.compactMap { $0 }
      default: return false
      }
      return true
    }
    return host
  }

  private mutating func readUplink(_ node: DocumentNode) -> Uplink {
    var uplink = Uplink()
    readMembers(of: node, "an uplink", keys: Self.uplinkKeys) { reader, key, value in
      switch key {
      case "interface": uplink.interface = reader.readLine(value, characters: 1...80)
      case "kind": uplink.kind = reader.readChoice(value)
      case "ipv4": uplink.ipv4 = reader.readInterfaceAddress(value)
      case "ipv6": uplink.ipv6 = reader.readInterfaceAddress(value)
      case "gateway": uplink.gateway = reader.readAddress(value)
      case "gateway6": uplink.gateway6 = reader.readAddress(value)
      case "client_isolation": uplink.clientIsolation = reader.readBool(value)
      case "dhcp": uplink.dhcp = reader.readUplinkPool(value)
      case "routes": uplink.routes = reader.readRoutes(value, atMost: .routesOfLAN)
      case "forwards":
        uplink.forwards = reader.readList(value, of: key, atMost: .forwardsOfLAN) {
          $0.readLANForward($1)
        }
      case "vlans":
        uplink.vlans = reader.readList(value, of: "VLANs", atMost: .vlansOfLAN) {
          $0.readUplinkVLAN($1)
        }
      default: return false
      }
      return true
    }
    return uplink
  }

  private mutating func readUplinkVLAN(_ node: DocumentNode) -> UplinkVLAN {
    var vlan = UplinkVLAN(id: nil)
    readMembers(of: node, "a VLAN", keys: Self.vlanKeys) { reader, key, value in
      switch key {
      case "id": vlan.id = reader.readVLAN(value)
      case "ipv4": vlan.ipv4 = reader.readInterfaceAddress(value)
      case "gateway": vlan.gateway = reader.readAddress(value)
      case "dhcp": vlan.dhcp = reader.readUplinkPool(value)
      default: return false
      }
      return true
    }
    return vlan
  }

  mutating func readVLAN(_ node: DocumentNode) -> Int? {
    readInteger(node, "a VLAN", in: UplinkVLAN.identifiers)
  }

  /// Both ends are needed, which the draft cannot say: a range has both.
  private mutating func readUplinkPool(_ node: DocumentNode) -> AddressRange<IPv4Address>? {
    var first: IPv4Address?
    var last: IPv4Address?
    readMembers(of: node, "a DHCP pool", keys: Self.uplinkPoolKeys) { reader, key, value in
      switch key {
      case "first": first = reader.readAddress(value)
      case "last": last = reader.readAddress(value)
      default: return false
      }
      return true
    }
    guard let first, let last else {
      for key in Self.uplinkPoolKeys where node.isObject && !node.hasValue(atKey: key) {
        report(.missing, atKey: key, "the pool needs its \(key) address")
      }
      return nil
    }
    guard let range = AddressRange(first: first, last: last) else {
      report(
        .contradiction, atKey: "last",
        "the pool ends at \(last), before it begins at \(first)")
      return nil
    }
    return range
  }

  private mutating func readForward(_ node: DocumentNode) -> PortForwardDraft {
    var forward = PortForwardDraft(hostPort: nil, vm: nil, guestPort: nil)
    readMembers(of: node, "a port forward", keys: Self.forwardKeys) { reader, key, value in
      switch key {
      case "name": forward.name = reader.readForwardName(value)
      case "protocol": forward.transport = reader.readChoice(value)
      case "host_address": forward.hostAddress = reader.readHostAddress(value)
      case "host_port": forward.hostPort = reader.readPort(value)
      case "vm": forward.vm = reader.readName(value)
      case "slot": forward.slot = reader.readSlot(value)
      case "guest_port": forward.guestPort = reader.readPort(value)
      default: return false
      }
      return true
    }
    return forward
  }

  /// Commas part the fields of a NAT rule, colons those of a NAT network's (VBoxManage
  /// `--nat-pf`, `natnetwork --port-forward-4`).
  private mutating func readForwardName(_ node: DocumentNode) -> String? {
    guard let name = readLine(node, characters: 1...80) else { return nil }
    guard let separator = name.unicodeScalars.first(where: { $0 == "," || $0 == ":" }) else {
      return name
    }
    report(
      .invalidValue,
      "\"\(excerpt(name))\" cannot name a port forward: \(quoted(separator)) parts the fields of"
        + " VirtualBox's rules")
    return nil
  }

  /// Empty for all of the host's addresses.
  private mutating func readHostAddress(_ node: DocumentNode) -> IPv4Address? {
    if case .string("") = node.value { return nil }
    return readAddress(node)
  }

  mutating func readRequirement(_ node: DocumentNode) -> RequirementDraft {
    var requirement = RequirementDraft(from: nil, to: nil)
    readMembers(of: node, "a requirement", keys: Self.requirementKeys) { reader, key, value in
      switch key {
      case "from": requirement.from = reader.readSelector(value)
      case "to": requirement.to = reader.readSelector(value)
      case "protocol": requirement.transport = reader.readChoice(value)
      case "port": requirement.port = reader.readPort(value)
      case "allow": requirement.allow = reader.readBool(value)
      default: return false
      }
      return true
    }
    return requirement
  }
}
