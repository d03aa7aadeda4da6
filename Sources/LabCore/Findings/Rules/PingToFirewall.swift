extension FindingRule {
  /// A firewall appliance is to be pinged, and the document does not say what it lets in.
  ///
  /// pfSense and OPNsense let in on the LAN side what their default rule allows, and nothing on any
  /// other interface; an interface that was added later has no rule at all. A VM counts as an
  /// appliance where its system is BSD and it forwards, or where its name or a tag says firewall, fw,
  /// pfsense or opnsense.
  ///
  /// Info. `firewall` of the VM says what it lets in; in the appliance, a rule lets ICMP in.
  ///
  /// Source: Netgate, "Default firewall rules"; OPNsense, "Rules".
  static let pingToFirewall = FindingRule("ping-to-firewall") { survey, report in
    for (index, requirement) in survey.lab.requirements.enumerated()
    where requirement.allow && requirement.transport == .icmp {
      for target in survey.lab.endpoints(of: requirement.to) {
        guard case .machine(let machine) = target,
          isAppliance(survey.lab.machines[machine])
        else { continue }
        report.add(
          .info, at: survey.pointer(requirement: index),
          "\(survey.title(machine: machine)) is a firewall, which may drop pings; say with "
            + "\"firewall\" what it lets in",
          related: [survey.pointer(machine: machine)])
        break
      }
    }
  }
}

private func isAppliance(_ machine: VirtualMachine) -> Bool {
  guard machine.operatingSystem == .bsd, machine.firewall == nil else { return false }
  let names = [machine.name.text] + machine.tags.map(\.text)
  return machine.forwards || names.contains(where: applianceNames.contains)
}

private let applianceNames: Set<String> = ["firewall", "fw", "opnsense", "pfsense"]
