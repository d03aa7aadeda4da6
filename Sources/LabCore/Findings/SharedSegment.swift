/// A segment that several adapters can be on: a network's switch, the LAN, or another VLAN of it.
///
/// NAT has none: there every adapter is alone with a router of its own.
struct SharedSegment {
  /// The network whose switch it is; the first bridged network for the LAN.
  let network: Int
  let isLAN: Bool
  /// In document order, plugged in or not.
  let members: [AdapterReference]
}

/// A lab's segments by the first of their networks.
func sharedSegments(of lab: Lab, members: [[AdapterReference]]) -> [SharedSegment] {
  let lan = lab.networks.firstIndex(where: \.isOnUntaggedLAN)
  var networksOf: [Int: [Int]] = [:]
  for (index, network) in lab.networks.enumerated() {
    switch network.profile.segment {
    case .adapter: break
    case .uplink:
      let first = lab.networks.firstIndex {
        $0.profile.segment == .uplink && $0.vlan == network.vlan
      }
      networksOf[first ?? index, default: []].append(index)
    case .network:
      networksOf[lab.switches[index], default: []].append(index)
    }
  }
  return networksOf.keys.sorted().map { owner in
    let networks = networksOf[owner] ?? []
    let attached = networks.flatMap { members[$0] }
    return SharedSegment(
      network: owner, isLAN: owner == lan,
      members: networks.count == 1
        ? attached
        : attached.sorted { ($0.machine, $0.adapter) < ($1.machine, $1.adapter) })
  }
}

extension LabSurvey {
  /// A segment's adapters whose cables are plugged in.
  func plugged(_ segment: SharedSegment) -> [AdapterReference] {
    segment.members.filter { adapter($0).cableConnected }
  }

  /// "the LAN", or the name of the network in quotes.
  func title(_ segment: SharedSegment) -> String {
    segment.isLAN ? "the LAN" : title(network: segment.network)
  }
}
