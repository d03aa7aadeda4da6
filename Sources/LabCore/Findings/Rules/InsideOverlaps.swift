extension FindingRule {
  /// A network within a VM, of pods or VPN clients, has addresses in common with another prefix.
  ///
  /// The VM takes the addresses for its own and reaches nobody there: not the other nodes, not the
  /// LAN, not what is behind its router. Networks that are within several VMs alike, as those of
  /// one cluster or of Docker, do not count against each other.
  ///
  /// Error where the VM is on the other network or has to get there by the LAN, else warning. The
  /// fix gives the inner network a free prefix, in every VM that has it.
  ///
  /// Source: kubernetes/kubernetes#52450; Calico, "IP pool overlaps with host network"; RFC 4632
  /// section 5.
  static let insideOverlaps = FindingRule("inside-overlaps") { survey, report in
    let others = survey.switchPrefixes(IPv4Address.self)
    let behindNAT = survey.natPrefixes(IPv4Address.self)
    var places: [InnerOverlap: [InnerPlace]] = [:]
    var order: [InnerOverlap] = []
    for (machine, virtualMachine) in survey.lab.machines.enumerated() {
      for (index, inside) in virtualMachine.inside.enumerated() {
        guard case .ipv4(let prefix) = inside.prefix else { continue }
        let place = InnerPlace(machine: machine, index: index, prefix: prefix)
        guard let overlap = survey.overlap(of: place, with: others, behindNAT) else { continue }
        if places[overlap] == nil { order.append(overlap) }
        places[overlap, default: []].append(place)
      }
    }
    for overlap in order { report.add(overlap, at: places[overlap] ?? [], survey) }
  }
}

extension FindingReport {
  fileprivate mutating func add(
    _ overlap: InnerOverlap, at places: [InnerPlace], _ survey: LabSurvey
  ) {
    guard let first = places.first else { return }
    let fix = survey.moving(first, &unused)
    let more =
      switch places.count {
      case 1: ""
      case 2: " and 1 more VM"
      default: " and \(places.count - 1) more VMs"
      }
    add(
      overlap.severity, at: survey.pointer(first),
      "\(overlap.prefix) inside \(survey.title(machine: first.machine))\(more) overlaps \(overlap.other)",
      related: [overlap.pointer].compactMap { $0 } + places.dropFirst().map(survey.pointer),
      fix: fix)
  }
}

private struct InnerPlace {
  let machine: Int
  let index: Int
  let prefix: IPv4Prefix
}

private struct InnerOverlap: Hashable {
  let prefix: IPv4Prefix
  let severity: Severity
  let other: String
  let pointer: JSONPointer?
}

extension LabSurvey {
  fileprivate func pointer(_ place: InnerPlace) -> JSONPointer {
    pointer(machine: place.machine)["inside"][place.index]["prefix"]
  }

  /// The first prefix that an inner network meets, the worst first.
  fileprivate func overlap(
    of place: InnerPlace, with networks: [PlacedPrefix<IPv4Address>],
    _ behindNAT: [PlacedPrefix<IPv4Address>]
  ) -> InnerOverlap? {
    let adapters = lab.machines[place.machine].adapters
    let attached = Set(adapters.compactMap(\.network).map { lab.switches[$0] })
    let met = networks.filter { $0.prefix.overlaps(place.prefix) }
    if let own = met.first(where: { attached.contains($0.network) }) {
      return overlap(of: place, with: own, .error)
    }
    for nat in behindNAT
    where nat.prefix.overlaps(place.prefix)
      && adapters.contains(where: { $0.network == nat.network })
    {
      return InnerOverlap(
        prefix: place.prefix,
        severity: .error, other: "\(nat.prefix) of \(title(network: nat.network))",
        pointer: pointer(network: nat.network))
    }
    if let lan = lanPrefix(IPv4Address.self), lan.overlaps(place.prefix) {
      return InnerOverlap(
        prefix: place.prefix, severity: .error, other: "\(lan) of the LAN", pointer: nil)
    }
    return met.first.map { overlap(of: place, with: $0, .warning) } ?? foreign(place)
  }

  private func overlap(
    of place: InnerPlace, with placed: PlacedPrefix<IPv4Address>, _ severity: Severity
  ) -> InnerOverlap {
    InnerOverlap(
      prefix: place.prefix, severity: severity,
      other: "\(placed.prefix) of \(title(network: placed.network))", pointer: prefixPointer(placed)
    )
  }

  /// What is behind the LAN's routers, and what the host uses otherwise.
  private func foreign(_ place: InnerPlace) -> InnerOverlap? {
    let host = JSONPointer.root["host"]
    for (index, route) in lab.host.siteRoutes.enumerated() {
      guard case .ipv4(let prefix, _) = route, prefix.overlaps(place.prefix) else { continue }
      return InnerOverlap(
        prefix: place.prefix,
        severity: .warning, other: "\(prefix), which is behind a router of the LAN",
        pointer: host["uplink"]["routes"][index]["to"])
    }
    for (index, occupied) in lab.host.occupied.enumerated() {
      guard case .ipv4(let prefix) = occupied, prefix.overlaps(place.prefix) else { continue }
      return InnerOverlap(
        prefix: place.prefix,
        severity: .warning, other: "\(prefix), which the host already uses",
        pointer: host["occupied"][index])
    }
    return nil
  }

  /// Edits that give every VM with an inner network another prefix for it; VMs of one cluster go on
  /// having the same.
  fileprivate func moving(_ place: InnerPlace, _ unused: inout UnusedNumbers) -> [Edit] {
    guard let free = unused.innerPrefix(length: place.prefix.length) else { return [] }
    var edits: [Edit] = []
    for (machine, virtualMachine) in lab.machines.enumerated() {
      for (index, inside) in virtualMachine.inside.enumerated()
      where inside.prefix == .ipv4(place.prefix) {
        let other = InnerPlace(machine: machine, index: index, prefix: place.prefix)
        edits.append(.replace(pointer(other), .string(free.description)))
      }
    }
    return edits
  }
}
