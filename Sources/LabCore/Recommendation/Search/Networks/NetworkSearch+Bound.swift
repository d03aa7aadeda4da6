extension NetworkSearch {
  /// What VMs to come expose at least by meeting those of the attached that they must; nil where
  /// one of them no longer can. Who is attached joins no more networks.
  ///
  /// - Parameter depth: how many are attached.
  func exposureBound(_ depth: Int) -> Int? {
    // Routers lead to whom one does not meet, and kept networks are joined by whom they may not.
    guard !question.hasRouters, question.kept.isEmpty else { return 0 }
    let attached = MachineSet(order[..<depth])
    var total = 0
    for machine in order[depth...] {
      let wanted = needs.must[machine].intersection(attached)
      if wanted.isEmpty { continue }
      guard let exposure = exposure(of: machine, meeting: wanted) else { return nil }
      total += exposure
    }
    return total
  }

  private func exposure(of machine: Int, meeting wanted: MachineSet) -> Int? {
    var blocked = needs.never[machine]
    if isStrict { blocked = blocked.union(needs.costly[machine]) }
    let exposing = needs.exposing[machine]
    var met = MachineSet()
    var metForNothing = MachineSet()
    for network in networks where isOpen(network, to: machine, without: blocked) {
      met = met.union(network.members)
      if network.members.isDisjoint(with: exposing) {
        metForNothing = metForNothing.union(network.members)
      }
    }
    guard wanted.subtracting(met).isEmpty else { return nil }
    var most = 0
    for other in wanted.subtracting(metForNothing) {
      var least = Int.max
      for network in networks
      where network.members.contains(other) && isOpen(network, to: machine, without: blocked) {
        least = min(least, network.members.intersection(exposing).count)
      }
      most = max(most, least)
    }
    return most
  }

  private func isOpen(
    _ network: SharedNetwork, to machine: Int, without blocked: MachineSet
  ) -> Bool {
    roles[machine].mayJoin(network.traits) && network.members.isDisjoint(with: blocked)
  }
}
