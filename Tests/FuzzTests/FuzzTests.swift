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

  /// What it finds belongs into `Tests/FuzzTests/Corpus`.
  @Test(arguments: FuzzTarget.all.map(\.name))
  func nothingBreaks(name: String) throws {
    let target = try #require(FuzzTarget.all.first { $0.name == name })
    let fuzzer = try Fuzzer(target, seed: Self.seed)
    if Self.seconds > 60 { print("fuzzing \(name); a crash leaves \(fuzzer.currentFile.path)") }
    let share = Duration.seconds(Self.seconds / Double(FuzzTarget.all.count))
    let finding = try fuzzer.run(until: .now + share)
    if Self.seconds > 60 { print("\(name): \(fuzzer.count) inputs, \(fuzzer.outcomes) outcomes") }
    if let finding {
      let text = Data(finding.input).base64EncodedString()
      Issue.record("seed \(Self.seed), \(finding.property); the input in base64: \(text)")
    }
    #expect(fuzzer.count > 10)
  }
}
