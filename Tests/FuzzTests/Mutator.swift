import TestSupport

/// Makes new input of old: bits turned, pieces left out, doubled, moved between inputs, and words of
/// the language put in.
struct Mutator {
  private var random: SeededGenerator
  private let words: [[UInt8]]
  private let longest: Int

  init(seed: UInt64, words: [String], longest: Int = 4096) {
    random = SeededGenerator(seed: seed)
    self.words = words.map { Array($0.utf8) }
    self.longest = longest
  }

  /// An input made of one of the pool, and maybe of another.
  mutating func next(from pool: [[UInt8]]) -> [UInt8] {
    var bytes = pick(pool)
    for _ in 0..<Int.random(in: 1...4, using: &random) { change(&bytes, pool) }
    return Array(bytes.prefix(longest))
  }

  private mutating func pick(_ pool: [[UInt8]]) -> [UInt8] {
    pool.randomElement(using: &random) ?? []
  }

  private mutating func place(in bytes: [UInt8]) -> Int {
    Int.random(in: 0...bytes.count, using: &random)
  }

  private mutating func range(in bytes: [UInt8]) -> Range<Int> {
    let start = place(in: bytes)
    let length = Int.random(in: 0...min(32, bytes.count - start), using: &random)
    return start..<(start + length)
  }

  private mutating func change(_ bytes: inout [UInt8], _ pool: [[UInt8]]) {
    switch Int.random(in: 0..<9, using: &random) {
    case 0 where !bytes.isEmpty:
      let index = Int.random(in: bytes.indices, using: &random)
      bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    case 1 where !bytes.isEmpty:
      bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(
        in: .min ... .max, using: &random)
    case 2:
      bytes.removeSubrange(range(in: bytes))
    case 3:
      let piece = bytes[range(in: bytes)]
      let times = Int.random(in: 1...3, using: &random)
      for _ in 0..<times { bytes.insert(contentsOf: piece, at: place(in: bytes)) }
    case 4:
      let other = pick(pool)
      bytes.insert(contentsOf: other[range(in: other)], at: place(in: bytes))
    case 5:
      let other = pick(pool)
      bytes = Array(bytes[..<place(in: bytes)] + other[place(in: other)...])
    case 6:
      bytes.removeSubrange(place(in: bytes)...)
    default:
      guard let word = words.randomElement(using: &random) else { return }
      let start = place(in: bytes)
      let replaced = Bool.random(using: &random) ? min(word.count, bytes.count - start) : 0
      bytes.replaceSubrange(start..<(start + replaced), with: word)
    }
  }
}
