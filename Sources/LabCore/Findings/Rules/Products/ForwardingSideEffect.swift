extension FindingRule {
  /// One network makes the host route, and with it for all.
  ///
  /// libvirt and Proxmox VE switch forwarding on with the first network that needs it. A document
  /// that says `forwarding: false` is overruled, and VMs on a network without rules reach the others
  /// as soon as they have the host as their gateway.
  ///
  /// Warning where the document says otherwise, info at networks without rules. The fix takes
  /// `forwarding` away.
  ///
  /// Source: libvirt, src/network/bridge_driver_linux.c; pve-docs, pve-network.
  static let forwardingSideEffect = FindingRule("forwarding-side-effect") { survey, report in
    let lab = survey.lab
    guard lab.product.facts.forwarding == .asNeeded,
      let cause = lab.networks.firstIndex(where: { $0.profile.router == .host })
    else { return }
    if lab.draft.host?.forwarding == false {
      let pointer = JSONPointer.root["host"]["forwarding"]
      report.add(
        .warning, at: pointer,
        "\(lab.product.name) makes the host route for \(survey.title(network: cause)), whatever "
          + "forwarding says",
        related: [survey.pointer(network: cause)], fix: [.remove(pointer)])
    }
    for (index, network) in lab.networks.enumerated() where !survey.members[index].isEmpty {
      let profile = network.profile
      guard profile.host.isOnSwitch, profile.router == .none, profile.gate.letsOut else { continue }
      report.add(
        .info, at: survey.pointer(network: index),
        "the host routes because of \(survey.title(network: cause)): VMs on "
          + "\(survey.title(network: index)) that have it as their gateway reach other networks",
        related: [survey.pointer(network: cause)])
    }
  }
}
