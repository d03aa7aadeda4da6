public import LabCore

/// What came of rehearsing a lab.
public struct Measurement: Sendable {
  /// One dial and its outcome.
  public struct Result: Hashable, Sendable {
    /// What was dialled, and by whom.
    public let dial: Dial
    /// What came of it.
    public let outcome: DialOutcome
  }

  /// What it was measured with.
  public let probe: Probe
  /// The family of addresses dialled.
  public let family: AddressFamily
  /// VMs in document order, the host, the LAN, the internet unless it is offline.
  public let stations: [Station]
  /// By station: the addresses it had, those included that the document leaves open.
  public let addresses: [Station: [AnyAddress]]
  /// Every dial, in order of stations.
  public let results: [Result]
  private let ways: [Pair: [Dial]]

  private struct Pair: Hashable {
    let source: Station
    let target: Station
  }

  init(
    probe: Probe, family: AddressFamily, stations: [Station], addresses: [Station: [AnyAddress]],
    results: [Result]
  ) {
    self.probe = probe
    self.family = family
    self.stations = stations
    self.addresses = addresses
    self.results = results
    var ways: [Pair: [Dial]] = [:]
    for result in results {
      if case .answered(let target) = result.outcome {
        ways[Pair(source: result.dial.source, target: target), default: []].append(result.dial)
      }
    }
    self.ways = ways
  }

  /// Whether the target itself answered at least one dial of the source's.
  public func isReachable(from source: Station, to target: Station) -> Bool {
    !dials(from: source, to: target).isEmpty
  }

  /// The dials by which the target answered the source.
  public func dials(from source: Station, to target: Station) -> [Dial] {
    ways[Pair(source: source, target: target)] ?? []
  }
}
