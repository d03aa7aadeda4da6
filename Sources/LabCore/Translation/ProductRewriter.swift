/// Writes a lab's document for another product, and says what of it the product cannot have.
struct ProductRewriter {
  let source: Lab
  let product: Hypervisor.Product
  let target: ProductProfile

  init(_ source: Lab, to product: Hypervisor.Product) {
    self.source = source
    self.product = product
    target = ProductProfile(
      Hypervisor(product: product), on: product.facts.systems.first ?? .linux)
  }

  /// The lab with its networks in these forms; nil where something else of the document rules the
  /// product out.
  ///
  /// - Parameter forms: by network of the source.
  func lab(with forms: [ModeProfile]) -> (lab: Lab, lost: [Translation.Loss])? {
    var draft = source.draft
    var lost: [Translation.Loss] = []
    draft.hypervisor = HypervisorDraft(product: product)
    if let system = draft.host?.os, !target.facts.systems.contains(system) { draft.host?.os = nil }
    for index in draft.networks.indices {
      rewrite(&draft.networks[index], index, as: forms[index], &lost)
    }
    joinSwitches(in: &draft, forms)
    for machine in draft.vms.indices { rewriteAdapters(of: machine, in: &draft, forms, &lost) }
    rewriteForwards(in: &draft, forms, &lost)
    guard case .success(let lab) = resolve(draft) else { return nil }
    return (lab, lost)
  }

  // MARK: Networks

  private func rewrite(
    _ network: inout NetworkDraft, _ index: Int, as form: ModeProfile,
    _ lost: inout [Translation.Loss]
  ) {
    let old = source.networks[index].profile
    let place = JSONPointer.root["networks"][index]
    network.mode = form.mode
    network.variant = form.variant == target[form.mode]?.variant ? nil : form.variant
    network.hypervisorName = form.switchSpace == nil ? nil : network.hypervisorName
    if form.segment != .adapter || product != source.hypervisor.product {
      network.localhostReachable = nil
    }
    keepAddresses(&network, place, old, form, &lost)
    if network.vlan != nil, !target.facts.hasVLANs || form.isSharedBehindNAT || form.router == .host
    {
      network.vlan = nil
      lost.append(loss(place["vlan"], "the VLAN", "\(target.name) has none for \(named(form))"))
    }
    if !form.host.isOnSwitch { network.announced = nil }
    lost += services(lostBy: index, as: form, at: place)
  }

  private func keepAddresses(
    _ network: inout NetworkDraft, _ place: JSONPointer, _ old: ModeProfile, _ form: ModeProfile,
    _ lost: inout [Translation.Loss]
  ) {
    if !form.host.isOnSwitch { network.hostAddress = nil }
    if form.dhcp == .uplink || form.segment == .adapter { network.dhcp = nil }
    if form.segment != .network { (network.gateway, network.gateway6) = (nil, nil) }
    guard let prefix = network.ipv4, !form.takes(prefix, from: old) else { return }
    network.ipv4 = nil
    network.dhcp = nil
    network.gateway = nil
    network.hostAddress = nil
    lost.append(loss(place["ipv4"], "the prefix \(prefix)", "\(named(form)) has one of its own"))
  }

  /// What served a network's VMs, and does not any longer.
  private func services(
    lostBy index: Int, as form: ModeProfile, at place: JSONPointer
  ) -> [Translation.Loss] {
    let network = source.networks[index]
    let old = network.profile
    var lost: [Translation.Loss] = []
    if old.segment == .adapter, form.segment != .adapter {
      lost.append(
        loss(
          place["mode"], "a private NAT for each VM",
          target.privateNAT.isEmpty
            ? "\(target.name) has none" : "that of \(target.name) does less than \(named(form))"))
    }
    let isServed = network.dhcpMachine == nil && (old.handsOutAddresses || network.asksForDHCP)
    if isServed, !form.offersDHCP {
      lost.append(
        loss(place, "DHCP", "\(target.name) has no DHCP server for \(named(form))"))
    } else if isServed, old.hasReservations, !form.hasReservations, form.segment == .network {
      lost.append(
        loss(place, "reservations", "the server of \(named(form)) pins no addresses"))
    }
    if network.reachesHostLoopback, !form.reachesHostLoopback {
      lost.append(
        loss(place, "the address of the host's loopback", "\(named(form)) has none"))
    }
    return lost
  }

  /// Networks of one switch become one network where the product does not join them by name.
  private func joinSwitches(in draft: inout LabDraft, _ forms: [ModeProfile]) {
    for (index, owner) in source.switches.enumerated() where owner != index {
      guard forms[index].switchSpace == nil || forms[index].mode != forms[owner].mode,
        let name = draft.networks[index].name, let shared = draft.networks[owner].name
      else { continue }
      for machine in draft.vms.indices {
        for adapter in draft.vms[machine].adapters.indices
        where draft.vms[machine].adapters[adapter].network == name {
          draft.vms[machine].adapters[adapter].network = shared
        }
      }
    }
  }

  // MARK: Adapters and forwards

  private func rewriteAdapters(
    of machine: Int, in draft: inout LabDraft, _ forms: [ModeProfile],
    _ lost: inout [Translation.Loss]
  ) {
    let place = JSONPointer.root["vms"][machine]["adapters"]
    let count = draft.vms[machine].adapters.count
    if let limit = target.facts.maximumAdapters, count > limit {
      lost.append(loss(place, "\(count - limit) adapters", "\(target.name) gives a VM \(limit)"))
    }
    for position in draft.vms[machine].adapters.indices {
      let network = draft.vms[machine].adapters[position].network.flatMap { name in
        source.draft.networks.firstIndex { $0.name == name }
      }
      rewrite(
        &draft.vms[machine].adapters[position], place[position],
        as: network.map { (source.networks[$0].profile, forms[$0]) }, &lost)
    }
  }

  private func rewrite(
    _ adapter: inout AdapterDraft, _ place: JSONPointer,
    as forms: (old: ModeProfile, new: ModeProfile)?, _ lost: inout [Translation.Loss]
  ) {
    let facts = target.facts
    if let model = adapter.model, product != source.hypervisor.product, product != .virtualbox {
      adapter.model = nil
      lost.append(
        loss(
          place["model"], "the model \(model.rawValue)",
          "\(facts.name) has \(facts.models.joined(separator: ", "))"))
    }
    if let policy = adapter.promiscuous, facts.learning != .byPolicy {
      adapter.promiscuous = nil
      if policy != .deny {
        lost.append(
          loss(place["promiscuous"], "promiscuous: \(policy.rawValue)", facts.absentPolicy))
      }
    }
    if let mac = adapter.mac, facts.hardware.refusesOthers, !facts.hardware.contains(mac) {
      adapter.mac = nil
      lost.append(
        loss(place["mac"], "the hardware address \(mac)", "it is none of \(facts.name)'s"))
    }
    guard let forms, let address = adapter.address,
      !forms.new.takesAddresses(from: forms.old)
    else { return }
    adapter.address = nil
    adapter.secondary = []
    lost.append(
      loss(place["address"], "the address \(address)", "\(named(forms.new)) gives others"))
  }

  private func rewriteForwards(
    in draft: inout LabDraft, _ forms: [ModeProfile], _ lost: inout [Translation.Loss]
  ) {
    var kept: [PortForwardDraft] = []
    for (index, forward) in source.portForwards.enumerated() {
      let adapter = forward.adapter.map { source.machines[forward.machine].adapters[$0] }
      let form = adapter?.network.map { forms[$0] }
      let place = JSONPointer.root["port_forwards"][index]
      let what = "port \(forward.hostPort) of the host"
      switch form?.forwards {
      case .nobody:
        let isOpen = form.map { $0.host.isOnSwitch || $0.segment == .uplink } ?? false
        let advice = isOpen ? ", and the host dials the VM's own address" : ""
        lost.append(
          loss(place, what, "\(target.name) forwards none to \(form.map(named) ?? "it")\(advice)"))
        continue
      case .lan:
        lost.append(
          loss(place, "\(what) for the host itself", "only who comes by the LAN is served"))
      case .everybody, nil: break
      }
      kept.append(draft.portForwards[index])
    }
    draft.portForwards = kept
  }

  // MARK: Words

  private func loss(_ place: JSONPointer, _ what: String, _ because: String) -> Translation.Loss {
    Translation.Loss(pointer: place, what: what, because: because)
  }

  private func named(_ form: ModeProfile) -> String { "\"\(form.native.name)\"" }
}
