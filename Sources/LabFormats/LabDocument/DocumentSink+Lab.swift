import LabCore

extension DocumentSink {
  mutating func lab(_ lab: LabDraft) {
    beginObject()
    member("name", text: lab.name)
    member("description", text: lab.description)
    if let hypervisor = lab.hypervisor {
      key("hypervisor")
      beginObject()
      member("product", choice: hypervisor.product)
      member("version", text: hypervisor.version)
      endObject()
    }
    if let host = lab.host {
      key("host")
      self.host(host)
    }
    member("networks", list: lab.networks) { $0.network($1) }
    member("vms", list: lab.vms) { $0.machine($1) }
    member("port_forwards", list: lab.portForwards) { $0.forward($1) }
    member("requirements", list: lab.requirements) { $0.requirement($1) }
    member("constraints", constraints: lab.constraints)
    endObject()
  }

  private mutating func host(_ host: HostDraft) {
    beginObject()
    member("name", text: host.name)
    member("os", choice: host.os)
    member("internet", bool: host.internet)
    member("forwarding", bool: host.forwarding)
    member("masquerade", bool: host.masquerade)
    member("routes", list: host.routes) { $0.route($1) }
    if let uplink = host.uplink {
      key("uplink")
      self.uplink(uplink)
    }
    member("occupied", list: host.occupied) { $0.string($1.description) }
    endObject()
  }

  private mutating func uplink(_ uplink: Uplink) {
    beginObject()
    member("interface", text: uplink.interface)
    member("kind", choice: uplink.kind)
    member("client_isolation", bool: uplink.clientIsolation)
    member("ipv4", text: uplink.ipv4)
    member("ipv6", text: uplink.ipv6)
    member("gateway", text: uplink.gateway)
    member("gateway6", text: uplink.gateway6)
    member("dhcp", pool: uplink.dhcp)
    member("routes", list: uplink.routes) { $0.route($1) }
    member("forwards", list: uplink.forwards) { $0.forward($1, targetKey: "to") }
    member("vlans", list: uplink.vlans) { sink, vlan in
      sink.beginObject()
      sink.member("id", integer: vlan.id)
      sink.member("ipv4", text: vlan.ipv4)
      sink.member("gateway", text: vlan.gateway)
      sink.member("dhcp", pool: vlan.dhcp)
      sink.endObject()
    }
    endObject()
  }

  private mutating func member(_ name: StaticString, pool: AddressRange<IPv4Address>?) {
    guard let pool else { return }
    key(name)
    beginObject()
    member("first", text: pool.first)
    member("last", text: pool.last)
    endObject()
  }

  mutating func network(_ network: NetworkDraft) {
    beginObject()
    member("name", text: network.name)
    member("mode", choice: network.mode)
    member("hypervisor_name", text: network.hypervisorName)
    member("ipv4", text: network.ipv4)
    member("ipv6", text: network.ipv6)
    member("gateway", text: network.gateway)
    member("gateway6", text: network.gateway6)
    if let dhcp = network.dhcp {
      key("dhcp")
      server(dhcp)
    }
    switch network.hostAddress {
    case .absent:
      key("host_address")
      null()
    case .address(let address): member("host_address", text: address)
    case nil: break
    }
    member("size", integer: network.size)
    member("localhost_reachable", bool: network.localhostReachable)
    member("variant", text: network.variant)
    member("vlan", integer: network.vlan)
    member("announced", bool: network.announced)
    endObject()
  }

  private mutating func server(_ request: DHCPRequest) {
    switch request {
    case .off: bool(false)
    case .standard: bool(true)
    case .on(let server, let first, let last):
      self.server(server, first, last)
    case .served(let machine, let first, let last): self.server(machine, first, last)
    }
  }

  private mutating func server(
    _ server: (some CustomStringConvertible)?, _ first: IPv4Address?, _ last: IPv4Address?
  ) {
    beginObject()
    member("server", text: server)
    member("first", text: first)
    member("last", text: last)
    endObject()
  }

  mutating func machine(_ machine: VirtualMachineDraft) {
    beginObject()
    member("name", text: machine.name)
    member("os", choice: machine.os)
    member("tags", list: machine.tags) { $0.string($1.text) }
    member("copy_of", text: machine.copyOf)
    member("forwarding", bool: machine.forwarding)
    member("gateway", text: machine.gateway)
    member("gateway6", text: machine.gateway6)
    member("routes", list: machine.routes) { $0.route($1) }
    member("adapters", list: machine.adapters) { $0.adapter($1) }
    member("max_adapters", integer: machine.maximumAdapters)
    if let firewall = machine.firewall {
      key("firewall")
      self.firewall(firewall)
    }
    member("forwards", list: machine.forwards) { $0.forward($1, targetKey: "vm") }
    member("inside", list: machine.inside) { sink, inside in
      sink.beginObject()
      sink.member("prefix", text: inside.prefix)
      sink.member("masquerade", bool: inside.masquerade)
      sink.endObject()
    }
    endObject()
  }

  private mutating func route(_ route: RouteDraft) {
    beginObject()
    member("to", text: route.to)
    member("via", text: route.via)
    endObject()
  }

  /// `network` always stands: an adapter that is not attached says so.
  private mutating func adapter(_ adapter: AdapterDraft) {
    beginObject()
    member("slot", integer: adapter.slot)
    key("network")
    if let network = adapter.network { string(network.text) } else { null() }
    member("address", text: adapter.address)
    member("address6", text: adapter.address6)
    member("secondary", list: adapter.secondary) { sink, secondary in
      sink.beginObject()
      sink.member("address", text: secondary.address)
      sink.member("mac", text: secondary.mac)
      sink.endObject()
    }
    member("mac", text: adapter.mac)
    member("model", choice: adapter.model)
    member("promiscuous", choice: adapter.promiscuous)
    member("cable_connected", bool: adapter.cableConnected)
    member("masquerade", bool: adapter.masquerade)
    endObject()
  }

  private mutating func forward(_ forward: PortForwardDraft) {
    beginObject()
    member("name", text: forward.name)
    member("protocol", choice: forward.transport)
    member("host_address", text: forward.hostAddress)
    member("host_port", integer: forward.hostPort)
    member("vm", text: forward.vm)
    member("slot", integer: forward.slot)
    member("guest_port", integer: forward.guestPort)
    endObject()
  }

  mutating func requirement(_ requirement: RequirementDraft) {
    beginObject()
    member("from", text: requirement.from)
    member("to", text: requirement.to)
    member("protocol", choice: requirement.transport)
    member("port", integer: requirement.port)
    member("allow", bool: requirement.allow)
    endObject()
  }
}
