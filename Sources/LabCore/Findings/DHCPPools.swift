extension LabSurvey {
  /// The addresses on a segment that are somebody's for good, so that no DHCP server may hand them
  /// out: static ones, the host's, routers' and servers'.
  func fixedAddresses(on segment: SharedSegment) -> AddressSet<IPv4Address> {
    let network = lab.networks[segment.network]
    let addresses = plan.networks[segment.network].ipv4
    var fixed = AddressSet<IPv4Address>()
    for member in segment.members {
      let machine = lab.machines[member.machine]
      // A VM that got the address of its own router would send to itself.
      for router in [machine.gateway] + machine.routes.map({ IPv4Address.route($0)?.via }) {
        if let router { fixed.insert(router) }
      }
      if let address = adapter(member).address { fixed.insert(address) }
      for secondary in adapter(member).secondary { fixed.insert(secondary.address) }
    }
    for address in [addresses?.gateway, addresses?.host, addresses?.dhcp?.server] {
      if let address { fixed.insert(address) }
    }
    let link = IPv4Address.natLink(network, prefix: addresses?.prefix, slot: 1, in: lab)
    if let link {
      for address in [link.gateway] + link.servers { fixed.insert(address) }
    }
    return fixed
  }

  /// What the DHCP server of a segment hands out; nil where there is none, or an unknown one.
  func dhcpPool(on segment: SharedSegment) -> AddressRange<IPv4Address>? {
    segment.isLAN ? lab.host.uplink.dhcp : plan.networks[segment.network].ipv4?.dhcp?.pool
  }

  /// How many of a segment's adapters have no static address.
  func clientCount(on segment: SharedSegment) -> Int {
    segment.members.count { adapter($0).address == nil }
  }

  /// Edits that give a network's DHCP server the longest part of a range that is free of fixed
  /// addresses; none where that has no room for all of the network's clients.
  func poolEdits(
    for segment: SharedSegment, within range: AddressRange<IPv4Address>
  ) -> [Edit] {
    guard let gap = longestGap(in: range, avoiding: fixedAddresses(on: segment)),
      gap.count >= UInt128(max(1, clientCount(on: segment)))
    else { return [] }
    let request = lab.networks[segment.network].dhcp
    var members: [EditMember] = []
    if let written = writtenServer(of: segment.network) {
      members.append(EditMember("server", .string(written)))
    }
    members.append(EditMember("first", .string(gap.first.description)))
    members.append(EditMember("last", .string(gap.last.description)))
    let pointer = pointer(network: segment.network)["dhcp"]
    return [request == nil ? .add(pointer, .object(members)) : .replace(pointer, .object(members))]
  }

  /// The server's address or name, as the document has it.
  func writtenServer(of network: Int) -> String? {
    switch lab.draft.networks[network].dhcp {
    case .on(let server, _, _): server?.description
    case .served(let machine, _, _): machine.text
    case .off, nil: nil
    }
  }

  /// Where a network's DHCP server stands in the document; the LAN's is the uplink's.
  func dhcpPointer(_ segment: SharedSegment) -> JSONPointer {
    guard !segment.isLAN else { return .root["host"]["uplink"]["dhcp"] }
    return pointer(
      pointer(network: segment.network), "dhcp",
      isWritten: lab.networks[segment.network].dhcp != nil)
  }
}

/// The longest run of a range without addresses of a set, the lowest of those; nil where the set
/// covers the range.
func longestGap<Address: IPAddress>(
  in range: AddressRange<Address>, avoiding taken: AddressSet<Address>
) -> AddressRange<Address>? {
  var longest: AddressRange<Address>?
  var start = range.first
  func consider(through last: Address) {
    let gap = AddressRange(from: start, through: last)
    if gap.count > longest?.count ?? 0 { longest = gap }
  }
  for used in taken.ranges where used.overlaps(range) {
    if start < used.first { consider(through: Address(bits: used.first.bits - 1)) }
    guard used.last < range.last else { return longest }
    start = Address(bits: used.last.bits + 1)
  }
  consider(through: range.last)
  return longest
}
