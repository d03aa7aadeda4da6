public import LabCore
public import LabFormats

extension JSONWriter {
  /// Writes the answer of `GET …/addresses`.
  ///
  /// - Parameter revision: nil for a lab that is not stored, written as `null`.
  public mutating func addresses(_ plan: AddressPlan, of lab: Lab, revision: Int?) {
    object { writer in
      writer.member("lab", lab.name.text)
      writer.member("revision", revision)
      writer.key("networks")
      writer.array(zip(lab.networks, plan.networks)) { $0.network($1.0, $1.1) }
      writer.key("adapters")
      writer.beginArray()
      for machine in lab.machinesInNameOrder {
        let adapters = zip(lab.machines[machine].adapters, plan.adapters[machine])
        for (adapter, planned) in adapters {
          writer.adapter(adapter, planned, of: lab.machines[machine], in: lab)
        }
      }
      writer.endArray()
    }
  }

  private mutating func network(_ network: Network, _ plan: NetworkPlan) {
    object { writer in
      writer.member("name", network.name.text)
      writer.member("mode", network.mode.rawValue)
      writer.members(of: plan)
    }
  }

  /// Writes a network's addresses without its name.
  mutating func networkPlan(_ plan: NetworkPlan) {
    object { $0.members(of: plan) }
  }

  private mutating func members(of plan: NetworkPlan) {
    key("ipv4")
    networkAddresses(plan.ipv4)
    key("ipv6")
    networkAddresses(plan.ipv6)
  }

  private mutating func networkAddresses<Address: IPAddress>(
    _ addresses: NetworkAddresses<Address>?
  ) {
    guard let addresses else { return null() }
    object { writer in
      writer.member("prefix", addresses.prefix.description)
      writer.member("gateway", addresses.gateway?.description)
      writer.key("dhcp")
      if let dhcp = addresses.dhcp { writer.dhcp(dhcp) } else { writer.null() }
      writer.member("free", min(addresses.free, largestSafeInteger))
    }
  }

  private mutating func dhcp<Address: IPAddress>(_ dhcp: DHCPPlan<Address>) {
    object { writer in
      writer.member("server", dhcp.server?.description)
      writer.member("first", dhcp.pool.first.description)
      writer.member("last", dhcp.pool.last.description)
    }
  }

  private mutating func adapter(
    _ adapter: Adapter, _ plan: AdapterPlan, of machine: VirtualMachine, in lab: Lab
  ) {
    object { writer in
      writer.member("vm", machine.name.text)
      writer.member("slot", adapter.slot)
      writer.member("network", lab.network(of: adapter)?.name.text)
      writer.member("mac", plan.mac.description)
      writer.members(of: plan)
    }
  }

  /// Writes an adapter's addresses without its name and hardware address.
  mutating func adapterPlan(_ plan: AdapterPlan) {
    object { $0.members(of: plan) }
  }

  private mutating func members(of plan: AdapterPlan) {
    key("ipv4")
    assignment(plan.ipv4)
    key("ipv6")
    if let ipv6 = plan.ipv6 { assignment(ipv6) } else { null() }
  }

  private mutating func assignment<Address: IPAddress>(_ assignment: Assignment<Address>) {
    object { writer in
      writer.member("address", assignment.address?.description)
      writer.member("prefix_length", assignment.prefixLength)
      writer.member("gateway", assignment.gateway?.description)
      writer.member("source", assignment.source.rawValue)
      if let reason = assignment.reason { writer.member("reason", reason) }
    }
  }
}

/// The largest integer that every JSON reader takes exactly (RFC 7493 section 2.2): counts of free
/// IPv6 addresses end here.
public let largestSafeInteger: UInt128 = 1 << 53 - 1
