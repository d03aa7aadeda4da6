public import LabCore
public import LabFormats

extension JSONWriter {
  /// Writes the answer of `GET …/recommendations` and `POST /v1/recommendations`.
  public mutating func recommendations(_ report: RecommendationReport, for lab: Lab) {
    object { writer in
      let left = writer.member("requirements", firstOf: report.requirements) { $0.document($1) }
      writer.member("recommendations", array: report.recommendations) { writer, one in
        writer.recommendation(one, best: report.best)
      }
      writer.proof(report)
      writer.key("change")
      writer.change(from: lab, to: report.change)
      writer.member("ruled_out", array: report.ruledOut) { $0.ruledOut($1) }
      writer.more(["requirements": left])
    }
  }

  /// `optimal`; `bound` and `gap` where a better lab may exist; `unmeetable` where none does.
  private mutating func proof(_ report: RecommendationReport) {
    switch report.proof {
    case .optimal:
      member("optimal", true)
    case .bound(let bound):
      member("optimal", false)
      key("bound")
      object { $0.cost(bound) }
      if let best = report.best {
        key("gap")
        object { $0.cost(best.cost - bound) }
      }
    case .unmeetable(let core):
      member("optimal", true)
      key("unmeetable")
      object { writer in
        let left = writer.member("requirements", firstOf: core.requirements) { $0.integer($1) }
        writer.member("smallest", core.isSmallest)
        writer.member("because", core.because)
        writer.more(["requirements": left])
      }
    }
  }

  /// `null` where there is none to offer, or where it is too large.
  private mutating func change(from lab: Lab, to draft: LabDraft?) {
    guard let draft, case .success(let changed) = resolve(draft) else { return null() }
    let query = ConnectivityQuery()
    let budget = Budget(steps: 50_000_000)
    guard let before = try? Plan(lab).reach(query, budget: budget),
      let after = try? Plan(changed).reach(query, budget: budget)
    else { return null() }
    let difference = PlanDifference(from: before, to: after)
    bounded { writer in
      writer.object { writer in
        writer.key("patch")
        writer.patch(
          .difference(
            from: LabDocumentWriter.document(lab.draft), to: LabDocumentWriter.document(draft)))
        writer.key("changes")
        writer.changes(difference)
      }
    }
  }

  private mutating func cost(_ cost: LabCost) {
    member("exposure", cost.exposure)
    member("adapters", cost.adapters)
    member("networks", cost.networks)
    member("hand_configuration", cost.handConfiguration)
  }

  private mutating func recommendation(_ recommendation: Recommendation, best: Recommendation?) {
    object { writer in
      writer.member("rank", recommendation.rank)
      writer.member("summary", recommendation.summary)
      writer.member("modes", array: recommendation.modes) { $0.string($1.rawValue) }
      writer.member("satisfied", true)
      writer.cost(recommendation.cost)
      if let best, best.rank != recommendation.rank {
        writer.key("against_best")
        writer.object { $0.cost(recommendation.cost - best.cost) }
      }
      writer.key("lab")
      // The best lab is what was asked for.
      if best?.rank == recommendation.rank || writer.count < AnswerBounds.valueBytes {
        writer.document(recommendation.lab)
      } else {
        writer.null()
      }
      let reasons = writer.member("because", firstOf: recommendation.because) { $0.string($1) }
      let caveats = writer.member("caveats", firstOf: recommendation.caveats) { $0.string($1) }
      writer.more(["because": reasons, "caveats": caveats])
    }
  }

  private mutating func ruledOut(_ ruledOut: RuledOutMode) {
    object { writer in
      writer.member("mode", ruledOut.mode.rawValue)
      switch ruledOut.cause {
      case .requirement(let requirement, let outcome):
        writer.key("requirement")
        writer.document(requirement)
        writer.member("outcome", outcome.name)
      case .constraint:
        writer.key("requirement")
        writer.null()
        writer.key("outcome")
        writer.null()
      }
      writer.member("because", ruledOut.because)
    }
  }
}
