extension FindingRule {
  /// A Windows VM has a virtio adapter.
  ///
  /// Windows comes without drivers for it; until they are installed the VM has no network there.
  ///
  /// Info.
  ///
  /// Source: VirtualBox manual section 6.1.
  static let virtioNeedsDrivers = FindingRule("virtio-needs-drivers") { survey, report in
    for (machine, virtualMachine) in survey.lab.machines.enumerated()
    where virtualMachine.operatingSystem == .windows {
      guard let position = virtualMachine.adapters.firstIndex(where: { $0.model == .virtio }) else {
        continue
      }
      let member = AdapterReference(machine: machine, adapter: position)
      report.add(
        .info, at: survey.pointer(member)["model"],
        "\(survey.title(member)) is virtio, for which Windows has to be given drivers")
    }
  }
}
