extension FindingRule {
  /// An adapter is of a model that this version of VirtualBox does not have.
  ///
  /// 82583V came with 7.2.2, Am79C960 with 6.1.
  ///
  /// Error. The fix takes the model away, so that the adapter is of the default one.
  ///
  /// Source: change log of VirtualBox 7.2.2; VirtualBox manual section 6.1.
  static let adapterModelUnavailable = FindingRule("adapter-model-unavailable", of: .virtualbox) {
    survey, report in
    let version = survey.lab.hypervisor.version
    for (machine, virtualMachine) in survey.lab.machines.enumerated() {
      for (position, adapter) in virtualMachine.adapters.enumerated() {
        guard let first = firstVersion(of: adapter.model), version < first else { continue }
        let member = AdapterReference(machine: machine, adapter: position)
        let pointer = survey.pointer(member)["model"]
        report.add(
          .error, at: pointer,
          "\(adapter.model.rawValue) of \(survey.title(member)) exists from VirtualBox \(first) on, "
            + "not in \(version)",
          fix: [.remove(pointer)])
      }
    }
  }
}

/// Nil for models as old as VirtualBox.
private func firstVersion(of model: AdapterModel) -> HypervisorVersion? {
  switch model {
  case .intel82583V: HypervisorVersion(major: 7, minor: 2, patch: 2)
  case .am79C960: HypervisorVersion(major: 6, minor: 1, patch: 0)
  case .am79C970A, .am79C973, .intel82540EM, .intel82543GC, .intel82545EM, .virtio: nil
  }
}
