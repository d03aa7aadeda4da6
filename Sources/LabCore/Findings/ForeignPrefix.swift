/// A prefix that is not the lab's own but that the host reaches: the LAN's, a VPN's, a container
/// bridge's.
struct ForeignPrefix<Address: IPAddress> {
  let prefix: Prefix<Address>
  /// How a sentence goes on behind the prefix: " of the LAN".
  let suffix: String
  /// Where the document gives it.
  let pointer: JSONPointer
  /// Whether the host finds a network of a longer prefix all the same: the longest prefix wins.
  var leavesLongerPrefixes = false
}

extension FindingReport {
  /// Reports every network of the lab that hides a foreign prefix, or a part of one.
  ///
  /// A host-only network does so for the host itself: error. A NAT or a NAT network does so for its
  /// guests, and an internal network for those of its VMs that have another adapter to get there
  /// by: error where it hides all of the foreign prefix, warning where it hides a part. On an
  /// internal network whose VMs get nowhere else it is worth knowing.
  mutating func addOverlaps<Address: DocumentFamily>(
    with foreign: ForeignPrefix<Address>, _ survey: LabSurvey
  ) {
    for placed in survey.switchPrefixes(Address.self) where placed.prefix.overlaps(foreign.prefix) {
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
    let harm = survey.harm(of: placed, hiding: foreign)
    let fix = survey.renumbering(placed, &unused)
    add(
      harm.severity, at: survey.prefixPointer(placed),
      "\(placed.prefix) of \(survey.title(network: placed.network)) overlaps "
        + "\(foreign.prefix)\(foreign.suffix); \(harm.sentence)",
      related: [foreign.pointer], fix: fix)
  }
}

/// What a network does to a prefix that it hides.
private enum Harm {
  case host, hostPart, all, part, none

  var severity: Severity {
    switch self {
    case .host, .all: .error
    case .part, .hostPart: .warning
    case .none: .info
    }
  }

  var sentence: String {
    switch self {
    case .host: "the host cannot tell the two apart"
    case .hostPart: "the host loses that part of it"
    case .all: "its VMs cannot get there"
    case .part: "its VMs cannot reach that part of it"
    case .none: "its VMs have no other way there"
    }
  }
}

extension LabSurvey {
  fileprivate func harm<Address: DocumentFamily>(
    of placed: PlacedPrefix<Address>, hiding other: ForeignPrefix<Address>
  ) -> Harm {
    let profile = lab.networks[placed.network].profile
    let foreign = other.prefix
    if profile.host.isOnSwitch {
      return other.leavesLongerPrefixes && foreign.length < placed.prefix.length
        ? .hostPart : .host
    }
    if profile.isCutOff, !hasMemberWithWayOut(placed.network) { return .none }
    return placed.prefix.contains(foreign) ? .all : .part
  }

  /// Whether one of a network's VMs has an adapter on a network of another mode than internal.
  private func hasMemberWithWayOut(_ owner: Int) -> Bool {
    segments.first { $0.network == owner }?.members.contains { member in
      lab.machines[member.machine].adapters.contains {
        lab.profile(of: $0).map { !$0.isCutOff } ?? false
      }
    } ?? false
  }
}
