import LabCore

extension ExportFormat {
  /// An Ansible inventory in YAML.
  static let ansible = ExportFormat(
    name: "ansible", summary: "An Ansible inventory: groups by system, tag and network.",
    mediaType: "application/yaml", files: .one, checkedWith: "ansible-inventory --list"
  ) { source, budget throws(BudgetExhausted) in
    let plan = try AccessPlan(source, budget)
    let warnings = unreachableWarnings(source, plan)
    let all: [(key: YAMLKey, value: YAMLText)] = [
      ("hosts", hostVariables(of: source, plan)), ("children", groups(of: source, plan)),
    ]
    let inventory = YAMLText.map([("all", .map(all))])
    let text = source.header(warnings).map { "# \($0)\n" }.joined() + inventory.document
    return Draft(
      files: [ExportFile("inventory.yml", "application/yaml", text)], warnings: warnings)
  }
}

private func hostVariables(of source: ExportSource, _ plan: AccessPlan) -> YAMLText {
  .map(
    source.machines.map { index, machine, _ in
      (.text(machine.name.text), .map(variables(of: machine, plan.accesses[index])))
    })
}

private func variables(
  of machine: VirtualMachine, _ access: MachineAccess
) -> [(key: YAMLKey, value: YAMLText)] {
  var variables: [(key: YAMLKey, value: YAMLText)] = []
  switch access {
  case .direct(let address, let port):
    variables += [("ansible_host", .unsafe(address)), ("ansible_port", .number(port))]
  case .through(let jump, let address, let port):
    variables += [
      ("ansible_host", .unsafe(address)), ("ansible_port", .number(port)),
      ("ansible_ssh_common_args", .text("-o ProxyJump=\(jump)")),
    ]
  case .unreachable: break
  }
  if machine.operatingSystem == .windows {
    variables.append(("ansible_connection", .word("winrm")))
  }
  return variables
}

private func groups(of source: ExportSource, _ plan: AccessPlan) -> YAMLText {
  let names = GroupNames(machines: Set(source.lab.machines.map(\.name.text)))
  var members: [String: [String]] = [:]
  for (index, machine, seats) in source.machines {
    var groups: Set = [names.name(machine.operatingSystem.rawValue, or: "os")]
    groups.formUnion(machine.tags.map { names.name($0.text, or: "tag") })
    groups.formUnion(
      seats.compactMap { $0.network.map { "net_\(GroupNames.word($0.name.text))" } })
    if case .unreachable = plan.accesses[index] { groups.insert("unreachable") }
    for group in groups { members[group, default: []].append(machine.name.text) }
  }
  return .map(
    members.sorted { $0.key < $1.key }.map { group, names in
      (.text(group), .map([("hosts", .map(names.map { (.text($0), .map([])) }))]))
    })
}

/// Names of groups that Ansible takes without a warning: letters, digits and `_`, beginning with a
/// letter, and no host's.
private struct GroupNames {
  let machines: Set<String>
  private static let reserved: Set = ["all", "ungrouped", "unreachable", "localhost", "hosts"]

  /// The name itself, or with what it is before it where Ansible would not take it.
  func name(_ text: String, or kind: StaticString) -> String {
    let word = Self.word(text)
    let isFree = !machines.contains(word) && !Self.reserved.contains(word)
    return isFree && word.first?.isLetter == true ? word : "\(kind)_\(word)"
  }

  static func word(_ text: String) -> String { String(text.map { $0 == "-" ? "_" : $0 }) }
}

/// VMs that the host cannot manage.
func unreachableWarnings(_ source: ExportSource, _ plan: AccessPlan) -> [ExportWarning] {
  source.machines.compactMap { index, machine, _ in
    guard case .unreachable = plan.accesses[index] else { return nil }
    let port = machine.operatingSystem.managementPorts[0]
    return ExportWarning(
      .unreachable, at: .root["vms"][index],
      "The host does not reach port \(port) of \(machine.name), not even through another VM.")
  }
}
