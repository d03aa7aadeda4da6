extension FindingRule {
  /// A VM, or the host, is to translate what it forwards, and forwards nothing.
  ///
  /// Translation is a step of forwarding: a machine that does not route drops what is for others
  /// before it could be translated.
  ///
  /// Warning. The fix lets it route.
  ///
  /// Source: netfilter.org, packet flow; ip-sysctl, `ip_forward`.
  static let masqueradeWithoutForwarding = FindingRule("masquerade-without-forwarding") {
    survey, report in
    let host = survey.lab.host
    if host.masquerades, !host.forwards {
      let pointer = JSONPointer.root["host"]
      let isWritten = survey.lab.draft.host?.forwarding != nil
      report.add(
        .warning, at: pointer["masquerade"],
        "the host translates what it forwards, but forwards nothing",
        fix: [
          isWritten
            ? .replace(pointer["forwarding"], .bool(true))
            : .add(pointer["forwarding"], .bool(true))
        ])
    }
    for (index, machine) in survey.lab.machines.enumerated() where !machine.forwards {
      guard let position = machine.adapters.firstIndex(where: \.masquerades) else { continue }
      let member = AdapterReference(machine: index, adapter: position)
      report.add(
        .warning, at: survey.pointer(member)["masquerade"],
        "\(survey.title(machine: index)) translates what it forwards, but forwards nothing",
        fix: survey.forwardingEdits(index))
    }
  }
}
