import LabCore

extension ExportFormat {
  /// A bash script that builds the lab in VirtualBox 6.1 to 7.2, and takes it down again.
  static let vboxmanage = ExportFormat(
    name: "vboxmanage",
    summary: "A bash script that makes the lab in VirtualBox, brings it up to date, or removes it.",
    mediaType: "text/x-shellscript", files: .one,
    checkedWith: "bash -n, shellcheck and a recording VBoxManage"
  ) { source in
    let script = VBoxManageScript(source)
    let name = "\(source.lab.name).sh"
    return Draft(
      files: [ExportFile(name, "text/x-shellscript", script.text)], warnings: script.warnings)
  }
}

/// The script: what is planned, as calls of the functions that stand below it.
struct VBoxManageScript {
  let source: ExportSource
  let warnings: [ExportWarning]

  init(_ source: ExportSource) {
    self.source = source
    warnings = virtualBoxWarnings(of: source)
  }

  var text: String {
    var lines = ["#!/usr/bin/env bash"]
    lines += source.header(warnings).map { "# \($0)" }
    lines += ["#", "# bash \(source.lab.name).sh [apply | status | teardown [--delete-disks]]", ""]
    lines += ["set -euo pipefail", "", "readonly LAB=\(bashWord(source.lab.name.text))", ""]
    lines += function("networks", networkCommands)
    lines += function(
      "machines", source.machines.flatMap { machineCommands($0.adapters, $0.machine) })
    lines += function("reservations", reservationCommands)
    lines += function("forwards", networkForwardCommands)
    lines.append(VBoxManageRuntime.text)
    return lines.joined(separator: "\n") + "\n\nmain \"$@\"\n"
  }

  private func function(_ name: StaticString, _ commands: [BashCommand]) -> [String] {
    let body = commands.isEmpty ? [BashCommand(":")] : commands
    return ["\(name)() {"] + body.map { "  \($0.text)" } + ["}", ""]
  }
}

/// The functions that carry a script's plan out, the same in every script.
enum VBoxManageRuntime {
  static var text: String {
    [calls, natNetworks, dhcpServers, hostOnly, machines, order].joined(separator: "\n\n")
  }
}
