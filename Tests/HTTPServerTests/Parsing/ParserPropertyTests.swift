import TestSupport
import Testing

@testable import HTTPServer

/// All that a parser makes of some bytes.
private struct Outcome: Equatable {
  var requests: [RequestModel] = []
  var failure: ParseFailure?
  var isBetweenRequests = true

  /// Feeds bytes in pieces that end at these places.
  init(_ bytes: [UInt8], splitAt ends: [Int] = []) {
    var parser = RequestParser(limits: smallLimits)
    var start = 0
    do {
      for end in ends + [bytes.count] {
        while start < end {
          let step = try parser.consume(bytes.span.extracting(start..<end))
          start += step.consumed
          if let request = step.request {
            requests.append(RequestModel(request, keepsAlive: step.keepsAlive))
          }
        }
      }
    } catch {
      failure = error
    }
    isBetweenRequests = parser.isBetweenRequests
  }
}

/// The smallest input found by leaving pieces out for which the property still fails.
private func shrink(_ bytes: [UInt8], whileFailing fails: ([UInt8]) -> Bool) -> [UInt8] {
  var smallest = bytes
  var length = bytes.count / 2
  while length > 0 {
    var start = 0
    while start < smallest.count {
      var candidate = smallest
      candidate.removeSubrange(start..<min(start + length, smallest.count))
      if fails(candidate) { smallest = candidate } else { start += length }
    }
    length /= 2
  }
  return smallest
}

@Suite struct ParserPropertyTests {
  @Test func readsWhatWasWritten() {
    for seed in UInt64(0)..<1500 {
      var generator = MessageGenerator(seed: seed)
      let models = (0...generator.below(3)).map { _ in generator.model() }
      let bytes = models.flatMap { generator.bytes(of: $0) }
      let outcome = Outcome(bytes)
      guard outcome.requests == models, outcome.failure == nil, outcome.isBetweenRequests else {
        Issue.record(
          "seed \(seed): \(outcome) instead of \(models) from \(String(decoding: bytes, as: UTF8.self))"
        )
        return
      }
    }
  }

  @Test func doesNotDependOnSplits() {
    for seed in UInt64(0)..<4000 {
      var generator = MessageGenerator(seed: seed)
      let models = (0...generator.below(3)).map { _ in generator.model() }
      let bytes = generator.damaged(models.flatMap { generator.bytes(of: $0) })
      let cuts = (0..<generator.below(8)).map { _ in generator.below(bytes.count + 1) }.sorted()
      let everywhere = generator.below(4) == 0
      let depends = { (bytes: [UInt8]) in
        let ends = everywhere ? Array(bytes.indices) : cuts.filter { $0 < bytes.count }
        return Outcome(bytes) != Outcome(bytes, splitAt: ends)
      }
      guard !depends(bytes) else {
        let small = shrink(bytes, whileFailing: depends)
        Issue.record("seed \(seed): \(small.debugText) depends on splits at \(cuts)")
        return
      }
    }
  }

  /// Eight times the bytes cost eight times the work; looking at all again with each would cost
  /// sixty-four times.
  @Test func workGrowsWithTheBytesAlone() throws {
    func duration(ofBytes count: Int) throws -> Duration {
      let limits = ParserLimits(
        headBytes: .max, fieldCount: .max, targetBytes: .max, bodyBytes: .max)
      var parser = RequestParser(limits: limits)
      let head = Array("GET / HTTP/1.1\r\nA: ".utf8)
      _ = try parser.consume(head.span)
      let byte: [UInt8] = [0x61]
      return try ContinuousClock().measure {
        for _ in 0..<count { _ = try parser.consume(byte.span) }
      }
    }
    _ = try duration(ofBytes: 1000)
    #expect(try duration(ofBytes: 64 * 1024) < duration(ofBytes: 8 * 1024) * 30)
  }

  /// What the damage makes is mostly refused but not always: both ways must be walked.
  @Test func damageIsRefusedAndSurvived() {
    let outcomes = (UInt64(0)..<500).map { seed in
      var generator = MessageGenerator(seed: seed)
      let model = generator.model()
      return Outcome(generator.damaged(generator.bytes(of: model)))
    }
    #expect(outcomes.count { $0.failure != nil } > 100)
    #expect(outcomes.count { !$0.requests.isEmpty } > 100)
    #expect(Set(outcomes.compactMap(\.failure)).count > 10)
  }
}

extension [UInt8] {
  fileprivate var debugText: String { String(decoding: self, as: UTF8.self).debugDescription }
}
