import LabCore
import TestSupport
import Testing

@testable import LabServer

@Suite struct KeptAnswersTests {
  /// The two generations against a list of everything that was ever put in: what is found is the
  /// newest of its key, the bound holds, and what was used of late is there.
  @Test(arguments: 0..<50 as Range<UInt64>)
  func theTwoGenerationsKeepWhatIsUsed(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let bound = 100
    var kept = TwoGenerations<Int, Int>(bound: bound)
    var newest: [Int: Int] = [:]
    let costs = (0..<30).map { _ in Int.random(in: 1...60, using: &random) }
    /// Keys by last use, the latest last.
    var uses: [Int] = []
    for step in 0..<2000 {
      let key = Int.random(in: 0..<30, using: &random)
      if Bool.random(using: &random) {
        kept.insert(step, for: key, cost: costs[key])
        uses.removeAll { $0 == key }
        guard costs[key] <= bound / 2 else { continue }
        uses.append(key)
        newest[key] = step
      } else {
        let found = kept.value(for: key)
        if let found {
          #expect(found == newest[key], "seed \(seed), step \(step)")
          uses.removeAll { $0 == key }
          uses.append(key)
        }
        let since = uses.firstIndex(of: key).map { uses[$0...].reduce(0) { $0 + costs[$1] } }
        if let since, since <= bound / 2 {
          #expect(found != nil, "seed \(seed), step \(step): used of late and gone")
        }
      }
      let total = (0..<30).filter { kept.holds($0) }.reduce(0) { $0 + costs[$1] }
      #expect(total <= bound, "seed \(seed), step \(step)")
    }
  }

  @Test func anEntryIsGivenOutForItsRevisionAlone() throws {
    let kept = KeptAnswers(bound: 10_000)
    let lab = try DNSLabel(parsing: "lab")
    let other = try DNSLabel(parsing: "other")
    kept.keep("three", of: lab, at: 3, .visibility, cost: 5)
    #expect(kept.value(String.self, of: lab, at: 3, .visibility) == "three")
    #expect(kept.value(String.self, of: lab, at: 2, .visibility) == nil)
    #expect(kept.value(String.self, of: lab, at: 4, .visibility) == nil)
    #expect(kept.value(String.self, of: other, at: 3, .visibility) == nil)
    #expect(kept.value(String.self, of: lab, at: 3, .recommendations) == nil)
    kept.keep("four", of: lab, at: 4, .visibility, cost: 4)
    #expect(kept.value(String.self, of: lab, at: 4, .visibility) == "four")
    #expect(kept.value(String.self, of: lab, at: 3, .visibility) == nil)
  }

  /// Someone who read the lab before another changed it must not put the old answer back.
  @Test func anOldAnswerDoesNotReplaceANewOne() throws {
    let kept = KeptAnswers(bound: 10_000)
    let lab = try DNSLabel(parsing: "lab")
    kept.keep("four", of: lab, at: 4, .visibility, cost: 4)
    kept.keep("three", of: lab, at: 3, .visibility, cost: 5)
    #expect(kept.value(String.self, of: lab, at: 3, .visibility) != "four")
    #expect(kept.value(String.self, of: lab, at: 4, .visibility) != "three")
  }
}
