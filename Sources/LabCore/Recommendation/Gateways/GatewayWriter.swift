/// Writes a lab with gateways as a document.
struct GatewayWriter {
  let question: RecommendationQuestion
  let zones: [GatewayZone]
  /// By gateway: the zones that it is the gateway of.
  let gateways: [[Int]]
  private let outside: NetworkMode
  private let inside: NetworkMode
  private let withHost: NetworkMode?
  /// What the VMs of the document are called where requirements speak of all VMs.
  private let tag: DNSLabel?

  var lab: Lab { question.lab }

  /// Nil where the modes that may be used have no network for it, or nothing needs a gateway.
  init?(_ question: RecommendationQuestion, _ zones: GatewayZones) {
    let offer = question.offer
    let translated = offer.privateNAT ?? offer.shared.first(where: \.isTranslated)?.mode
    guard let outside = translated ?? offer.shared.first(where: \.isLAN)?.mode,
      let inside = offer.shared.first(where: \.isCutOff)?.mode,
      let gateways = zones.gateways(atMost: Self.networksOfGateway(question)), !gateways.isEmpty
    else { return nil }
    self.question = question
    self.zones = zones.zones
    self.gateways = gateways
    self.outside = outside
    self.inside = inside
    withHost = offer.shared.first { $0.hasHost && !$0.isTranslated }?.mode
    let asksAll = question.lab.requirements.contains { $0.from == .vms || $0.to == .vms }
    let isTaken = question.lab.machines.contains { $0.tags.contains { $0.text == "inside" } }
    if asksAll, isTaken { return nil }
    tag = asksAll ? try? DNSLabel(parsing: "inside") : nil
  }

  private static func networksOfGateway(_ question: RecommendationQuestion) -> Int {
    let lab = question.lab
    return (lab.draft.constraints.maximumAdapters ?? lab.product.usualAdapterCount) - 1
  }

  /// Nil where the lab does not meet the requirements, or has errors.
  func proposal() -> Proposal? {
    for servesDHCP in [true, false] {
      guard let lab = written(servesDHCP), let judged = JudgedLab.judged(lab),
        judged.cost.unmet == 0, judged.hasNoErrors
      else { continue }
      return Proposal(judged: judged, summary: summary, caveats: caveats)
    }
    return nil
  }

  private func written(_ servesDHCP: Bool) -> Lab? {
    guard let draft = sketch(servesDHCP), case .success(let lab) = resolve(draft) else {
      return nil
    }
    guard case .success(let addressed) = resolve(addressed(lab, servesDHCP)) else { return nil }
    return addressed
  }

  /// The gateways with addresses written out.
  private func addressed(_ lab: Lab, _ servesDHCP: Bool) -> LabDraft {
    let plan = assignAddresses(in: lab)
    var draft = lab.draft
    for (number, routed) in gateways.enumerated() {
      let machine = question.machineCount + number
      for (position, zone) in routed.enumerated() {
        let network = zone + 1
        let prefix = plan.networks[network].ipv4?.prefix
        let planned = plan.adapters[machine][position + 1].ipv4.address
        draft.networks[network].ipv4 = prefix
        // The first address is the gateway's, as people have it, where it is not the host's.
        draft.vms[machine].adapters[position + 1].address =
          zones[zone].hasHost ? planned : prefix?.hosts.first
        if servesDHCP, let name = draft.vms[machine].name, zones[zone].hasHost == false {
          draft.networks[network].dhcp = .served(by: name, first: nil, last: nil)
        }
      }
    }
    return draft
  }

  // MARK: The document

  private func sketch(_ servesDHCP: Bool) -> LabDraft? {
    var draft = lab.draft.withoutNetworks()
    guard let outer = networkName(0) else { return nil }
    draft.networks = [NetworkDraft(name: outer, mode: outside)]
    for (place, zone) in zones.enumerated() {
      guard let name = networkName(place + 1),
        let mode = zone.hasHost ? withHost : .some(inside)
      else { return nil }
      draft.networks.append(NetworkDraft(name: name, mode: mode))
      for member in zone.members {
        let model = lab.draft.vms[member].adapters.first?.model
        draft.vms[member].adapters = [AdapterDraft(network: name, model: model)]
      }
    }
    if let tag { draft.calls(everyVM: tag) }
    var entrances = GatewayEntrances(self)
    for (number, routed) in gateways.enumerated() {
      guard let name = gatewayName(number) else { return nil }
      for zone in routed { draft.networks[zone + 1].gateway = .machine(name) }
      let members = Set(routed.flatMap { zones[$0].members })
      guard let doors = entrances.doors(of: name, leadingTo: members) else { return nil }
      draft.portForwards += doors.forwards
      draft.vms.append(
        gateway(name, routed, outer, doors, rules(members, draft.requirements), servesDHCP))
    }
    return draft
  }

  private func gateway(
    _ name: DNSLabel, _ routed: [Int], _ outer: DNSLabel, _ doors: GatewayDoors,
    _ rules: [FirewallRuleDraft], _ servesDHCP: Bool
  ) -> VirtualMachineDraft {
    let inner = routed.map { AdapterDraft(network: networkName($0 + 1)) }
    let asking = servesDHCP ? [FirewallRuleDraft(transport: .udp, port: 67)] : []
    return VirtualMachineDraft(
      name: name, os: .linux, forwarding: true,
      adapters: [AdapterDraft(network: outer, masquerade: true)] + inner,
      firewall: .chains(
        inbound: FirewallChainDraft(policy: .deny, except: asking),
        forward: FirewallChainDraft(policy: .deny, except: rules + doors.rules)),
      forwards: doors.entrances)
  }

  /// What a gateway passes on from the VMs behind it: the requirements, in their own words.
  private func rules(
    _ members: Set<Int>, _ requirements: [RequirementDraft]
  ) -> [FirewallRuleDraft] {
    var rules: [FirewallRuleDraft] = []
    for (requirement, draft) in zip(lab.requirements, requirements) where requirement.allow {
      guard requirement.transport != .multicast, let from = draft.from, let to = draft.to,
        lab.endpoints(of: requirement.from).contains(where: { $0.isMachine(in: members) })
      else { continue }
      let transport = draft.transport.flatMap { FirewallRule.Transport(rawValue: $0.rawValue) }
      let rule = FirewallRuleDraft(
        from: .endpoints(from), to: .endpoints(to),
        transport: draft.port == nil ? transport : transport ?? .tcp, port: draft.port)
      if !rules.contains(rule) { rules.append(rule) }
    }
    return rules
  }

  // MARK: Words

  /// The name of the network outside for 0, of a zone's from 1 on.
  private func networkName(_ place: Int) -> DNSLabel? {
    guard place > 0 else { return try? DNSLabel(parsing: "internet") }
    return try? DNSLabel(parsing: place == 1 ? "lan" : "lan-\(place)")
  }

  /// A name that no VM of the document has.
  private func gatewayName(_ number: Int) -> DNSLabel? {
    let taken = Set(lab.machines.map(\.name))
    let names = (1...).lazy
      .compactMap { try? DNSLabel(parsing: $0 == 1 ? "gateway" : "gateway-\($0)") }
      .filter { !taken.contains($0) }
    return names.dropFirst(number).first { _ in true }
  }

  private var summary: String {
    let routed = gateways.reduce(0) { $0 + $1.count }
    let networks = routed == 1 ? "a network of their own" : "\(routed) networks of their own"
    return gateways.count == 1
      ? "A gateway VM, and \(networks) behind it"
      : "\(gateways.count) gateway VMs, and \(networks) behind them"
  }

  private var caveats: [String] {
    let names = gateways.indices.compactMap { gatewayName($0)?.text }.joined(separator: ", ")
    let what =
      gateways.count == 1
      ? "It takes one VM more, \(names)" : "It takes \(gateways.count) VMs more, \(names)"
    return [
      "\(what): a small Linux, or an appliance such as OPNsense. It translates what goes out, and "
        + "its firewall passes what the requirements ask for and nothing else."
    ]
      + (tag.map { ["In the requirements, \"vms\" is \"tag:\($0)\": every VM but gateways."] } ?? [])
  }
}

extension LabDraft {
  /// Gives every VM a tag, which takes the place of `vms` in the requirements.
  fileprivate mutating func calls(everyVM tag: DNSLabel) {
    for index in vms.indices { vms[index].tags.append(tag) }
    for index in requirements.indices {
      if requirements[index].from == .vms { requirements[index].from = .tag(tag) }
      if requirements[index].to == .vms { requirements[index].to = .tag(tag) }
    }
  }
}

extension Endpoint {
  /// Whether it is one of some VMs.
  fileprivate func isMachine(in some: Set<Int>) -> Bool {
    if case .machine(let index) = self { some.contains(index) } else { false }
  }
}
