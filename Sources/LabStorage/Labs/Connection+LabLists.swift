import LabCore

extension Connection {
  /// Reads every list of a lab, each in document order.
  func readLists(of id: Int64, into draft: inout LabDraft) throws(StoreError) {
    // A lab without a host has no prefixes in use on it.
    if draft.host != nil { draft.host?.occupied = try occupiedPrefixes(of: id) }
    draft.networks = try networks(of: id)
    draft.vms = try machines(of: id)
    draft.portForwards = try portForwards(of: id)
    draft.requirements = try requirements(of: id)
    draft.constraints = try constraints(of: id)
  }

  private func occupiedPrefixes(of id: Int64) throws(StoreError) -> [AnyPrefix] {
    try all("SELECT prefix FROM occupied_prefixes WHERE lab_id = ? ORDER BY position", id) {
      (row) throws(StoreError) in try row.next()
    }
  }

  private func networks(of id: Int64) throws(StoreError) -> [NetworkDraft] {
    try all(
      """
      SELECT name, mode, hypervisor_name, ipv4, ipv6, gateway, gateway6,
        dhcp, dhcp_server, dhcp_first, dhcp_last, host_address, size, localhost_reachable,
        variant, vlan, announced
      FROM networks WHERE lab_id = ? ORDER BY position
      """, id
    ) { (row) throws(StoreError) in
      NetworkDraft(
        name: try row.next(), mode: try row.next(), hypervisorName: try row.next(),
        ipv4: try row.next(), ipv6: try row.next(), gateway: try row.next(),
        gateway6: try row.next(), dhcp: try row.nextDHCPRequest(),
        hostAddress: try row.next(), size: try row.next(), localhostReachable: try row.next(),
        variant: try row.next(), vlan: try row.next(), announced: try row.next())
    }
  }

  private func portForwards(of id: Int64) throws(StoreError) -> [PortForwardDraft] {
    try all(
      """
      SELECT name, protocol, host_address, host_port, vm, slot, guest_port
      FROM port_forwards WHERE lab_id = ? ORDER BY position
      """, id
    ) { (row) throws(StoreError) in
      PortForwardDraft(
        name: try row.next(), transport: try row.next(), hostAddress: try row.next(),
        hostPort: try row.next(), vm: try row.next(), slot: try row.next(),
        guestPort: try row.next())
    }
  }

  private func requirements(of id: Int64) throws(StoreError) -> [RequirementDraft] {
    try all(
      """
      SELECT source, target, protocol, port, allow
      FROM requirements WHERE lab_id = ? ORDER BY position
      """, id
    ) { (row) throws(StoreError) in
      RequirementDraft(
        from: try row.next(), to: try row.next(), transport: try row.next(),
        port: try row.next(), allow: try row.next())
    }
  }

  private func machines(of id: Int64) throws(StoreError) -> [VirtualMachineDraft] {
    var others: [(place: Int, keys: String)] = []
    var machines: [VirtualMachineDraft] = []
    try forEach(
      """
      SELECT name, os, forwarding, gateway, gateway6, max_adapters, other_keys
      FROM vms WHERE lab_id = ? ORDER BY position
      """, id
    ) { (row) throws(StoreError) in
      machines.append(
        VirtualMachineDraft(
          name: try row.next(), os: try row.next(), forwarding: try row.next(),
          gateway: try row.next(), gateway6: try row.next(), maximumAdapters: try row.next()))
      if let keys = try row.next(String?.self) { others.append((machines.count - 1, keys)) }
    }
    guard !machines.isEmpty else { return [] }
    try readMachineLists(of: id, into: &machines)
    for other in others { try machines[other.place].add(otherKeys: other.keys) }
    return machines
  }

  // The lists of all VMs come in one scan each, VM by VM in name order.
  private func readMachineLists(
    of id: Int64, into machines: inout [VirtualMachineDraft]
  ) throws(StoreError) {
    var places = MachinePlaces(machines)
    try forEach("SELECT vm, tag FROM vm_tags WHERE lab_id = ? ORDER BY vm, position", id) {
      (row) throws(StoreError) in
      let place = try places.place(of: row.next())
      machines[place].tags.append(try row.next())
    }
    try forEach(
      "SELECT vm, destination, next_hop FROM routes WHERE lab_id = ? ORDER BY vm, position", id
    ) { (row) throws(StoreError) in
      let place = try places.place(of: row.next())
      machines[place].routes.append(RouteDraft(to: try row.next(), via: try row.next()))
    }
    try forEach(
      """
      SELECT vm, slot, network, address, address6, mac, model, promiscuous, cable_connected
      FROM adapters WHERE lab_id = ? ORDER BY vm, position
      """, id
    ) { (row) throws(StoreError) in
      let place = try places.place(of: row.next())
      machines[place].adapters.append(
        AdapterDraft(
          slot: try row.next(), network: try row.next(), address: try row.next(),
          address6: try row.next(), mac: try row.next(), model: try row.next(),
          promiscuous: try row.next(), cableConnected: try row.next()))
    }
  }
}

/// Where each VM stands in the document.
private struct MachinePlaces {
  private let places: [String: Int]
  // The rows of one VM follow each other.
  private var last: (name: String, place: Int)?

  init(_ machines: [VirtualMachineDraft]) {
    let named = machines.enumerated().map { ($0.element.name?.text ?? "", $0.offset) }
    places = Dictionary(named, uniquingKeysWith: { first, _ in first })
  }

  mutating func place(of name: String) throws(StoreError) -> Int {
    if let last, last.name == name { return last.place }
    guard let place = places[name] else {
      throw StoreError(.corrupt, "there is a row of a VM that is not in the lab: \(name)")
    }
    last = (name, place)
    return place
  }
}

extension Row {
  fileprivate mutating func nextDHCPRequest() throws(StoreError) -> DHCPRequest? {
    let enabled = try next(Bool?.self)
    let server = try next(AddressReference?.self)
    let first = try next(IPv4Address?.self)
    let last = try next(IPv4Address?.self)
    switch (enabled, server) {
    case (nil, _): return nil
    case (false?, _): return .off
    case (true?, .machine(let name)?): return .served(by: name, first: first, last: last)
    case (true?, let server): return .on(server: server?.address, first: first, last: last)
    }
  }
}
