extension FindingRule {
  /// VMs that are copies of one disk ask DHCP in one name, and get one address.
  ///
  /// A fresh MAC address does not help: the server goes by the client identifier, which guests make
  /// from `/etc/machine-id`, and a copy has the original's. Connections to the address go now to the
  /// one, now to the other.
  ///
  /// Error. In each copy, `rm /etc/machine-id && systemd-machine-id-setup` makes an identity of its
  /// own; netplan's `dhcp-identifier: mac` goes by the MAC address instead. The fix takes `copy_of`
  /// of all but the first out of the document, which says that this was done.
  ///
  /// Source: RFC 4361; systemd.network(5), ClientIdentifier; ubuntu bug 1746455.
  static let copiesShareIdentity = FindingRule("copies-share-identity") { survey, report in
    for segment in survey.segments {
      var groups: [SharedLease: [AdapterReference]] = [:]
      var order: [SharedLease] = []
      for member in segment.members {
        let assignment = survey.adapterPlan(member).ipv4
        guard let disk = survey.lab.machines[member.machine].copyOf,
          assignment.source == .reserved, let address = assignment.address
        else { continue }
        let lease = SharedLease(disk: disk, address: address)
        if groups[lease] == nil { order.append(lease) }
        groups[lease, default: []].append(member)
      }
      for lease in order {
        guard let members = groups[lease], members.count > 1 else { continue }
        report.add(lease, of: members, on: segment, survey)
      }
    }
  }
}

private struct SharedLease: Hashable {
  let disk: DNSLabel
  let address: IPv4Address
}

extension FindingReport {
  fileprivate mutating func add(
    _ lease: SharedLease, of members: [AdapterReference], on segment: SharedSegment,
    _ survey: LabSurvey
  ) {
    let named = members.prefix(3).map { survey.title(machine: $0.machine) }
    let names =
      members.count > 3
      ? named.joined(separator: ", ") + " and \(members.count - 3) more"
      : named.dropLast().joined(separator: ", ") + " and " + (named.last ?? "")
    let places = members.map { survey.pointer(machine: $0.machine)["copy_of"] }
    add(
      .error, at: places[0],
      "\(names) are copies of \"\(lease.disk)\" and get one address on \(survey.title(segment)), "
        + "\(lease.address): to its DHCP server they are one client; give each a machine-id of its "
        + "own and take copy_of away",
      related: Array(places.dropFirst()), fix: places.dropFirst().map { .remove($0) })
  }
}
