import Foundation
import LabFormats
import TestSupport
import Testing

private func compact(_ node: DocumentNode) -> String {
  var writer = JSONWriter()
  writer.document(node)
  return String(decoding: writer.bytes, as: UTF8.self)
}

/// Random input against properties and against Foundation's reader.
struct JSONReaderPropertyTests {
  @Test(arguments: 0..<400 as Range<UInt64>)
  func roundTrips(seed: UInt64) throws {
    var generator = DocumentGenerator(seed: seed)
    let document = generator.document(depth: 5)
    for layout in [JSONWriter.Layout.compact, .pretty] {
      var writer = JSONWriter(layout)
      writer.document(document)
      let isSameAgain = try JSONReader.read(writer.bytes).withoutPositions == document
      #expect(isSameAgain, "seed \(seed): \(compact(document))")
      let foundation = try JSONSerialization.jsonObject(
        with: Data(writer.bytes), options: .fragmentsAllowed)
      let isSame = agrees(document, foundation)
      #expect(isSame, "seed \(seed): \(compact(document))")
    }
  }

  @Test(arguments: 0..<400 as Range<UInt64>)
  func splicedValuesAreLaidOutAlike(seed: UInt64) {
    var generator = DocumentGenerator(seed: seed)
    let document = generator.document(depth: 5)
    var inner = JSONWriter()
    inner.document(document)
    var spliced = JSONWriter(.pretty)
    spliced.object {
      $0.key("a")
      $0.raw(inner.bytes)
    }
    var whole = JSONWriter(.pretty)
    whole.object {
      $0.key("a")
      $0.document(document)
    }
    #expect(spliced.bytes == whole.bytes, "seed \(seed)")
  }

  /// What is read, Foundation reads to the same values; what is refused, Foundation refuses too,
  /// but for what it is lenient about.
  @Test(arguments: 0..<40 as Range<UInt64>)
  func agreesWithFoundationOnBrokenInput(seed: UInt64) throws {
    var generator = DocumentGenerator(seed: seed)
    for _ in 0..<50 {
      var writer = JSONWriter(Bool.random(using: &generator.random) ? .compact : .pretty)
      writer.document(generator.document())
      let bytes = mutate(writer.bytes, using: &generator.random)
      let foundation = try? JSONSerialization.jsonObject(
        with: Data(bytes), options: .fragmentsAllowed)
      do throws(SyntaxFaults) {
        let document = try JSONReader.read(bytes)
        let isSame = foundation.map { agrees(document, $0) } ?? hasNumberBeyondDouble(document)
        #expect(isSame, "seed \(seed): \(compact(document))")
      } catch {
        // Foundation takes a text with zero bytes for UTF-16 or UTF-32.
        let isStricter =
          bytes.contains(0)
          || error.faults.contains { fault in
            fault.code == .duplicateKey || fault.detail.hasPrefix("remove this comma")
          }
        #expect(foundation == nil || isStricter, "seed \(seed): \(error)")
      }
    }
  }

  /// Such numbers Foundation refuses.
  private func hasNumberBeyondDouble(_ node: DocumentNode) -> Bool {
    switch node.value {
    case .null, .bool, .string: false
    case .number(let number): Double(number.description)?.isInfinite ?? true
    case .array(let elements): elements.contains(where: hasNumberBeyondDouble)
    case .object(let members): members.contains { hasNumberBeyondDouble($0.value) }
    }
  }
}

/// A few bytes changed, inserted, removed or doubled.
func mutate(_ bytes: [UInt8], using random: inout SeededGenerator) -> [UInt8] {
  var bytes = bytes
  let spice =
    Array("{}[]\",:\\0123456789.eE+-tfn/*#&!|>%@ \n\té".utf8) + [0, 0x80, 0xFF, 0xC3]
  for _ in 0..<Int.random(in: 1...4, using: &random) {
    let index = Int.random(in: 0...bytes.count, using: &random)
    switch Int.random(in: 0..<4, using: &random) {
    case 0 where index < bytes.count: bytes.remove(at: index)
    case 1 where index < bytes.count: bytes[index] = spice.randomElement(using: &random) ?? 0
    case 2:
      let end = min(bytes.count, index + Int.random(in: 0...20, using: &random))
      bytes.insert(contentsOf: bytes[index..<end], at: index)
    default: bytes.insert(spice.randomElement(using: &random) ?? 0, at: index)
    }
  }
  return bytes
}

private func agrees(_ node: DocumentNode, _ value: Any) -> Bool {
  switch node.value {
  case .null: return value is NSNull
  case .bool(let expected): return (value as? Bool) == expected
  case .number(let number):
    guard let actual = value as? NSNumber else { return false }
    let expected = Double(number.description) ?? .nan
    // Beyond Int64 and Double Foundation rounds.
    return actual.doubleValue == expected
      || abs(actual.doubleValue - expected) <= abs(expected) * 1e-15
  case .string(let expected):
    return (value as? String).map { $0.utf8.elementsEqual(expected.utf8) } ?? false
  case .array(let elements):
    guard let values = value as? [Any], values.count == elements.count else { return false }
    return zip(elements, values).allSatisfy { agrees($0, $1) }
  case .object(let members):
    guard let values = value as? [String: Any], values.count == members.count else { return false }
    return members.allSatisfy { member in
      values[member.key].map { agrees(member.value, $0) } ?? false
    }
  }
}
