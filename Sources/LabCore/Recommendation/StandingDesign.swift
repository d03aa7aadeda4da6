/// The VMs that a lab was built around: gateways, firewalls and servers. They keep their place.
extension Lab {
  /// Whether a VM routes, filters or serves.
  func isPartOfDesign(_ machine: Int) -> Bool {
    let own = machines[machine]
    return own.forwards || own.firewall != nil || !own.portForwards.isEmpty || !own.inside.isEmpty
      || networks.contains { $0.dhcpMachine == machine || $0.gatewayMachine == machine }
  }

  /// Those that are attached to something, by index in `machines`.
  var standingMachines: [Int] {
    machines.indices.filter { machine in
      machines[machine].adapters.contains { $0.network != nil } && isPartOfDesign(machine)
    }
  }

  /// Whether one of them routes, so that the others are attached behind it.
  var hasStandingRouter: Bool { standingMachines.contains { machines[$0].forwards } }
}
