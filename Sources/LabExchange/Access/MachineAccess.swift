import LabCore

/// How the host reaches the port through which a VM is managed.
enum MachineAccess {
  /// The host dials this address and port.
  case direct(address: String, port: Int)
  /// The host dials another VM, which dials this address and port.
  case through(jump: DNSLabel, address: String, port: Int)
  /// Nobody that the host reaches reaches it.
  case unreachable
}

/// How the host reaches every VM, by index in `Lab.machines`, as the planner predicts it.
struct AccessPlan {
  let accesses: [MachineAccess]

  init(_ source: ExportSource) {
    let fabric = compileFabric(lab: source.lab, plan: source.addresses, family: .ipv4)
    let solver = AccessSolver(lab: source.lab, fabric: fabric)
    let direct = source.lab.machines.indices.map { solver.direct(to: $0) }
    // SSH passes through VMs that speak it.
    let jumps = source.lab.machinesInNameOrder.filter {
      direct[$0] != nil && source.lab.machines[$0].operatingSystem != .windows
    }
    accesses = source.lab.machines.indices.map { machine in
      direct[machine] ?? solver.access(to: machine, through: jumps)
    }
  }
}

extension VirtualMachine.OperatingSystem {
  /// The ports through which it is managed, the best first: WinRM with and without TLS, else SSH.
  var managementPorts: [Int] { self == .windows ? [5985, 5986] : [22] }
}

private struct AccessSolver {
  let lab: Lab
  let fabric: Fabric

  func direct(to machine: Int) -> MachineAccess? {
    dial(from: .host, to: machine).map { .direct(address: $0.address, port: $0.port) }
  }

  func access(to machine: Int, through jumps: [Int]) -> MachineAccess {
    // WinRM has no jumps.
    guard lab.machines[machine].operatingSystem != .windows else { return .unreachable }
    for jump in jumps where jump != machine && sharesNetwork(jump, machine) {
      if let dial = dial(from: .machine(jump), to: machine) {
        return .through(jump: lab.machines[jump].name, address: dial.address, port: dial.port)
      }
    }
    return .unreachable
  }

  /// A jump beyond a router is a guess that nobody wants in a file; and a lab has n² pairs.
  private func sharesNetwork(_ one: Int, _ other: Int) -> Bool {
    let networks = Set(lab.machines[one].adapters.compactMap(\.network).map { lab.switches[$0] })
    return lab.machines[other].adapters.contains {
      $0.network.map { networks.contains(lab.switches[$0]) } ?? false
    }
  }

  /// The first dial of which address and port are known.
  private func dial(from source: Endpoint, to machine: Int) -> (address: String, port: Int)? {
    for port in lab.machines[machine].operatingSystem.managementPorts {
      let query = ConnectivityQuery(transport: .tcp, port: port)
      let explained = explain(
        from: source, to: .machine(machine), of: lab, in: fabric, query: query)
      for dial in explained.dials {
        if let address = dial.address { return (address, dial.port ?? port) }
      }
    }
    return nil
  }
}
