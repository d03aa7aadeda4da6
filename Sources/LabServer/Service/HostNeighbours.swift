import HTTPServer
import LabAnswers
import LabCore
import LabStorage

extension LabService {
  /// Everything wrong or risky in a stored lab, together with the other labs of its host.
  ///
  /// Labs that the caller may not see take part without their names and parts.
  func findings(in plan: Plan, for call: Call) throws(Problem) -> [Finding] {
    let neighbours = try neighbours(of: plan.lab.name, for: call)
    return try call.within { (budget) throws(BudgetExhausted) in
      try plan.findings(besides: neighbours, budget: budget)
    }
  }

  /// What the other stored labs of a lab's host take of it, as far as the caller may know it.
  ///
  /// Their shares are kept. Where there are more than one request has time for, the next one goes on.
  private func neighbours(of name: DNSLabel, for call: Call) throws(Problem) -> [HostShare] {
    let others = try reading { () throws(StoreError) in try store.neighbours(of: name) }
    var shares: [HostShare] = []
    shares.reserveCapacity(others.count)
    for other in others {
      try call.within { (budget) throws(BudgetExhausted) in try budget.spend(stepsOfShare) }
      guard let share = try share(of: other.name, at: other.revision) else { continue }
      shares.append(call.caller.labs.contains(other.name) ? share : share.anonymous)
    }
    return shares
  }

  /// Nil where the lab is gone by now, or breaks a rule that came after it.
  private func share(of name: DNSLabel, at revision: Int) throws(Problem) -> HostShare? {
    let kept: HostShare? = kept.value(of: name, at: VersionTag(revision: revision), .share)
    if let kept { return kept }
    let found = try reading { () throws(StoreError) in try store.addressedLab(named: name) }
    guard let found, case .success(let lab) = resolve(found.lab.draft) else { return nil }
    let share = HostShare(of: lab, plan: assignedAddresses(in: lab, rememberedAs: found.memory))
    self.kept.keep(
      share, of: name, at: VersionTag(revision: found.lab.revision), .share, cost: share.cost)
    return share
  }
}

/// More steps than there are between two looks at the time, since a lab may take long to read.
private let stepsOfShare = 256

extension HostShare {
  /// How many bytes it takes, about.
  fileprivate var cost: Int {
    192 * (networks.count + 1) + 96 * (listeners.count + bridged.count) + 16 * hostPorts.count
  }
}
