extension FindingRule {
  /// VirtualBox on macOS has no host-only adapters from 7.0 on, but host-only networks.
  ///
  /// They are made by the system's vmnet framework, with `VBoxManage hostonlynet`, and attached with
  /// `--nic hostonlynet`; a VM with a host-only adapter of old does not start. The host has the lower
  /// address, and macOS hands out those above it up to the upper one. Whatever the mode `host-only`
  /// says holds for them.
  ///
  /// Info.
  ///
  /// Source: hashicorp/vagrant#12959, kubernetes/minikube#18590; VirtualBox manual section 6.7.
  static let hostOnlyOnMacOS = FindingRule("host-only-on-macos", of: .virtualbox) {
    survey, report in
    guard survey.lab.hasVmnetNetworks else { return }
    for (index, network) in survey.lab.networks.enumerated() where network.mode == .hostOnly {
      report.add(
        .info, at: survey.pointer(network: index)["mode"],
        "VirtualBox \(survey.lab.hypervisor.version) on macOS has host-only networks in the place of "
          + "host-only adapters; \(survey.title(network: index)) is made with VBoxManage hostonlynet"
      )
    }
  }
}
