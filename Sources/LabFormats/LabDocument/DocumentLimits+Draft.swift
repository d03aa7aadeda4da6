public import LabCore

extension DocumentLimits {
  /// What a lab has too much of: in the lists of the lab itself, and in those of its VMs taken
  /// together. A lab grows past these limits by parts that each keep to their own.
  public func faults(of lab: LabDraft) -> [Fault] {
    let lists: [(key: String, part: Part, count: Int)] = [
      ("networks", .networks, lab.networks.count),
      ("vms", .machines, lab.vms.count),
      ("port_forwards", .portForwards, lab.portForwards.count),
      ("requirements", .requirements, lab.requirements.count),
    ]
    return lists.compactMap { excess(of: $0.count, $0.part, at: .root[$0.key]) }
      + faultsInAll(of: lab)
  }

  /// What the VMs of a lab have too much of, taken together.
  func faultsInAll(of lab: LabDraft) -> [Fault] {
    let counts: [(part: Part, count: Int)] = [
      (.adapters, lab.vms.reduce(0) { $0 + $1.adapters.count }),
      (.tags, lab.vms.reduce(0) { $0 + $1.tags.count }),
      (.routes, lab.vms.reduce(0) { $0 + $1.routes.count }),
      (.rules, lab.vms.reduce(0) { $0 + ($1.firewall?.rules.count ?? 0) }),
      (.forwards, lab.vms.reduce(0) { $0 + $1.forwards.count }),
      (.insides, lab.vms.reduce(0) { $0 + $1.inside.count }),
      (
        .secondaries,
        lab.vms.reduce(0) { $1.adapters.reduce($0) { $0 + $1.secondary.count } }
      ),
    ]
    return counts.compactMap { excess(of: $0.count, $0.part, at: .root["vms"]) }
  }

  private func excess(of count: Int, _ part: Part, at place: JSONPointer) -> Fault? {
    let limit = self[part]
    guard count > limit else { return nil }
    return Fault(.tooMany, at: place, part.excess(of: count, over: limit))
  }
}
