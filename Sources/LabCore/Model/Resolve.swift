/// Turns a document into a lab in which every reference holds, or lists every fault it has.
///
/// Faults stand in document order. A part that is missing is reported here; a part that was
/// written but could not be read is nil in the draft too, so whoever read the document leaves out
/// the faults found here at places it has reported itself (see `merge(_:_:)` on `[Fault]`).
public func resolve(_ draft: LabDraft) -> Result<Lab, InvalidLab> {
  var resolver = Resolver(draft: draft)
  return resolver.run()
}

/// A document that is no lab, with all its faults.
public struct InvalidLab: Error, Hashable, Sendable {
  /// Never empty.
  public let faults: [Fault]
}

extension [Fault] {
  /// These faults, and those of `others` that stand at places where these say nothing, neither
  /// there nor above: a value that could not be read is not also missing.
  public func merged(with others: [Fault]) -> [Fault] {
    let reported = Set(map(\.pointer))
    return self
      + others.filter { fault in
        var tokens = fault.pointer.tokens
        while true {
          if reported.contains(JSONPointer(tokens: tokens)) { return false }
          if tokens.isEmpty { return true }
          tokens.removeLast()
        }
      }
  }
}

/// The names that requirements and matrices use for endpoints that are no VMs.
public let reservedMachineNames: Set<String> = ["host", "lan", "internet", "vms"]

/// By network: the first network of the same switch by name, a NAT network before the internal
/// ones that join it by its name; not by place in the document, so that reordering changes nothing.
private func switches(of networks: [Network]) -> [Int] {
  struct Switch: Hashable {
    let isHostOnly: Bool
    let name: String
  }
  var first: [Switch: Int] = [:]
  func key(_ network: Network) -> Switch? {
    switch network.mode {
    case .nat, .bridged: nil
    case .natNetwork, .internal: Switch(isHostOnly: false, name: network.hypervisorName)
    case .hostOnly: Switch(isHostOnly: true, name: network.hypervisorName)
    }
  }
  func isFirst(_ index: Int, _ other: Int) -> Bool {
    let isNATNetwork = networks[index].mode == .natNetwork
    guard isNATNetwork == (networks[other].mode == .natNetwork) else { return isNATNetwork }
    return networks[index].name < networks[other].name
  }
  for index in networks.indices {
    guard let key = key(networks[index]) else { continue }
    if let known = first[key], isFirst(known, index) { continue }
    first[key] = index
  }
  return networks.indices.map { index in key(networks[index]).flatMap { first[$0] } ?? index }
}

private struct Resolver {
  let draft: LabDraft
  var faults: [Fault] = []
  var networkIndex: [DNSLabel: Int] = [:]
  var machineIndex: [DNSLabel: Int] = [:]

  mutating func run() -> Result<Lab, InvalidLab> {
    if draft.name == nil { report(.missing, .root["name"], "the lab needs a name") }
    indexNetworks()
    indexMachines()
    let hypervisor = Hypervisor(
      product: draft.hypervisor?.product ?? .virtualbox,
      version: draft.hypervisor?.version ?? .assumed)
    let host = resolveHost()
    let networks = draft.networks.indices.map { resolveNetwork($0) }
    let machines = draft.vms.indices.map { resolveMachine($0) }
    let forwards = draft.portForwards.indices.map { resolveForward($0, machines: machines) }
    checkForwardNames()
    let requirements = draft.requirements.indices.map { resolveRequirement($0) }
    checkConstraints()
    guard faults.isEmpty, let name = draft.name else {
      return .failure(InvalidLab(faults: faults))
    }
    return .success(
      Lab(
        name: name, hypervisor: hypervisor, host: host, pools: draft.pools,
        networks: networks.compactMap { $0 }, machines: machines.compactMap { $0 },
        portForwards: forwards.compactMap { $0 }, requirements: requirements.compactMap { $0 },
        draft: draft, switches: switches(of: networks.compactMap { $0 })))
  }

  private mutating func report(_ code: Fault.Code, _ pointer: JSONPointer, _ detail: String) {
    faults.append(Fault(code, at: pointer, detail))
  }

  // MARK: Names

  private mutating func indexNetworks() {
    for (index, network) in draft.networks.enumerated() {
      let pointer = JSONPointer.root["networks"][index]["name"]
      guard let name = network.name else {
        report(.missing, pointer, "the network needs a name")
        continue
      }
      if let first = networkIndex[name] {
        report(
          .duplicateName, pointer,
          "the network name \"\(name)\" is already taken by /networks/\(first)")
      } else {
        networkIndex[name] = index
      }
    }
  }

  private mutating func indexMachines() {
    for (index, machine) in draft.vms.enumerated() {
      let pointer = JSONPointer.root["vms"][index]["name"]
      guard let name = machine.name else {
        report(.missing, pointer, "the VM needs a name")
        continue
      }
      if reservedMachineNames.contains(name.text) {
        report(
          .reservedName, pointer,
          "\"\(name)\" is reserved for an endpoint of the matrix; choose another name for the VM")
      }
      if let first = machineIndex[name] {
        report(.duplicateName, pointer, "the VM name \"\(name)\" is already taken by /vms/\(first)")
      } else {
        machineIndex[name] = index
      }
    }
  }

  private mutating func checkForwardNames() {
    var seen: [String: Int] = [:]
    for (index, forward) in draft.portForwards.enumerated() {
      guard let name = forward.name else { continue }
      if let first = seen[name] {
        report(
          .duplicateName, .root["port_forwards"][index]["name"],
          "the port forward name \"\(name)\" is already taken by /port_forwards/\(first)")
      } else {
        seen[name] = index
      }
    }
  }

  // MARK: Host

  private mutating func resolveHost() -> Host {
    let host = draft.host ?? HostDraft()
    let uplink = host.uplink ?? Uplink()
    checkUplink(uplink, at: .root["host"]["uplink"])
    return Host(
      name: host.name, operatingSystem: host.os ?? .linux, hasInternet: host.internet ?? true,
      forwards: host.forwarding ?? false, uplink: uplink, occupied: host.occupied)
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
  }

  // MARK: Networks

  private mutating func resolveNetwork(_ index: Int) -> Network? {
    let network = draft.networks[index]
    let pointer = JSONPointer.root["networks"][index]
    if network.mode == nil {
      report(.missing, pointer["mode"], "the network needs a mode: \(listed(NetworkMode.allCases))")
    }
    if let mode = network.mode { checkModeRules(network, mode: mode, at: pointer) }
    if let prefix = network.ipv4 {
      checkInside(network.gateway, prefix, pointer["gateway"], of: title(network))
      checkPool(network.dhcp, prefix, pointer["dhcp"], of: title(network))
    }
    if let prefix = network.ipv6, let gateway = network.gateway6, !gateway.isLinkLocal {
      checkUsable(gateway, in: prefix, at: pointer["gateway6"], of: title(network))
    }
    guard let name = network.name, let mode = network.mode else { return nil }
    return Network(
      name: name, mode: mode, hypervisorName: network.hypervisorName ?? name.text,
      ipv4: network.ipv4, ipv6: network.ipv6, gateway: network.gateway,
      gateway6: network.gateway6, dhcp: network.dhcp, size: network.size,
      localhostReachable: network.localhostReachable)
  }

  private func title(_ network: NetworkDraft) -> String {
    network.name.map { "network \"\($0)\"" } ?? "the network"
  }

  /// What a mode cannot do by VirtualBox's own rules (manual chapter 6; NATNetwork `setNetwork`).
  private mutating func checkModeRules(
    _ network: NetworkDraft, mode: NetworkMode, at pointer: JSONPointer
  ) {
    if network.localhostReachable != nil, mode != .nat {
      report(
        .contradiction, pointer["localhost_reachable"],
        "localhost_reachable is a switch of NAT; a \(mode.displayName) network has none")
    }
    if mode == .bridged, let request = network.dhcp, request != .off {
      report(
        .contradiction, pointer["dhcp"],
        "on a bridged network the LAN's own DHCP server hands out the addresses")
    }
    if let name = network.hypervisorName, name.hasPrefix("HostInterfaceNetworking-") {
      report(
        .reservedName, pointer["hypervisor_name"],
        "names that begin with HostInterfaceNetworking- belong to the hypervisor itself")
    }
    guard let prefix = network.ipv4 else { return }
    if mode == .nat, prefix.length > 27 {
      report(
        .outOfRange, pointer["ipv4"],
        "a NAT network has a prefix of /27 or shorter, \(prefix) is too small")
    }
    if mode == .natNetwork, !(1...29).contains(prefix.length) {
      report(
        .outOfRange, pointer["ipv4"],
        "a NAT network has a prefix length of 1 to 29, \(prefix) is not of that size")
    }
  }

  private mutating func checkPool(
    _ request: DHCPRequest?, _ prefix: IPv4Prefix, _ pointer: JSONPointer, of owner: String
  ) {
    guard case .on(let server, let first, let last) = request else { return }
    checkInside(server, prefix, pointer["server"], of: owner)
    checkInside(first, prefix, pointer["first"], of: owner)
    checkInside(last, prefix, pointer["last"], of: owner)
    if let first, let last, first > last {
      report(
        .contradiction, pointer["last"], "the pool ends at \(last), before it begins at \(first)")
    }
  }

  // MARK: VMs

  private mutating func resolveMachine(_ index: Int) -> VirtualMachine? {
    let machine = draft.vms[index]
    let pointer = JSONPointer.root["vms"][index]
    let adapters = resolveAdapters(machine, at: pointer["adapters"])
    let routes = machine.routes.indices.map {
      resolveRoute(machine.routes[$0], at: pointer["routes"][$0])
    }
    guard let name = machine.name else { return nil }
    return VirtualMachine(
      name: name, operatingSystem: machine.os ?? .other, tags: machine.tags,
      forwards: machine.forwarding ?? false, gateway: machine.gateway,
      gateway6: machine.gateway6, routes: routes.compactMap { $0 }, adapters: adapters)
  }

  private mutating func resolveRoute(_ route: RouteDraft, at pointer: JSONPointer) -> Route? {
    if route.to == nil { report(.missing, pointer["to"], "the route needs a prefix to lead to") }
    if route.via == nil { report(.missing, pointer["via"], "the route needs a router's address") }
    switch (route.to, route.via) {
    case (.ipv4(let prefix), .ipv4(let router)): return .ipv4(to: prefix, via: router)
    case (.ipv6(let prefix), .ipv6(let router)): return .ipv6(to: prefix, via: router)
    case (let prefix?, let router?):
      report(
        .familyMismatch, pointer["via"],
        "\(prefix) and \(router) are of different families; a route stays within IPv4 or IPv6")
      return nil
    default: return nil
    }
  }

  private mutating func resolveAdapters(
    _ machine: VirtualMachineDraft, at pointer: JSONPointer
  ) -> [Adapter] {
    var adapters: [Adapter] = []
    var taken: [Int: Int] = [:]
    var previous = 0
    for (index, adapter) in machine.adapters.enumerated() {
      let slot = adapter.slot ?? previous + 1
      previous = slot
      if let first = taken[slot] {
        report(
          .duplicateSlot, pointer[index]["slot"],
          "slot \(slot) is already taken by the VM's adapter \(first)")
      } else {
        taken[slot] = index
      }
      adapters.append(resolveAdapter(adapter, slot: slot, at: pointer[index]))
    }
    return adapters.sorted { $0.slot < $1.slot }
  }

  private mutating func resolveAdapter(
    _ adapter: AdapterDraft, slot: Int, at pointer: JSONPointer
  ) -> Adapter {
    let network = adapter.network.flatMap { name in
      networkIndex[name].map { (index: $0, draft: draft.networks[$0]) }
    }
    if let name = adapter.network, network == nil {
      reportUnknown(name, among: Array(networkIndex.keys), kind: "network", pointer["network"])
    }
    if let mac = adapter.mac, !mac.isUnicast {
      report(
        .notUnicast, pointer["mac"],
        "\(mac) is a group address; an adapter's second hexadecimal digit is even")
    }
    if let network {
      checkAddresses(adapter, in: network.draft, slot: slot, at: pointer)
    }
    return Adapter(
      slot: slot, network: network?.index, address: adapter.address, address6: adapter.address6,
      mac: adapter.mac, model: adapter.model ?? .intel82540EM,
      promiscuous: adapter.promiscuous ?? .deny, cableConnected: adapter.cableConnected ?? true)
  }

  private mutating func checkAddresses(
    _ adapter: AdapterDraft, in network: NetworkDraft, slot: Int, at pointer: JSONPointer
  ) {
    if let address = adapter.address {
      let prefix = prefixForStatic(network, slot: slot)
      if let prefix {
        checkUsable(address, in: prefix, at: pointer["address"], of: title(network))
      }
    }
    if let address = adapter.address6, let prefix = network.ipv6 {
      checkUsable(address, in: prefix, at: pointer["address6"], of: title(network))
    }
  }

  /// The prefix that a static address must be in, where it is known before planning.
  private func prefixForStatic(_ network: NetworkDraft, slot: Int) -> IPv4Prefix? {
    if let prefix = network.ipv4 { return prefix }
    return switch network.mode {
    case .nat: defaultNATPrefix(slot: slot)
    case .bridged: draft.host?.uplink?.ipv4?.prefix
    case .natNetwork, .internal, .hostOnly, nil: nil
    }
  }

  // MARK: Port forwards and requirements

  private mutating func resolveForward(
    _ index: Int, machines: [VirtualMachine?]
  ) -> PortForward? {
    let forward = draft.portForwards[index]
    let pointer = JSONPointer.root["port_forwards"][index]
    if forward.hostPort == nil {
      report(.missing, pointer["host_port"], "the port forward needs a port of the host")
    }
    if forward.guestPort == nil {
      report(.missing, pointer["guest_port"], "the port forward needs a port of the VM")
    }
    guard let name = forward.vm else {
      report(.missing, pointer["vm"], "the port forward needs a VM to lead to")
      return nil
    }
    guard let machineIndex = machineIndex[name] else {
      reportUnknown(name, among: Array(machineIndex.keys), kind: "VM", pointer["vm"])
      return nil
    }
    guard let machine = machines[machineIndex] else { return nil }
    let adapter = forwardedAdapter(of: machine, slot: forward.slot)
    if let slot = forward.slot, adapter == nil {
      report(
        .unknownReference, pointer["slot"], "VM \"\(name)\" has no adapter in slot \(slot)")
    }
    guard let hostPort = forward.hostPort, let guestPort = forward.guestPort else { return nil }
    return PortForward(
      name: forward.name, transport: forward.transport ?? .tcp, hostAddress: forward.hostAddress,
      hostPort: hostPort, machine: machineIndex, adapter: adapter, guestPort: guestPort)
  }

  private func forwardedAdapter(of machine: VirtualMachine, slot: Int?) -> Int? {
    if let slot { return machine.adapterIndex(inSlot: slot) }
    return machine.adapters.firstIndex { adapter in
      guard let network = adapter.network else { return false }
      let mode = draft.networks[network].mode
      return mode == .nat || mode == .natNetwork
    }
  }

  private mutating func resolveRequirement(_ index: Int) -> Requirement? {
    let requirement = draft.requirements[index]
    let pointer = JSONPointer.root["requirements"][index]
    if requirement.from == nil {
      report(.missing, pointer["from"], "the requirement needs a source")
    }
    if requirement.to == nil { report(.missing, pointer["to"], "the requirement needs a target") }
    checkSelector(requirement.from, at: pointer["from"])
    checkSelector(requirement.to, at: pointer["to"])
    if requirement.transport == .icmp, requirement.port != nil {
      report(.contradiction, pointer["port"], "ICMP has no ports; leave the port out")
    }
    guard let from = requirement.from, let to = requirement.to else { return nil }
    return Requirement(
      from: from, to: to, transport: requirement.transport ?? .tcp, port: requirement.port,
      allow: requirement.allow ?? true)
  }

  private mutating func checkConstraints() {
    let constraints = draft.constraints
    let pointer = JSONPointer.root["constraints"]
    for (index, excluded) in constraints.excluded.enumerated() {
      let pointer = pointer["exclude"][index]["mode"]
      guard let mode = excluded.mode else {
        report(.missing, pointer, "say which mode is excluded")
        continue
      }
      if constraints.modes?.contains(mode) == true {
        report(.contradiction, pointer, "\(mode.rawValue) is among the modes that may be used")
      }
    }
    let keep = pointer["keep"]
    for (index, name) in constraints.keptNetworks.enumerated() where networkIndex[name] == nil {
      reportUnknown(
        name, among: Array(networkIndex.keys), kind: "network", keep["networks"][index])
    }
    for (index, kept) in constraints.keptAdapters.enumerated() {
      checkKept(kept, keep["adapters"][index])
    }
  }

  private mutating func checkKept(_ kept: KeptAdapter, _ pointer: JSONPointer) {
    guard let vm = kept.vm, let slot = kept.slot else {
      if kept.vm == nil { report(.missing, pointer["vm"], "say whose adapter stays") }
      if kept.slot == nil { report(.missing, pointer["slot"], "say in which slot it is") }
      return
    }
    guard let machine = machineIndex[vm] else {
      return reportUnknown(vm, among: Array(machineIndex.keys), kind: "VM", pointer["vm"])
    }
    var slots: [Int] = []
    for adapter in draft.vms[machine].adapters {
      slots.append(adapter.slot ?? (slots.last ?? 0) + 1)
    }
    if !slots.contains(slot) {
      report(.unknownReference, pointer["slot"], "\(vm) has no adapter in slot \(slot)")
    }
  }

  private mutating func checkSelector(_ selector: EndpointSelector?, at pointer: JSONPointer) {
    switch selector {
    case .vm(let name) where machineIndex[name] == nil:
      reportUnknown(name, among: Array(machineIndex.keys), kind: "VM", pointer)
    case .tag(let tag) where !draft.vms.contains(where: { $0.tags.contains(tag) }):
      let tags = Set(draft.vms.flatMap(\.tags))
      reportUnknown(tag, among: Array(tags), kind: "tag", pointer)
    default: break
    }
  }

  // MARK: Sentences

  private mutating func reportUnknown(
    _ name: DNSLabel, among known: [DNSLabel], kind: String, _ pointer: JSONPointer
  ) {
    let nearest = nearestNames(to: name.text, among: known.map(\.text))
    let hint = nearest.first.map { "; did you mean \"\($0)\"?" } ?? ""
    report(.unknownReference, pointer, "there is no \(kind) \"\(name)\"\(hint)")
  }

  private mutating func checkInside<Address: IPAddress>(
    _ address: Address?, _ prefix: Prefix<Address>, _ pointer: JSONPointer, of owner: String
  ) {
    if let address { checkUsable(address, in: prefix, at: pointer, of: owner) }
  }

  private mutating func checkUsable<Address: IPAddress>(
    _ address: Address, in prefix: Prefix<Address>, at pointer: JSONPointer, of owner: String
  ) {
    guard prefix.contains(address) else {
      report(.outsidePrefix, pointer, "\(address) is outside \(prefix) of \(owner)")
      return
    }
    guard !prefix.hosts.contains(address) else { return }
    let role = address == prefix.network ? "network" : "broadcast"
    report(
      .unusableAddress, pointer,
      "\(address) is the \(role) address of \(prefix) and cannot be a machine's own")
  }

  private func listed<Value: RawRepresentable>(_ values: [Value]) -> String
  where Value.RawValue == String {
    values.map(\.rawValue).joined(separator: ", ")
  }
}
