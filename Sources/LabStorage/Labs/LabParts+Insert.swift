import LabCore

extension LabParts {
  func insertHypervisor(_ hypervisor: HypervisorDraft?) throws(StoreError) {
    guard let hypervisor else { return }
    try connection.run(
      "INSERT INTO hypervisors (lab_id, product, version) VALUES (?, ?, ?)",
      id, hypervisor.product, hypervisor.version)
  }

  func insertHost(_ host: HostDraft?) throws(StoreError) {
    guard let host else { return }
    try connection.run(
      """
      INSERT INTO hosts (lab_id, name, os, internet, forwarding, other_keys)
      VALUES (?, ?, ?, ?, ?, ?)
      """,
      id, host.name, host.os, host.internet, host.forwarding, host.otherKeys)
    if let uplink = host.uplink {
      try connection.run(
        """
        INSERT INTO uplinks
          (lab_id, interface, kind, ipv4, ipv6, gateway, gateway6, dhcp_first, dhcp_last)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        id, uplink.interface, uplink.kind, uplink.ipv4, uplink.ipv6, uplink.gateway,
        uplink.gateway6, uplink.dhcp?.first, uplink.dhcp?.last)
    }
    try connection.runForEach(
      host.occupied.enumerated(),
      "INSERT INTO occupied_prefixes (lab_id, position, prefix) VALUES (?, ?, ?)"
    ) { (arguments, prefix) throws(StoreError) in
      try arguments.bind(id)
      try arguments.bind(prefix.offset)
      try arguments.bind(prefix.element)
    }
  }

  /// Writes the networks at those places, over rows that are there already.
  func write(
    _ networks: [NetworkDraft], at places: some Collection<Int>
  ) throws(StoreError) {
    try connection.runForEach(
      places,
      """
      INSERT INTO networks
        (lab_id, position, name, mode, hypervisor_name, ipv4, ipv6, gateway, gateway6,
         dhcp, dhcp_server, dhcp_first, dhcp_last, host_address, size,
         localhost_reachable, variant, vlan, announced)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (lab_id, position) DO UPDATE SET
        mode = excluded.mode, hypervisor_name = excluded.hypervisor_name,
        ipv4 = excluded.ipv4, ipv6 = excluded.ipv6,
        gateway = excluded.gateway, gateway6 = excluded.gateway6,
        dhcp = excluded.dhcp, dhcp_server = excluded.dhcp_server,
        dhcp_first = excluded.dhcp_first, dhcp_last = excluded.dhcp_last,
        host_address = excluded.host_address,
        size = excluded.size, localhost_reachable = excluded.localhost_reachable,
        variant = excluded.variant, vlan = excluded.vlan, announced = excluded.announced
      """
    ) { (arguments, position) throws(StoreError) in
      let network = networks[position]
      try arguments.bind(id)
      try arguments.bind(position)
      try arguments.bind(network.name)
      try arguments.bind(network.mode)
      try arguments.bind(network.hypervisorName)
      try arguments.bind(network.ipv4)
      try arguments.bind(network.ipv6)
      try arguments.bind(network.gateway)
      try arguments.bind(network.gateway6)
      try arguments.bind(network.dhcp)
      try arguments.bind(network.hostAddress)
      try arguments.bind(network.size)
      try arguments.bind(network.localhostReachable)
      try arguments.bind(network.variant)
      try arguments.bind(network.vlan)
      try arguments.bind(network.announced)
    }
  }

  func insertPortForwards(_ forwards: [PortForwardDraft]) throws(StoreError) {
    try connection.runForEach(
      forwards.enumerated(),
      """
      INSERT INTO port_forwards
        (lab_id, position, name, protocol, host_address, host_port, vm, slot, guest_port)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """
    ) { (arguments, forward) throws(StoreError) in
      let (position, forward) = forward
      try arguments.bind(id)
      try arguments.bind(position)
      try arguments.bind(forward.name)
      try arguments.bind(forward.transport)
      try arguments.bind(forward.hostAddress)
      try arguments.bind(forward.hostPort)
      try arguments.bind(forward.vm)
      try arguments.bind(forward.slot)
      try arguments.bind(forward.guestPort)
    }
  }

  func insertRequirements(_ requirements: [RequirementDraft]) throws(StoreError) {
    try connection.runForEach(
      requirements.enumerated(),
      """
      INSERT INTO requirements (lab_id, position, source, target, protocol, port, allow)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """
    ) { (arguments, requirement) throws(StoreError) in
      let (position, requirement) = requirement
      try arguments.bind(id)
      try arguments.bind(position)
      try arguments.bind(requirement.from)
      try arguments.bind(requirement.to)
      try arguments.bind(requirement.transport)
      try arguments.bind(requirement.port)
      try arguments.bind(requirement.allow)
    }
  }
}

extension Arguments {
  /// The four columns of what a network asks of its DHCP server.
  fileprivate mutating func bind(_ dhcp: DHCPRequest?) throws(StoreError) {
    var parts: (server: AddressReference?, first: IPv4Address?, last: IPv4Address?) = (
      nil, nil, nil
    )
    var enabled: Bool?
    switch dhcp {
    case .none: break
    case .off: enabled = false
    case .on(let server, let first, let last):
      enabled = true
      parts = (server.map(AddressReference.address), first, last)
    case .served(let machine, let first, let last):
      enabled = true
      parts = (.machine(machine), first, last)
    }
    try bind(enabled)
    try bind(parts.server)
    try bind(parts.first)
    try bind(parts.last)
  }
}
