/// A prefix that is not the lab's own but that the host reaches: the LAN's, a VPN's, a container
/// bridge's.
struct ForeignPrefix<Address: IPAddress> {
  let prefix: Prefix<Address>
  /// How a sentence goes on behind the prefix: " of the LAN".
  let suffix: String
  /// Where the document gives it.
  let pointer: JSONPointer
}

extension FindingReport {
  /// Reports every network of the lab that hides a foreign prefix, or a part of one.
  ///
  /// A host-only network does so for the host itself: error. A NAT or a NAT network does so for its
  /// guests, and an internal network for those of its VMs that have another adapter to get there
  /// by: error where it hides all of the foreign prefix, warning where it hides a part.
  mutating func addOverlaps<Address: DocumentFamily>(
    with foreign: ForeignPrefix<Address>, _ survey: LabSurvey
  ) {
    for placed in survey.switchPrefixes(Address.self) where placed.prefix.overlaps(foreign.prefix) {
      let mode = survey.lab.networks[placed.network].mode
      guard mode != .internal || survey.hasMemberWithWayOut(placed.network) else { continue }
      addOverlap(placed, with: foreign, survey)
    }
    var reported: Set<Int> = []
    for placed in survey.natPrefixes(Address.self) where placed.prefix.overlaps(foreign.prefix) {
      guard reported.insert(placed.network).inserted else { continue }
      addOverlap(placed, with: foreign, survey)
    }
  }

  private mutating func addOverlap<Address: DocumentFamily>(
    _ placed: PlacedPrefix<Address>, with foreign: ForeignPrefix<Address>, _ survey: LabSurvey
  ) {
    let hidesAll = placed.prefix.contains(foreign.prefix)
    let isOnHost = survey.lab.networks[placed.network].mode == .hostOnly
    add(
      isOnHost || hidesAll ? .error : .warning, at: survey.prefixPointer(placed),
      "\(placed.prefix) of \(survey.title(network: placed.network)) overlaps "
        + "\(foreign.prefix)\(foreign.suffix); \(consequence(isOnHost: isOnHost, hidesAll: hidesAll))",
      related: [foreign.pointer], fix: survey.renumbering(placed, &unused))
  }
}

extension LabSurvey {
  /// Whether one of a network's VMs has an adapter on a network of another mode than internal.
  fileprivate func hasMemberWithWayOut(_ owner: Int) -> Bool {
    segments.first { $0.network == owner }?.members.contains { member in
      lab.machines[member.machine].adapters.contains {
        guard let network = lab.network(of: $0) else { return false }
        return network.mode != .internal
      }
    } ?? false
  }
}

private func consequence(isOnHost: Bool, hidesAll: Bool) -> String {
  switch (isOnHost, hidesAll) {
  case (true, _): "the host cannot tell the two apart"
  case (false, true): "its VMs cannot get there"
  case (false, false): "its VMs cannot reach that part of it"
  }
}
