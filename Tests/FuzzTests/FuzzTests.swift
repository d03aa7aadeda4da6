import Foundation
import Testing

/// What reads the bytes of strangers, on input that nobody would think of: `make fuzz`.
@Suite(.serialized) struct FuzzTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let seconds = environment["LABPLAN_FUZZ_SECONDS"].flatMap { Double($0) } ?? 4
  private static let seed = environment["LABPLAN_SEED"].flatMap { UInt64($0) } ?? 1

  /// Everything that was ever found stays fixed.
  @Test(arguments: FuzzTarget.all.map(\.name))
  func theCorpusHolds(name: String) throws {
    let target = try #require(FuzzTarget.all.first { $0.name == name })
    let inputs = try Fuzzer.inputs(of: target)
    #expect(inputs.count >= 5)
    for (file, bytes) in inputs {
      #expect(throws: Never.self, "\(name)/\(file)") { _ = try target.read(bytes) }
    }
  }

  /// The parsers take turns, so that a run that is cut short has tried all of them alike. What it
  /// finds belongs into `Tests/FuzzTests/Corpus`.
  @Test func nothingBreaks() throws {
    var fuzzers = try FuzzTarget.all.map { try Fuzzer($0, seed: Self.seed) }
    let all = fuzzers
    if Self.seconds > 60 {
      for fuzzer in all { print("a crash of \(fuzzer.name) leaves \(fuzzer.currentFile.path)") }
    }
    let turn = Duration.seconds(min(10, Self.seconds / Double(2 * fuzzers.count)))
    let start = ContinuousClock.now
    while start.duration(to: .now) < .seconds(Self.seconds), !fuzzers.isEmpty {
      fuzzers = try fuzzers.filter { fuzzer in
        guard let finding = try fuzzer.run(until: .now + turn) else { return true }
        let text = Data(finding.input).base64EncodedString()
        Issue.record(
          "\(fuzzer.name), seed \(Self.seed), \(finding.property); in base64: \(text)")
        return false
      }
    }
    for fuzzer in all {
      if Self.seconds > 60 {
        print("\(fuzzer.name): \(fuzzer.count) inputs, \(fuzzer.outcomes) outcomes")
      }
      #expect(fuzzer.count > 10)
    }
  }
}
