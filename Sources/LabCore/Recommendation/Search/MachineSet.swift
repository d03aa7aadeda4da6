/// A set of VMs by index, of which there are at most 256.
struct MachineSet: Hashable, Sequence {
  private var words = SIMD4<UInt64>(repeating: 0)

  static let capacity = 256

  init() {}

  init(_ machines: some Sequence<Int>) {
    for machine in machines { insert(machine) }
  }

  var isEmpty: Bool { words == SIMD4<UInt64>(repeating: 0) }

  var count: Int {
    words[0].nonzeroBitCount + words[1].nonzeroBitCount + words[2].nonzeroBitCount
      + words[3].nonzeroBitCount
  }

  mutating func insert(_ machine: Int) { words[machine >> 6] |= 1 << UInt64(machine & 63) }
  mutating func remove(_ machine: Int) { words[machine >> 6] &= ~(1 << UInt64(machine & 63)) }
  func contains(_ machine: Int) -> Bool { words[machine >> 6] >> UInt64(machine & 63) & 1 != 0 }

  func union(_ other: MachineSet) -> MachineSet { MachineSet(words: words | other.words) }
  func intersection(_ other: MachineSet) -> MachineSet { MachineSet(words: words & other.words) }
  func subtracting(_ other: MachineSet) -> MachineSet { MachineSet(words: words & ~other.words) }
  func isDisjoint(with other: MachineSet) -> Bool { intersection(other).isEmpty }

  private init(words: SIMD4<UInt64>) {
    self.words = words
  }

  struct Iterator: IteratorProtocol {
    fileprivate var words: SIMD4<UInt64>
    fileprivate var place = 0

    mutating func next() -> Int? {
      while place < 4 {
        let word = words[place]
        if word != 0 {
          words[place] = word & (word - 1)
          return place * 64 + word.trailingZeroBitCount
        }
        place += 1
      }
      return nil
    }
  }

  func makeIterator() -> Iterator { Iterator(words: words) }
}
