extension FindingRule {
  /// A VM has more adapters than the product gives one.
  ///
  /// VirtualBox's limits hang on the chipset; `too-many-adapters` is about them.
  ///
  /// Error.
  ///
  /// Source: configuration maximums of VMware, Proxmox VE (qm.conf), Hyper-V and XCP-ng.
  static let adapterLimit = FindingRule("adapter-limit") { survey, report in
    let facts = survey.lab.product.facts
    guard survey.lab.hypervisor.product != .virtualbox, let limit = facts.maximumAdapters else {
      return
    }
    for (index, machine) in survey.lab.machines.enumerated() where machine.adapters.count > limit {
      report.add(
        .error, at: survey.pointer(machine: index)["adapters"],
        "\(survey.title(machine: index)) has \(machine.adapters.count) adapters; \(facts.name) "
          + "gives a VM at most \(limit)")
    }
  }
}
