import LabCore

extension ExportFormat {
  /// A file to `Include` from `~/.ssh/config` (ssh_config(5)).
  static let sshConfig = ExportFormat(
    name: "ssh-config", summary: "How ssh reaches each VM, to be included by ~/.ssh/config.",
    mediaType: "text/plain", files: .one, checkedWith: "ssh -G"
  ) { source, budget throws(BudgetExhausted) in
    let plan = try AccessPlan(source, budget)
    let machines = source.machines.filter { $0.machine.operatingSystem != .windows }
    let pointers = Set(machines.map { JSONPointer.root["vms"][$0.index] })
    let warnings = unreachableWarnings(source, plan).filter { pointers.contains($0.pointer) }
    var lines = source.header(warnings).map { "# \($0)" }
    for (index, machine, _) in machines {
      lines += hostLines(of: machine, in: source.lab.name, plan.accesses[index])
    }
    let text = lines.map { "\($0)\n" }.joined()
    return Draft(
      files: [ExportFile("\(source.lab.name).ssh", "text/plain", text)], warnings: warnings)
  }
}

private func hostLines(
  of machine: VirtualMachine, in lab: DNSLabel, _ access: MachineAccess
) -> [String] {
  let target: (address: String, port: Int)
  var jump: [String] = []
  switch access {
  case .direct(let address, let port): target = (address, port)
  case .through(let name, let address, let port):
    target = (address, port)
    jump = ["  ProxyJump \(lab)-\(name)"]
  case .unreachable: return []
  }
  return [
    "", "Host \(lab)-\(machine.name) \(machine.name)", "  HostName \(target.address)",
    "  Port \(target.port)",
  ] + jump
    // VMs of a lab come and go, with new keys at old addresses.
    + ["  UserKnownHostsFile ~/.ssh/known_hosts.labplan"]
}
