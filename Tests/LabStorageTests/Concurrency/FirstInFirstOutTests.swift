import TestSupport
import Testing

@testable import LabStorage

@Suite("First in, first out")
struct FirstInFirstOutTests {
  @Test("behaves like an array whose first element is removed", arguments: 0..<50 as Range<UInt64>)
  func againstArray(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var queue = FirstInFirstOut<Int>()
    var oracle: [Int] = []
    for number in 0..<500 {
      if Int.random(in: 0..<100, using: &random) < 55 {
        queue.append(number)
        oracle.append(number)
      } else {
        #expect(queue.popFirst() == (oracle.isEmpty ? nil : oracle.removeFirst()), "seed \(seed)")
      }
      #expect(queue.first == oracle.first, "seed \(seed)")
      #expect(queue.count == oracle.count, "seed \(seed)")
    }
  }
}
