/// Writes candidates as documents.
struct CandidateWriter {
  let question: RecommendationQuestion
  private let base: LabDraft

  init(_ question: RecommendationQuestion) {
    self.question = question
    var base = question.lab.draft.withoutNetworks()
    base.networks = question.kept.networks.map { question.lab.draft.networks[$0] }
    for machine in question.lab.standingMachines {
      let written = question.lab.draft.vms[machine]
      base.vms[machine].gateway = written.gateway
      base.vms[machine].gateway6 = written.gateway6
      base.vms[machine].routes = written.routes
    }
    self.base = base
  }

  /// The document of a candidate; nil where it is none.
  func lab(of design: CandidateDesign) -> Lab? {
    let names = networkNames(of: design)
    guard let lab = lab(of: design, names) else { return nil }
    let exchanged = withReservations(names, design, lab)
    return exchanged == names ? lab : self.lab(of: design, exchanged)
  }

  private func lab(of design: CandidateDesign, _ names: [DNSLabel?]) -> Lab? {
    var draft = base
    if design.attachments.contains(where: \.isOnNAT), keptNAT == nil,
      let mode = question.offer.privateNAT
    {
      draft.networks.append(NetworkDraft(name: newName(mode, 1), mode: mode))
    }
    for (place, network) in design.networks.enumerated()
    where network.kept == nil && network.memberCount > 0 {
      draft.networks.append(NetworkDraft(name: names[place], mode: network.traits.mode))
    }
    for (machine, attachment) in design.attachments.enumerated() {
      draft.vms[machine].adapters = adapters(
        of: machine, on: networks(of: attachment, in: design, names))
    }
    guard addForwards(to: &draft, design, names) else { return nil }
    guard case .success(let lab) = resolve(draft) else { return nil }
    return addGateways(to: lab, design, names)
  }

  // MARK: Networks

  /// The kept adapters in their slots, and new ones in the free slots.
  private func adapters(of machine: Int, on networks: [DNSLabel]) -> [AdapterDraft] {
    let written = question.lab.draft.vms[machine].adapters
    let slots = question.lab.machines[machine].adapters.map(\.slot)
    let kept = question.kept.adapters[machine]
    guard !kept.isEmpty else {
      return networks.enumerated().map { place, network in
        AdapterDraft(
          network: network, model: written.indices.contains(place) ? written[place].model : nil)
      }
    }
    var adapters = kept.map { index in
      var adapter = written[index]
      adapter.slot = slots[index]
      return adapter
    }
    let taken = kept.map { slots[$0] }
    var free = (1...).lazy.filter { !taken.contains($0) }.makeIterator()
    for network in networks where !adapters.contains(where: { $0.network == network }) {
      adapters.append(AdapterDraft(slot: free.next(), network: network))
    }
    return adapters.sorted { ($0.slot ?? 0) < ($1.slot ?? 0) }
  }

  /// The name of the NAT that is kept.
  private var keptNAT: DNSLabel? {
    question.kept.networks.first { question.lab.networks[$0].profile.segment == .adapter }
      .map { question.lab.networks[$0].name }
  }

  /// A name that no kept network has.
  private func newName(_ mode: NetworkMode, _ number: Int) -> DNSLabel? {
    let taken = Set(question.kept.networks.map { question.lab.networks[$0].name })
    let profile = question.lab.product[mode]
    let names = (1...).lazy.compactMap { profile?.inventedName($0) }.filter { !taken.contains($0) }
    return names.dropFirst(number - 1).first { _ in true }
  }

  /// By place.
  private func networkNames(of design: CandidateDesign) -> [DNSLabel?] {
    var counts: [NetworkMode: Int] = [:]
    return design.networks.map { network in
      if let kept = network.kept { return question.lab.networks[kept].name }
      guard network.memberCount > 0 else { return nil }
      let number = counts[network.traits.mode, default: 0] + 1
      counts[network.traits.mode] = number
      return newName(network.traits.mode, number)
    }
  }

  /// The names after the host-only network that has a DHCP server has changed names with the one
  /// with the most members; which it is depends on the names alone.
  private func withReservations(
    _ names: [DNSLabel?], _ design: CandidateDesign, _ lab: Lab
  ) -> [DNSLabel?] {
    let places = design.networks.indices.filter {
      design.networks[$0].traits.hasHost && names[$0] != nil
        && design.networks[$0].kept == nil
    }
    func saved(_ place: Int) -> Int {
      design.networks[place].memberCount - (design.networks[place].gateway == nil ? 0 : 1)
    }
    guard places.count > 1, let widest = places.max(by: { saved($0) < saved($1) }) else {
      return names
    }
    let plan = assignAddresses(in: lab)
    let served = places.first { place in
      let index = lab.networks.firstIndex { $0.name == names[place] }
      return index.map { plan.networks[$0].ipv4?.dhcp != nil } ?? false
    }
    guard let served, saved(served) < saved(widest) else { return names }
    var exchanged = names
    exchanged.swapAt(served, widest)
    return exchanged
  }

  /// The names of a VM's networks, in the order of its slots: first the one by which its default
  /// route leaves.
  private func networks(
    of attachment: Attachment, in design: CandidateDesign, _ names: [DNSLabel?]
  ) -> [DNSLabel] {
    var list: [(rank: Int, name: DNSLabel?)] = []
    if attachment.isOnNAT {
      let name = keptNAT ?? question.offer.privateNAT.flatMap { newName($0, 1) }
      list.append((attachment.isTranslated ? 0 : 3, name))
    }
    for (place, network) in design.networks.enumerated()
    where attachment.networks & SharedNetwork.bit(place) != 0 {
      let rank =
        switch attachment.egress {
        case .translated where network.traits.isTranslated: 1
        case .lan where network.traits.isLAN: 0
        case .router(let bit) where bit == SharedNetwork.bit(place): 0
        case _ where network.traits.takesTyping: network.gateway == nil ? 2 : 5
        default: 4
        }
      list.append((rank, names[place]))
    }
    return list.enumerated().sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }
      .compactMap(\.element.name)
  }

  // MARK: Port forwards

  /// - Returns: whether the host has a port for each.
  private func addForwards(
    to draft: inout LabDraft, _ design: CandidateDesign, _ names: [DNSLabel?]
  ) -> Bool {
    draft.portForwards = question.lab.portForwards.enumerated().compactMap { index, forward in
      let isKept = forward.adapter.map(question.kept.adapters[forward.machine].contains) ?? false
      return isKept ? question.lab.draft.portForwards[index] : nil
    }
    var ports = HostPorts(taken: Set(draft.portForwards.compactMap(\.hostPort)))
    for (machine, attachment) in design.attachments.enumerated() {
      let services = question.services
      for (service, bit) in zip(services.ofMachine[machine], services.bits[machine]) {
        let isOpen = attachment.openForwards & bit != 0
        guard isOpen || attachment.loopbackForwards & bit != 0 else { continue }
        guard let port = ports.next(for: service.port) else { return false }
        draft.portForwards.append(
          PortForwardDraft(
            transport: service.transport, hostAddress: isOpen ? nil : .loopback, hostPort: port,
            vm: draft.vms[machine].name, slot: slot(of: machine, in: draft),
            guestPort: service.port))
      }
    }
    return true
  }

  /// The first slot behind a NAT.
  private func slot(of machine: Int, in draft: LabDraft) -> Int? {
    let translated = draft.networks.filter { network in
      network.mode.flatMap { question.lab.product[$0] }.map { $0.forwards != .nobody } ?? false
    }.map(\.name)
    let adapters = draft.vms[machine].adapters
    return adapters.firstIndex { translated.contains($0.network) }
      .map { adapters[$0].slot ?? $0 + 1 }
  }

  // MARK: Routers

  /// Gives networks that have a router the prefix that the planner chooses, and the router an
  /// address there.
  private func addGateways(to lab: Lab, _ design: CandidateDesign, _ names: [DNSLabel?]) -> Lab? {
    guard design.networks.contains(where: { $0.gateway != nil && $0.memberCount > 0 }) else {
      return lab
    }
    let plan = assignAddresses(in: lab)
    var draft = lab.draft
    for (place, network) in design.networks.enumerated()
    where network.kept == nil && network.memberCount > 0 {
      guard let router = network.gateway,
        let index = draft.networks.firstIndex(where: { $0.name == names[place] }),
        let position = draft.vms[router].adapters.firstIndex(where: { $0.network == names[place] }),
        let address = plan.adapters[router][position].ipv4.address
      else { continue }
      draft.networks[index].ipv4 = plan.networks[index].ipv4?.prefix
      draft.networks[index].gateway = .address(address)
      draft.vms[router].adapters[position].address = address
    }
    guard case .success(let routed) = resolve(draft) else { return nil }
    return routed
  }
}

extension LabDraft {
  /// The document without what a recommendation chooses: networks, adapters, forwards and routes.
  func withoutNetworks() -> LabDraft {
    var draft = self
    draft.networks = []
    draft.portForwards = []
    for index in draft.vms.indices {
      draft.vms[index].adapters = []
      draft.vms[index].gateway = nil
      draft.vms[index].gateway6 = nil
      draft.vms[index].routes = []
    }
    return draft
  }
}

extension IPv4Address {
  static let loopback = IPv4Address(bits: 0x7f00_0001)
}
