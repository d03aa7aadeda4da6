public import LabCore

/// What comes of holding the search against the oracle.
public enum Verdict: Sendable {
  /// Both find the same.
  case agreement
  /// The search gave up before it had a proof, with a bound that is true.
  case unproven
  /// They contradict each other, in a sentence.
  case disagreement(String)
}

extension CandidateTable {
  /// Asks both, and holds the lab of the search against the judge.
  ///
  /// The search may use more adapters and networks than candidates of the table have. So where its
  /// lab is within the table's bounds, it has to be as good as the table's best; where it is not,
  /// it must not be worse.
  public mutating func verdict(on question: Question) -> Verdict {
    guard let answer = answer(question),
      case .success(let lab) = resolve(question.document(in: setting))
    else { return .disagreement("the question is no lab") }
    let report = recommend(for: lab)
    switch report.proof {
    case .optimal:
      guard let best = report.best else { return .disagreement("an optimum without a lab") }
      return verdict(on: best, question, answer)
    case .bound(let cost):
      guard Objective(cost) > answer.objective else { return .unproven }
      return .disagreement(
        "a bound of \(Objective(cost)), and a lab of \(answer.objective):\n\(answer.lab.sketch)")
    case .unmeetable(let core):
      return verdict(on: core, question, answer)
    }
  }

  private func verdict(
    on best: Recommendation, _ question: Question, _ answer: Answer
  ) -> Verdict {
    guard let judge = Judge(best.lab) else { return .disagreement("its lab is no lab") }
    let objective = judge.objective
    let theirs = "\n\(best.lab.sketch)"
    if Objective(best.cost) != objective {
      return .disagreement("it claims \(Objective(best.cost)), its lab has \(objective):\(theirs)")
    }
    if best.lab.requirements != question.requirements {
      return .disagreement("its lab has other requirements:\(theirs)")
    }
    if !setting.kept.isPart(of: best.lab) {
      return .disagreement("its lab lacks what is to stay:\(theirs)")
    }
    if !question.limits.allow(best.lab) {
      return .disagreement("its lab is not within the constraints:\(theirs)")
    }
    if answer.objective < objective {
      return .disagreement(
        "its best has \(objective):\(theirs)\nbut there is \(answer.objective):"
          + "\n\(answer.lab.sketch)")
    }
    if objective < answer.objective, isWithinBounds(best.lab) {
      return .disagreement("the oracle's \(answer.objective) misses \(objective):\(theirs)")
    }
    return .agreement
  }

  private mutating func verdict(
    on core: UnmeetableCore, _ question: Question, _ answer: Answer
  ) -> Verdict {
    if answer.objective.unmet == 0 {
      return .disagreement(
        "it calls \(core.requirements) unmeetable, but there is \(answer.objective):"
          + "\n\(answer.lab.sketch)")
    }
    var named = question
    named.requirements = core.requirements.map { question.requirements[$0] }
    if let met = self.answer(named), met.objective.unmet == 0 {
      return .disagreement(
        "it calls \(core.requirements) unmeetable, but this meets them:\n\(met.lab.sketch)")
    }
    guard core.isSmallest, answer.core.count < core.requirements.count else { return .agreement }
    // Unmeetable within the bounds of the table, but not perhaps beyond them.
    var smaller = question
    smaller.requirements = answer.core.map { question.requirements[$0] }
    if case .success(let lab) = resolve(smaller.document(in: setting)),
      let best = recommend(for: lab).best, best.lab.vms.count == setting.machines,
      let judge = Judge(best.lab), judge.objective.unmet == 0
    {
      return .agreement
    }
    return .disagreement(
      "its smallest core is \(core.requirements), but \(answer.core) is unmeetable as well")
  }

  private func isWithinBounds(_ lab: LabDraft) -> Bool {
    lab.networks.count <= setting.networks
      && lab.vms.allSatisfy { $0.adapters.count <= setting.adapters }
  }
}

extension Objective {
  /// What the search says of a lab.
  init(_ cost: LabCost) {
    self.init(
      unmet: cost.unmet, exposure: cost.exposure, adapters: cost.adapters,
      networks: cost.networks, handConfiguration: cost.handConfiguration)
  }
}

extension Limits {
  fileprivate func allow(_ lab: LabDraft) -> Bool {
    lab.networks.allSatisfy { $0.mode.map(modes.contains) == true }
      && zip(lab.vms, adapters).allSatisfy { $0.adapters.count <= $1 }
  }
}
