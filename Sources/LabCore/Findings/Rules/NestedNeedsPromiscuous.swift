extension FindingRule {
  /// A VM with guests of its own has an adapter that drops their frames.
  ///
  /// VirtualBox delivers by the adapters' own hardware addresses and learns no others, so frames
  /// for nested guests, for containers with their own hardware address or for a shared virtual one
  /// arrive only where the policy allows them. A VM counts by its tags: nested, hypervisor, proxmox,
  /// esxi, openstack, lxd, macvlan, keepalived or vip.
  ///
  /// Warning. The fix allows the frames of VMs on networks that have nothing but VMs, all frames
  /// on others.
  ///
  /// Source: rgl/proxmox-ve-cluster-vagrant#8, canonical/lxd#1343, kubeovn/kube-ovn#4117.
  static let nestedNeedsPromiscuous = FindingRule("nested-needs-promiscuous") { survey, report in
    for segment in survey.segments {
      for member in survey.plugged(segment) where survey.adapter(member).promiscuous == .deny {
        guard let tag = survey.lab.machines[member.machine].firstTag(of: nestingTags),
          let network = survey.adapter(member).network
        else { continue }
        let profile = survey.lab.networks[network].profile
        guard profile.obeysPromiscuousPolicy else { continue }
        let policy: PromiscuousPolicy =
          profile.beyondTheSwitch.isEmpty ? .allowVMs : .allowAll
        let pointer = survey.pointer(member)
        report.add(
          .warning,
          at: survey.pointer(pointer, "promiscuous", isWritten: isWritten(member, survey)),
          "\(survey.title(member)) drops frames for the guests inside, which the tag \"\(tag)\" "
            + "speaks of",
          fix: [edit(pointer["promiscuous"], policy, isWritten(member, survey))])
      }
    }
  }
}

/// Tags of VMs that have guests or further hardware addresses of their own.
let nestingTags: Set<String> = [
  "nested", "hypervisor", "proxmox", "esxi", "openstack", "lxd", "macvlan", "keepalived", "vip",
]

private func isWritten(_ member: AdapterReference, _ survey: LabSurvey) -> Bool {
  survey.draft(member).promiscuous != nil
}

private func edit(
  _ pointer: JSONPointer, _ policy: PromiscuousPolicy, _ isWritten: Bool
) -> Edit {
  isWritten
    ? .replace(pointer, .string(policy.rawValue)) : .add(pointer, .string(policy.rawValue))
}
