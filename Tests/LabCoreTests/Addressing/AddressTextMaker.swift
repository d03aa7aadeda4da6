import LabCore
import TestSupport

/// Makes texts that are addresses, nearly so, or nothing of the kind.
struct AddressTextMaker {
  var random: SeededGenerator

  init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
  }

  /// A number whose bytes are often all zeros or all ones, as those of real addresses are.
  mutating func bits<Bits: FixedWidthInteger>() -> Bits {
    (0..<Bits.bitWidth / 16).reduce(0) { bits, _ in
      bits << 16 | Bits(truncatingIfNeeded: group())
    }
  }

  private mutating func group() -> UInt16 {
    switch Int.random(in: 0..<6, using: &random) {
    case 0...2: 0
    case 3: .max
    case 4: UInt16.random(in: 0...300, using: &random)
    default: UInt16.random(in: 0...UInt16.max, using: &random)
    }
  }

  mutating func ipv4() -> String {
    (0..<4).map { _ in String(group() & 0xff) }.joined(separator: ".")
  }

  /// Any form of RFC 4291, and some that are one group off.
  mutating func ipv6() -> String {
    var count = random.oneIn(8) ? random.pick([6, 7, 9]) : 8
    var end: [String] = []
    if random.oneIn(4) {
      end = [ipv4()]
      count -= 2
    }
    var groups = (0..<count).map { _ in hexadecimal(group()) }
    if random.oneIn(2) {
      let start = Int.random(in: 0...count, using: &random)
      let stop = Int.random(in: start...count, using: &random)
      let before = groups[..<start].joined(separator: ":")
      return before + "::" + (groups[stop...] + end).joined(separator: ":")
    }
    groups += end
    return groups.joined(separator: ":")
  }

  private mutating func hexadecimal(_ group: UInt16) -> String {
    var text = String(group, radix: 16, uppercase: random.oneIn(2))
    while text.count < 4, random.oneIn(4) { text = "0" + text }
    return text
  }

  mutating func mac() -> String {
    let joint = random.pick(["", ":", "-"])
    return (0..<6).map { _ in
      let octet = String(group() & 0xff, radix: 16, uppercase: random.oneIn(2))
      return octet.count == 1 ? "0" + octet : octet
    }.joined(separator: joint)
  }

  /// The text, or the text after one to three small changes.
  mutating func mutated(_ text: String) -> String {
    let pieces =
      Array("0123456789abcdefABCDEFgxX:.%/+- \0é：１".unicodeScalars) + [":", ".", "0", "/"]
    var scalars = Array(text.unicodeScalars)
    guard !random.oneIn(3) else { return text }
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      let place = Int.random(in: 0...scalars.count, using: &random)
      switch Int.random(in: 0..<4, using: &random) {
      case 0: scalars.insert(random.pick(pieces), at: place)
      case 1 where place < scalars.count: scalars[place] = random.pick(pieces)
      case 2 where place < scalars.count: scalars.remove(at: place)
      case 3 where place < scalars.count: scalars.insert(scalars[place], at: place)
      default: break
      }
    }
    var changed = String.UnicodeScalarView()
    changed.append(contentsOf: scalars)
    return String(changed)
  }
}
