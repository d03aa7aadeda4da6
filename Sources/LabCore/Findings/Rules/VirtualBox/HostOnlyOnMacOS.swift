extension FindingRule {
  /// VirtualBox on macOS has no host-only adapters from 7.0 on.
  ///
  /// A VM with one does not start. What takes their place are host-only networks of the system's
  /// vmnet framework, made with `VBoxManage hostonlynet` and attached with `--nic hostonlynet`.
  ///
  /// Error.
  ///
  /// Source: hashicorp/vagrant#12959, kubernetes/minikube#18590; VirtualBox manual section 6.7.
  static let hostOnlyOnMacOS = FindingRule("host-only-on-macos", of: .virtualbox) {
    survey, report in
    guard survey.lab.hasVmnetNetworks else { return }
    for (index, network) in survey.lab.networks.enumerated() where network.mode == .hostOnly {
      report.add(
        .error, at: survey.pointer(network: index)["mode"],
        "VirtualBox \(survey.lab.hypervisor.version) on macOS has no host-only adapters; "
          + "\(survey.title(network: index)) has to be made with VBoxManage hostonlynet")
    }
  }
}
