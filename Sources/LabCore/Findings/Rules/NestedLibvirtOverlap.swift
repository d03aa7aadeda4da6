extension FindingRule {
  /// A VM that runs libvirt is itself on the prefix that libvirt takes for its default network.
  ///
  /// libvirt refuses to start its network 192.168.122.0/24 where that is in use already. A VM counts
  /// by its tags: libvirt, kvm, nested or hypervisor.
  ///
  /// Warning. The fix moves the lab's network to a free prefix; the inner one can be moved as well.
  ///
  /// Source: RamenDR/ramen#1297; libvirt, src/network/default.xml.in.
  static let nestedLibvirtOverlap = FindingRule("nested-libvirt-overlap") { survey, report in
    let inner = IPv4Prefix(192, 168, 122, 0, length: 24)
    for placed in survey.switchPrefixes(IPv4Address.self) where placed.prefix.overlaps(inner) {
      guard let segment = survey.segments.first(where: { $0.network == placed.network }),
        let nested = segment.members.first(where: {
          survey.lab.machines[$0.machine].firstTag(of: libvirtTags) != nil
        })
      else { continue }
      let fix = survey.renumbering(placed, &report.unused)
      report.add(
        .warning, at: survey.prefixPointer(placed),
        "\(placed.prefix) of \(survey.title(segment)) overlaps \(inner), which libvirt inside "
          + "\(survey.title(machine: nested.machine)) takes for its own guests",
        related: [survey.pointer(nested)], fix: fix)
    }
  }
}

private let libvirtTags: Set<String> = ["libvirt", "kvm", "nested", "hypervisor"]
