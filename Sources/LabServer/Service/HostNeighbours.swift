import LabCore
import LabStorage

extension LabService {
  /// Everything wrong or risky in a stored lab, together with the other labs of its host.
  func findings(in planned: PlannedLab) throws(Problem) -> [Finding] {
    LabCore.findings(
      in: planned.lab, plan: planned.addresses, sharingHost: try neighbours(of: planned.lab.name))
  }

  /// The other stored labs of a lab's host, with their addresses.
  private func neighbours(of name: DNSLabel) throws(Problem) -> [(Lab, AddressPlan)] {
    let others = try reading { () throws(StoreError) in try store.neighbours(of: name) }
    var neighbours: [(Lab, AddressPlan)] = []
    neighbours.reserveCapacity(others.count)
    for other in others {
      let version = VersionTag(revision: other.revision)
      if let kept: AssignedLab = kept.value(of: other.name, at: version, .assigned) {
        neighbours.append((kept.lab, kept.addresses))
      } else if let assigned = try assigned(other.name) {
        neighbours.append((assigned.lab, assigned.addresses))
      }
    }
    return neighbours
  }

  /// Nil where the lab is gone by now, or breaks a rule that came after it.
  private func assigned(_ name: DNSLabel) throws(Problem) -> AssignedLab? {
    let found = try reading { () throws(StoreError) in try store.addressedLab(named: name) }
    guard let found, case .success(let lab) = resolve(found.lab.draft) else { return nil }
    let assigned = AssignedLab(
      lab: lab, addresses: assignedAddresses(in: lab, rememberedAs: found.memory))
    kept.keep(
      assigned, of: name, at: VersionTag(revision: found.lab.revision), .assigned,
      cost: 1024 * (lab.networks.count + lab.machines.count + 1))
    return assigned
  }
}

/// A stored lab and its addresses.
private struct AssignedLab: Sendable {
  let lab: Lab
  let addresses: AddressPlan
}
