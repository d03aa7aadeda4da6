extension FindingRule {
  /// A network has the name of one of another lab on the same host.
  ///
  /// VirtualBox knows internal and NAT networks by name alone, on the whole host: the VMs of both
  /// labs are on one switch, and of two NAT networks only one can be made. Host-only networks of one
  /// name are one interface of the host.
  ///
  /// Warning. The fix gives the network a name in VirtualBox that begins with the lab's.
  ///
  /// Source: SrvIntNetR0.cpp; NATNetworkImpl.cpp.
  static let switchSharedWithLab = FindingRule("switch-shared-with-lab", of: .virtualbox) {
    survey, report in
    var others: [SwitchName: String] = [:]
    for neighbour in survey.neighbours {
      for network in neighbour.networks {
        guard let name = SwitchName(network.profile, network.hypervisorName), others[name] == nil
        else { continue }
        others[name] = neighbour.title(of: network)
      }
    }
    for (index, network) in survey.lab.networks.enumerated()
    where survey.lab.switches[index] == index {
      guard let name = SwitchName(network.profile, network.hypervisorName),
        let other = others[name]
      else { continue }
      report.add(
        .warning, at: survey.pointer(network: index),
        "\(survey.title(network: index)) and \(other) are one switch; VirtualBox calls both "
          + "\"\(network.hypervisorName)\"",
        fix: renaming(index, survey))
    }
  }
}

private func renaming(_ index: Int, _ survey: LabSurvey) -> [Edit] {
  let lab = survey.lab
  let network = lab.networks[index]
  let name = "\(lab.name)-\(network.name)"
  let isTaken =
    lab.networks.contains { $0.hypervisorName == name }
    || survey.neighbours.contains { $0.networks.contains { $0.hypervisorName == name } }
  let siblings = lab.switches.filter { $0 == index }.count
  guard !isTaken, siblings == 1, name.utf8.count <= 80 else { return [] }
  let pointer = survey.pointer(network: index)["hypervisor_name"]
  return [
    lab.draft.networks[index].hypervisorName == nil
      ? .add(pointer, .string(name)) : .replace(pointer, .string(name))
  ]
}
