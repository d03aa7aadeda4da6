extension FindingRule {
  /// A VM has more adapters than a chipset takes, or than VirtualBox's window shows.
  ///
  /// The window shows 4 adapters, further ones are for VBoxManage. The PIIX3 chipset, which most
  /// VMs have, takes 8, ICH9 takes 36; host-only adapters are limited to 8 for a VM.
  ///
  /// Info from adapter 5 on, warning from adapter 9 on, error from adapter 37 on and for more than 8
  /// host-only adapters.
  ///
  /// Source: PlatformPropertiesImpl.cpp; VirtualBox manual section 6.1.
  static let tooManyAdapters = FindingRule("too-many-adapters", of: .virtualbox) { survey, report in
    for (machine, virtualMachine) in survey.lab.machines.enumerated() {
      guard let last = virtualMachine.adapters.indices.last else { continue }
      let slot = virtualMachine.adapters[last].slot
      let title = survey.title(machine: machine)
      let pointer = survey.pointer(AdapterReference(machine: machine, adapter: last))
      if let (severity, limit) = limit(slot) {
        report.add(severity, at: pointer, "\(title) has an adapter \(slot); \(limit)")
      }
      let hostOnly = virtualMachine.adapters.count {
        survey.lab.network(of: $0)?.mode == .hostOnly
      }
      if hostOnly > 8 {
        report.add(
          .error, at: survey.pointer(machine: machine)["adapters"],
          "\(title) has \(hostOnly) host-only adapters; VirtualBox takes 8")
      }
    }
  }
}

private func limit(_ slot: Int) -> (Severity, String)? {
  switch slot {
  case 37...: (.error, "no chipset of VirtualBox has more than 36")
  case 9...: (.warning, "the VM needs the ICH9 chipset, for PIIX3 has 8")
  case 5...: (.info, "VirtualBox's window shows 4, VBoxManage knows more")
  default: nil
  }
}
