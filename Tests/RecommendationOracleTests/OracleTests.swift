import LabCore
import RecommendationOracle
import Testing

/// The search for recommendations held against the best of all small labs.
@Suite struct OracleTests {
  /// The oracle against itself: its tables are as quick as they may be, its judge is plain.
  @Test(arguments: [Setting(machines: 2), Setting(machines: 2, routers: 1)])
  func theTableAndTheJudgeAgree(_ setting: Setting) throws {
    var table = CandidateTable(setting)
    for seed in 1...60 as ClosedRange<UInt64> {
      let question = setting.question(seed: seed)
      let best = table.answer(question)
      let answer = try #require(best)
      let judge = try #require(Judge(answer.lab))
      #expect(judge.objective == answer.objective, "seed \(seed): \(question)")
    }
  }

  /// `make recommend-oracle N=20000` asks more, of more VMs.
  @Test(arguments: Setting.quick)
  func theSearchFindsTheBestOfAllSmallLabs(_ setting: Setting) {
    let tally = Tally(asking: CandidateTable(setting), seeds: Array(1...40))
    #expect(!tally.hasDisagreements, "\(tally.summary)")
    #expect(tally.unprovenCount == 0, "\(tally.summary)")
  }
}
