/// VMs that share a network behind a gateway.
struct GatewayZone {
  /// By index in `Lab.machines`.
  var members: [Int]
  /// Whether the host has to be on the network, because it is to reach every port of a member.
  var hasHost = false
  /// Whether anything goes in or out.
  var isRouted = false
}

/// Which VMs share a network behind gateways, and which networks share a gateway.
struct GatewayZones {
  private let question: RecommendationQuestion
  private(set) var zones: [GatewayZone] = []

  /// - Parameter isTogether: whether VMs share a network unless requirements keep them apart;
  ///   otherwise those do that have to reach each other.
  init(_ question: RecommendationQuestion, isTogether: Bool) {
    self.question = question
    for machine in 0..<question.machineCount where question.asksSomething(of: machine) {
      let place = zones.firstIndex { zone in
        zone.members.allSatisfy {
          question.mayMeet($0, machine) && (isTogether || question.needs($0, machine))
        }
      }
      if let place {
        zones[place].members.append(machine)
      } else {
        zones.append(GatewayZone(members: [machine]))
      }
    }
    for place in zones.indices {
      let members = zones[place].members
      zones[place].hasHost = members.contains { question[question.host, $0].needsEveryPort }
      zones[place].isRouted =
        members.contains(where: question.isAskedOutside)
        || zones.indices.contains { $0 != place && leadsTo($0, from: place) }
    }
  }

  /// The routed zones by gateway: those of which VMs have to reach each other have the same.
  ///
  /// - Parameter limit: how many networks of its own a gateway may have.
  /// - Returns: nil where some gateway would have more.
  func gateways(atMost limit: Int) -> [[Int]]? {
    var groups: [[Int]] = []
    for place in zones.indices where zones[place].isRouted {
      let linked = groups.indices.filter { group in
        groups[group].contains { leadsTo($0, from: place) }
      }
      let joined = linked.flatMap { groups[$0] } + [place]
      groups = groups.indices.filter { !linked.contains($0) }.map { groups[$0] } + [joined]
    }
    guard limit > 0, groups.allSatisfy({ $0.count <= limit }) else { return nil }
    var gateways: [[Int]] = []
    for group in groups {
      if let place = gateways.firstIndex(where: { $0.count + group.count <= limit }) {
        gateways[place] += group
      } else {
        gateways.append(group)
      }
    }
    return gateways.map { $0.sorted() }
  }

  private func leadsTo(_ zone: Int, from other: Int) -> Bool {
    zones[zone].members.contains { one in
      zones[other].members.contains { question.needs(one, $0) }
    }
  }
}

extension RecommendationQuestion {
  /// Whether a VM has to reach, or be reached by, who is no VM.
  fileprivate func isAskedOutside(_ machine: Int) -> Bool {
    [host, lan, internet].contains { self[machine, $0].isNeed || self[$0, machine].isNeed }
  }

  /// Whether a VM has to reach, or be reached by, anybody.
  fileprivate func asksSomething(of machine: Int) -> Bool {
    isAskedOutside(machine) || (0..<machineCount).contains { needs(machine, $0) }
  }

  /// Whether nothing keeps two VMs apart.
  fileprivate func mayMeet(_ left: Int, _ right: Int) -> Bool {
    !self[left, right].forbidsEveryPort && !self[right, left].forbidsEveryPort
  }
}
