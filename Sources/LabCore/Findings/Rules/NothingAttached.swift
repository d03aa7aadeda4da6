extension FindingRule {
  /// No VM of the lab is attached to a network, and nothing is required.
  ///
  /// Nobody reaches anybody. Networks with adapters on them say how the VMs are connected;
  /// requirements say what is to work, and a recommendation then finds the networks.
  ///
  /// Info.
  ///
  /// Source: VirtualBox manual section 6.2, "Not attached".
  static let nothingAttached = FindingRule("nothing-attached") { survey, report in
    let lab = survey.lab
    guard !lab.machines.isEmpty, lab.requirements.isEmpty,
      survey.members.allSatisfy(\.isEmpty)
    else { return }
    let who = lab.machines.count == 1 ? "the VM is" : "the \(lab.machines.count) VMs are"
    report.add(
      .info, at: .root["vms"],
      "\(who) attached to no network; give them adapters, or say in requirements what is to work and "
        + "ask for a recommendation")
  }
}
