internal import Glibc
internal import LabCore

/// How many dials may be under way at a time.
struct DialLimits {
  /// Each may take up six descriptors: its own, those of two engines on its way, its target's.
  let dials: Int
  /// The kernel's table of neighbours has room for 1024 in all namespaces together
  /// (`net.ipv4.neigh.default.gc_thresh3`), and two neighbours who talk fill two places.
  let neighbours = 400

  /// Lets this process have as many descriptors as it may at most.
  static func raiseDescriptorLimit() {
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    limit.rlim_cur = limit.rlim_max
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }

  /// The limits of this process, which holds so many descriptors already.
  static func ofThisProcess(besides used: Int) -> DialLimits {
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    return DialLimits(dials: max(16, min(2000, (Int(clamping: limit.rlim_cur) - used - 64) / 6)))
  }
}

/// Splits dials into waves that stay within the limits.
func waves(of dials: [Dial], in blueprint: Blueprint, within limits: DialLimits) -> [Range<Int>] {
  let nodes = Dictionary(
    uniqueKeysWithValues: blueprint.stations.map { ($0.station, blueprint.nodes[$0.node]) })
  let host = blueprint.nodes[blueprint.host]
  var waves: [Range<Int>] = []
  var start = 0
  var neighbours: Set<Neighbour> = []
  for (index, dial) in dials.enumerated() {
    let isNear = nodes[dial.source]?.isOnLink(dial.address) == true
    neighbours.insert(Neighbour(of: dial.source, address: isNear ? dial.address : nil))
    if host.isOnLink(dial.address) {
      neighbours.insert(Neighbour(of: .host, address: dial.address))
    }
    if index > start, index - start >= limits.dials || neighbours.count > limits.neighbours {
      waves.append(start..<index)
      start = index
      neighbours = []
    }
  }
  if start < dials.count { waves.append(start..<dials.count) }
  return waves
}

/// An entry in a station's table of neighbours; nil stands for its router.
private struct Neighbour: Hashable {
  let of: Station
  let address: AnyAddress?
}
