import LabCore
import LabFormats

extension JSONWriter {
  /// Writes the answer of `GET …/recommendations` and `POST /v1/recommendations`.
  mutating func recommendations(_ report: RecommendationReport) {
    object { writer in
      writer.member("requirements", array: report.requirements) { $0.document($1) }
      writer.member("recommendations", array: report.recommendations) { $0.recommendation($1) }
      writer.member("ruled_out", array: report.ruledOut) { $0.ruledOut($1) }
    }
  }

  private mutating func recommendation(_ recommendation: Recommendation) {
    object { writer in
      writer.member("rank", recommendation.rank)
      writer.member("summary", recommendation.summary)
      writer.member("modes", array: recommendation.modes) { $0.string($1.rawValue) }
      writer.member("satisfied", true)
      writer.member("exposure", recommendation.cost.exposure)
      writer.member("adapters", recommendation.cost.adapters)
      writer.key("lab")
      writer.document(recommendation.lab)
      writer.member("because", array: recommendation.because) { $0.string($1) }
      writer.member("caveats", array: recommendation.caveats) { $0.string($1) }
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
