/// What a person does by hand to move a lab, a sentence each without a full stop.
func handWork(from before: PlannedReach, to after: PlannedReach) -> [String] {
  let (old, new) = (before.lab, after.lab)
  var work: [String] = new.networks.indices.map { index in
    let native = new.networks[index].profile.native
    return "make \"\(new.networks[index].name)\" as \(native.name): \(native.config)"
  }
  for index in new.networks.indices {
    let network = new.networks[index]
    let typed = new.adapters(on: index).filter {
      after.addresses.adapters[$0.machine][$0.adapter].ipv4.source == .planned
        && before.addresses.adapters[$0.machine][$0.adapter].ipv4.source != .planned
    }.count
    if typed > 0 {
      work.append(
        "set the \(typed == 1 ? "address" : "addresses") of \(typed) "
          + "\(typed == 1 ? "adapter" : "adapters") on \"\(network.name)\" in the VMs: nothing "
          + "hands them out")
    }
    if network.profile.router == .host, network.profile.gate.translation == .never,
      !network.isAnnounced, !new.adapters(on: index).isEmpty
    {
      let prefix = after.addresses.networks[index].ipv4?.prefix
      work.append(
        "give the LAN's router a route to \(prefix?.description ?? "\"\(network.name)\"") by way of "
          + "the host")
    }
    if let recipe = new.product.facts.recipe, index < old.networks.count,
      old.networks[index].hasRouterOfItsOwn, network.profile.router == .none
    {
      work.append("for \"\(network.name)\", \(recipe)")
    }
  }
  return work
}

extension Network {
  /// Whether the product or the host routed for its VMs.
  fileprivate var hasRouterOfItsOwn: Bool {
    profile.router.engine != nil || profile.router == .host
  }
}

extension Lab {
  /// The adapters that are attached to a network.
  fileprivate func adapters(on network: Int) -> [AdapterReference] {
    machines.indices.flatMap { machine in
      machines[machine].adapters.indices.filter {
        machines[machine].adapters[$0].network == network
      }.map { AdapterReference(machine: machine, adapter: $0) }
    }
  }
}
