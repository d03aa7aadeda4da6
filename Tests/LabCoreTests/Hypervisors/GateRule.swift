@testable import LabCore

/// Who reaches whom in a lab of VMs with one adapter each, without a fabric: the rule of the host's
/// gates, read from the profiles pair by pair.
struct GateRule {
  let lab: Lab

  func reaches(_ source: Endpoint, _ target: Endpoint) -> Bool {
    switch (source, target) {
    case (.machine(let from), .machine(let to)): return reaches(network(from), network(to))
    case (.machine(let from), .host): return reachesHost(network(from))
    case (.host, .machine(let to)): return hostReaches(network(to))
    case (.machine(let from), .lan), (.machine(let from), .internet):
      return leaves(network(from))
    case (.lan, .machine(let to)):
      return network(to).profile.segment == .uplink || isOpenToLAN(network(to))
    case (.internet, _): return false
    default: return true
    }
  }

  private func network(_ machine: Int) -> Network {
    lab.network(of: lab.machines[machine].adapters[0])!
  }

  private func reaches(_ from: Network, _ to: Network) -> Bool {
    let (own, other) = (from.profile, to.profile)
    let isShared = own.segment == .uplink && other.segment == .uplink || from.name == to.name
    if isShared, own.segment != .adapter {
      return
        !(own.port.isIsolated && other.port != .plain
        || other.port.isIsolated && own.port != .plain)
    }
    if own.router.engine != nil { return hostReaches(to) && !isTranslated(to) || isJoined(to) }
    if own.segment == .uplink { return !own.port.missesHost && isOpenToLAN(to) }
    guard own.router == .host, own.gate.letsOut else { return false }
    if other.segment == .uplink {
      return !other.port.missesHost && (own.gate.translation != .never || from.isAnnounced)
    }
    guard isJoined(to), other.gate.inward == .open else { return false }
    // The answer comes back to the host itself, or by the target's own gateway.
    return own.gate.translation == .always || other.router == .host && own.gate.inward != .closed
  }

  private func isTranslated(_ network: Network) -> Bool { network.profile.router.engine != nil }

  private func isJoined(_ network: Network) -> Bool { network.profile.host.isOnSwitch }

  private func hostReaches(_ to: Network) -> Bool {
    isJoined(to) || to.profile.segment == .uplink && !to.profile.port.missesHost
  }

  private func reachesHost(_ from: Network) -> Bool {
    hostReaches(from) || isTranslated(from)
  }

  private func leaves(_ from: Network) -> Bool {
    if from.profile.segment == .uplink || isTranslated(from) { return true }
    guard from.profile.router == .host, from.profile.gate.letsOut else { return false }
    return from.profile.gate.translation != .never || from.isAnnounced
  }

  /// Whether what the LAN's router sends by way of the host gets in, and its answer out.
  private func isOpenToLAN(_ to: Network) -> Bool {
    to.isAnnounced && to.profile.router == .host && to.profile.gate.inward == .open
      && to.profile.gate.letsOut
  }
}
