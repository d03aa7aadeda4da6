internal import LabCore

/// One lab, built and ready to be measured.
final class RehearsalRun {
  private let lab: Lab
  private let probe: Probe
  private let family: AddressFamily
  private let blueprint: Blueprint
  private let assembly: Assembly
  private let ports: ProbePorts
  private let loop: EventLoop
  private let engines: [NATEngine]

  /// Builds the lab and starts everything that answers in it.
  init(
    lab: Lab, plan: AddressPlan, probe: Probe, family: AddressFamily,
    progress: (RehearsalProgress) -> Void
  ) throws(RehearsalError) {
    self.lab = lab
    self.probe = probe
    self.family = family
    let blueprint = drawBlueprint(of: lab, plan: plan, family: family)
    self.blueprint = blueprint
    let total = blueprint.nodes.count
    DialLimits.raiseDescriptorLimit()
    assembly = try Assembly(blueprint, family: family) {
      progress(.building(done: $0, of: total))
    }
    ports = ProbePorts(lab: lab, blueprint: blueprint, probe: probe, family: family)
    loop = try EventLoop()
    let (namespaces, loop) = (assembly.namespaces, loop)
    engines = blueprint.engines.map {
      NATEngine($0, router: namespaces[$0.node], host: namespaces[blueprint.host], loop: loop)
    }
    try startEngines()
    try startStations()
  }

  deinit {
    loop.forgetAll()
  }

  private func startEngines() throws(RehearsalError) {
    for engine in engines { try engine.start() }
    for forward in blueprint.forwards {
      switch forward.transport {
      case .tcp: try engines[forward.engine].forwardConnections(forward)
      case .udp: try engines[forward.engine].forwardDatagrams(forward)
      }
    }
  }

  private func startStations() throws(RehearsalError) {
    for (station, node) in blueprint.stations {
      let answerer = Answerer(
        name: name(of: station), namespace: assembly.namespaces[node], family: family, loop: loop)
      try answerer.serve(probe, on: ports.ofService(at: station))
    }
  }

  /// A VM's name cannot be one of the others' (`reservedMachineNames`, `siteName`).
  private func name(of station: Station) -> String {
    switch station {
    case .machine(let index): lab.machines[index].name.text
    case .host: "host"
    case .lan: "lan"
    case .site: siteName
    case .internet: "internet"
    }
  }

  /// Dials everything.
  func measure(progress: (RehearsalProgress) -> Void) throws(RehearsalError) -> Measurement {
    let dials = dialList(for: blueprint, ports: ports, probe: probe, family: family)
    let stations = blueprint.stations.map(\.station)
    let namespaces = blueprint.stations.map { ($0.station, assembly.namespaces[$0.node]) }
    let prober = Prober(
      dials, with: probe, from: Dictionary(uniqueKeysWithValues: namespaces),
      names: Dictionary(uniqueKeysWithValues: stations.map { (name(of: $0), $0) }), loop: loop)
    for wave in waves(of: dials, in: blueprint, within: .ofThisProcess(besides: openDescriptors)) {
      try prober.dial(wave, startAfresh: startAfresh)
      startAfresh()
      progress(.dialling(done: wave.upperBound, of: dials.count))
    }
    return Measurement(
      probe: probe, family: family, stations: stations,
      addresses: Dictionary(
        uniqueKeysWithValues: blueprint.stations.map {
          ($0.station, blueprint.nodes[$0.node].addresses)
        }),
      results: zip(dials, prober.results).map { Measurement.Result(dial: $0, outcome: $1) })
  }

  /// Ends what is under way. A neighbour whose first question was lost, too, would otherwise be
  /// asked again only after a second.
  private func startAfresh() {
    for engine in engines { engine.endExchanges() }
    assembly.forgetNeighbours()
  }

  /// About how many descriptors the lab holds while nobody dials.
  private var openDescriptors: Int {
    blueprint.nodes.count * 6 + blueprint.forwards.count * 2
  }
}
