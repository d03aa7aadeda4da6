public import LabCore
public import LabFormats

extension JSONWriter {
  /// Writes the answer of `GET …/requirements`.
  public mutating func requirements(_ judged: [JudgedRequirement], of lab: Lab, revision: Int) {
    object { writer in
      writer.member("lab", lab.name.text)
      writer.member("revision", revision)
      writer.member("met", judged.count { $0.isMet })
      writer.member("total", judged.count)
      let left = writer.member("requirements", firstOf: judged, atMost: .max) {
        $0.judged($1, of: lab)
      }
      writer.more(["requirements": left])
    }
  }

  private mutating func judged(_ judged: JudgedRequirement, of lab: Lab) {
    object { writer in
      writer.key("requirement")
      writer.document(lab.draft.requirements[judged.index])
      writer.member("met", judged.isMet)
      writer.member("unmet_pairs", judged.unmetCount)
      let left = writer.member("pairs", firstOf: judged.pairs, of: judged.pairCount, atMost: .max) {
        $0.pair($1, of: lab)
      }
      writer.more(["pairs": left])
    }
  }

  private mutating func pair(_ pair: JudgedRequirement.Pair, of lab: Lab) {
    object { writer in
      writer.member("from", lab.name(of: pair.source))
      writer.member("to", lab.name(of: pair.target))
      writer.member("outcome", pair.outcome.name)
      writer.member("met", pair.isMet)
    }
  }
}
