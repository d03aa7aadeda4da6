import LabCore
import LabRehearsal

/// Where a lab's matrix and what was measured in it disagree.
///
/// Where two machines claim an address, the one whose answer comes first is heard: what is
/// measured at a machine that shares its address is chance, and is held against nothing.
struct PredictionDifference {
  let cells: [String]

  init(_ draft: LabDraft, _ transport: Requirement.Transport = .tcp) throws {
    let lab = try resolve(draft).get()
    let plan = assignAddresses(in: lab)
    let query = ConnectivityQuery(transport: transport)
    let fabric = compileFabric(lab: lab, plan: plan, family: .ipv4)
    let predicted = solveConnectivity(of: lab, in: fabric, query: query)
    let probe: Probe =
      switch transport {
      case .tcp: .tcp
      case .udp: .udp
      case .icmp: .icmp
      }
    let measured = try Rehearsal(lab: lab, plan: plan, probe: probe).run()
    let rivals = Self.rivals(lab, plan)
    guard rivals.allSatisfy({ !$0.passesPacketsOn(in: lab) }) else {
      cells = []
      return
    }
    var cells: [String] = []
    for (row, source) in predicted.endpoints.enumerated() {
      for (column, target) in predicted.endpoints.enumerated() where row != column {
        let outcome = predicted[row, column]
        guard !rivals.contains(source), !rivals.contains(target) else { continue }
        let isMeasured = measured.isReachable(from: source.station, to: target.station)
        if outcome.isReachable != isMeasured {
          let ways = measured.dials(from: source.station, to: target.station)
          cells.append(
            "\(lab.name(of: source)) to \(lab.name(of: target)): predicted \(outcome.name), "
              + (isMeasured ? "answered at \(ways.map { "\($0.address)" })" : "not answered"))
        }
      }
    }
    self.cells = cells
  }

  /// The endpoints that share an address with another machine, outside of NAT's private networks;
  /// the host stands for the routers that are part of it, the LAN for its own.
  private static func rivals(_ lab: Lab, _ plan: AddressPlan) -> Set<Endpoint> {
    var owners: [IPv4Address: [Endpoint]] = [:]
    for (index, machine) in lab.machines.enumerated() {
      for (adapter, planned) in zip(machine.adapters, plan.adapters[index]) {
        guard let network = lab.network(of: adapter), network.mode != .nat,
          let address = planned.ipv4.address
        else { continue }
        owners[address, default: []].append(.machine(index))
      }
    }
    // On its other segments a VM answers for its address behind NAT, too.
    for (index, machine) in lab.machines.enumerated() {
      let modes = machine.adapters.map { lab.network(of: $0)?.mode }
      guard modes.contains(where: { $0 != nil && $0 != .nat }) else { continue }
      for (mode, planned) in zip(modes, plan.adapters[index]) where mode == .nat {
        if let address = planned.ipv4.address { owners[address]?.append(.machine(index)) }
      }
    }
    for (index, network) in lab.networks.enumerated() where lab.switches[index] == index {
      guard let addresses = plan.networks[index].ipv4 else { continue }
      let fixed: [IPv4Address] =
        switch network.mode {
        case .natNetwork: [1, 2, 3].compactMap { addresses.prefix.address(at: $0) }
        case .hostOnly: [addresses.host].compactMap { $0 }
        case .nat, .internal, .bridged: []
        }
      for address in fixed { owners[address, default: []].append(.host) }
    }
    if let address = lab.host.uplink.ipv4?.address { owners[address, default: []].append(.host) }
    if let address = lab.host.uplink.gateway { owners[address, default: []].append(.lan) }
    return Set(owners.values.filter { $0.count > 1 }.joined())
  }
}

extension Endpoint {
  /// Whether other machines' packets may come by.
  fileprivate func passesPacketsOn(in lab: Lab) -> Bool {
    switch self {
    case .machine(let index): lab.machines[index].forwards
    case .host, .lan, .internet: true
    }
  }

  var station: Station {
    switch self {
    case .machine(let index): .machine(index)
    case .host: .host
    case .lan: .lan
    case .internet: .internet
    }
  }
}

/// Takes from a lab whatever can go without what is wrong with it going as well.
func shrink(_ draft: LabDraft, while fails: (LabDraft) -> Bool) -> LabDraft {
  var smallest = draft
  var isShrinking = true
  while isShrinking {
    isShrinking = false
    for smaller in smallerLabs(than: smallest) where fails(smaller) {
      smallest = smaller
      isShrinking = true
      break
    }
  }
  return smallest
}

private func smallerLabs(than draft: LabDraft) -> [LabDraft] {
  var smaller: [LabDraft] = []
  func without(_ change: (inout LabDraft) -> Void) {
    var changed = draft
    change(&changed)
    if changed != draft, case .success = resolve(changed) { smaller.append(changed) }
  }
  for index in draft.vms.indices { without { $0.vms.remove(at: index) } }
  for index in draft.networks.indices { without { $0.networks.remove(at: index) } }
  for index in draft.portForwards.indices { without { $0.portForwards.remove(at: index) } }
  for index in draft.vms.indices {
    for adapter in draft.vms[index].adapters.indices {
      without { $0.vms[index].adapters.remove(at: adapter) }
      without { $0.vms[index].adapters[adapter].address = nil }
      without { $0.vms[index].adapters[adapter].cableConnected = nil }
    }
    without { $0.vms[index].routes = [] }
    without { $0.vms[index].gateway = nil }
    without { $0.vms[index].forwarding = nil }
  }
  for index in draft.networks.indices {
    without { $0.networks[index].ipv6 = nil }
    without { $0.networks[index].gateway = nil }
    without { $0.networks[index].localhostReachable = nil }
    without { $0.networks[index].hypervisorName = nil }
  }
  without { $0.host?.forwarding = nil }
  without { $0.host?.internet = nil }
  without { $0.host?.uplink = nil }
  return smaller
}
