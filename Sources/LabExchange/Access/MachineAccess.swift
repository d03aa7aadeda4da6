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

  init(_ source: ExportSource, _ budget: Budget) throws(BudgetExhausted) {
    let fabric = compileFabric(lab: source.lab, plan: source.addresses, family: .ipv4)
    let solver = AccessSolver(lab: source.lab, fabric: fabric, budget: budget)
    var direct: [MachineAccess?] = []
    for machine in source.lab.machines.indices { direct.append(try solver.direct(to: machine)) }
    let jumps = Jumps(
      source.lab.machinesInNameOrder.filter { direct[$0] != nil }, in: source.lab)
    var accesses: [MachineAccess] = []
    for (machine, access) in direct.enumerated() {
      if let access {
        accesses.append(access)
      } else {
        accesses.append(try solver.access(to: machine, through: jumps))
      }
    }
    self.accesses = accesses
  }
}

/// How many steps of a budget the explanation of a pair takes.
let explainSteps = 256

extension VirtualMachine.OperatingSystem {
  /// The ports through which it is managed, the best first: WinRM with and without TLS, else SSH.
  var managementPorts: [Int] { self == .windows ? [5985, 5986] : [22] }
}

/// VMs that the host reaches and that pass SSH on, by the networks that they are on.
private struct Jumps {
  private let byNetwork: [Int: [Int]]
  private let lab: Lab

  /// Each unreachable VM is tried through so many at most.
  private static let mostTried = 8

  init(_ machines: [Int], in lab: Lab) {
    self.lab = lab
    var byNetwork: [Int: [Int]] = [:]
    for machine in machines where lab.machines[machine].operatingSystem != .windows {
      for network in lab.switches(of: machine) where byNetwork[network]?.last != machine {
        byNetwork[network, default: []].append(machine)
      }
    }
    self.byNetwork = byNetwork
  }

  /// Those that share a network with a VM. A jump beyond a router is a guess that nobody wants in a
  /// file.
  func to(_ machine: Int) -> [Int] {
    let candidates = lab.switches(of: machine).flatMap {
      (byNetwork[$0] ?? []).prefix(Self.mostTried + 1)
    }
    var seen: Set = [machine]
    return Array(candidates.filter { seen.insert($0).inserted }.prefix(Self.mostTried))
  }
}

extension Lab {
  fileprivate func switches(of machine: Int) -> [Int] {
    machines[machine].adapters.compactMap { adapter in adapter.network.map { switches[$0] } }
  }
}

private struct AccessSolver {
  let lab: Lab
  let fabric: Fabric
  let budget: Budget

  func direct(to machine: Int) throws(BudgetExhausted) -> MachineAccess? {
    try dial(from: .host, to: machine).map { .direct(address: $0.address, port: $0.port) }
  }

  func access(to machine: Int, through jumps: Jumps) throws(BudgetExhausted) -> MachineAccess {
    // WinRM has no jumps.
    guard lab.machines[machine].operatingSystem != .windows else { return .unreachable }
    for jump in jumps.to(machine) {
      if let dial = try dial(from: .machine(jump), to: machine) {
        return .through(jump: lab.machines[jump].name, address: dial.address, port: dial.port)
      }
    }
    return .unreachable
  }

  /// The first dial of which address and port are known.
  private func dial(
    from source: Endpoint, to machine: Int
  ) throws(BudgetExhausted) -> (address: String, port: Int)? {
    for port in lab.machines[machine].operatingSystem.managementPorts {
      try budget.spend(explainSteps)
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
