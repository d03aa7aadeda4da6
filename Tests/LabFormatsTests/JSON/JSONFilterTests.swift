import LabFormats
import TestSupport
import Testing

/// What is left of a JSON text when members are selected.
@Suite struct JSONFilterTests {
  private func filtered(_ text: String, _ fields: String, pieces size: Int = .max) -> String {
    var selection = MemberSelection.none
    for field in fields.split(separator: ",") {
      selection.insert(field.split(separator: ".").map(String.init))
    }
    var filter = JSONFilter(selection)
    var rest = Array(text.utf8)[...]
    var output: [UInt8] = []
    while !rest.isEmpty {
      output += filter.filter(Array(rest.prefix(size)))
      rest = rest.dropFirst(size)
    }
    return String(decoding: output, as: UTF8.self)
  }

  @Test(arguments: [
    (#"{"a":1,"b":2,"c":3}"#, "b", #"{"b":2}"#),
    (#"{"a":1,"b":2,"c":3}"#, "c,a", #"{"a":1,"c":3}"#),
    (#"{"a":1}"#, "b", "{}"),
    ("{}\n", "b", "{}\n"),
    // All that is in a member, however deep.
    (#"{"a":{"x":[1,{"y":2}],"z":null},"b":0}"#, "a", #"{"a":{"x":[1,{"y":2}],"z":null}}"#),
    (#"{"a":{"x":1,"y":2},"b":0}"#, "a.y", #"{"a":{"y":2}}"#),
    (#"{"a":{"x":1,"y":2},"b":0}"#, "a.y,a", #"{"a":{"x":1,"y":2}}"#),
    // Lists are what is in them, also lists of lists.
    (#"{"a":[{"x":1,"y":2},{"y":3},{}],"b":[[]]}"#, "a.y", #"{"a":[{"y":2},{"y":3},{}]}"#),
    (#"{"a":[[{"x":1}],[],[{"y":2}]]}"#, "a.x", #"{"a":[[{"x":1}],[],[{}]]}"#),
    // What has no members stays.
    (#"{"a":[null,true,-1.5e3,"x",{"y":{}}]}"#, "a.y.z", #"{"a":[null,true,-1.5e3,"x",{"y":{}}]}"#),
    // Nothing in a text counts, whatever it looks like.
    (#"{"k\"}":"{\"a\":1}\\","a":"}\",\\\"","b":"\\"}"#, "a,b", #"{"a":"}\",\\\"","b":"\\"}"#),
    (#"{"a":"\\","b":"x"}"#, "b", #"{"b":"x"}"#),
    (" { \"a\" : [ 1 , 2 ] ,\n \"b\" : { \"c\" : 1 } }\n", "b.c", #"{"b":{"c":1}}"# + "\n"),
    // The same name elsewhere is another.
    (#"{"x":{"a":1},"a":2}"#, "a", #"{"a":2}"#),
  ])
  func membersAreSelected(text: String, fields: String, expected: String) {
    #expect(filtered(text, fields) == expected)
    for size in 1...7 {
      #expect(filtered(text, fields, pieces: size) == expected, "in pieces of \(size)")
    }
  }

  /// Random values and selections, against a walk through the tree.
  @Test func itIsWhatAWalkThroughTheTreeLeaves() throws {
    var random = SeededGenerator(seed: 7)
    for round in 0..<400 {
      let value = randomValue(depth: 4, using: &random)
      var writer = JSONWriter()
      writer.document(value)
      let text = String(decoding: writer.bytes, as: UTF8.self)
      let fields = (0..<Int.random(in: 1...4, using: &random)).map { _ in
        (0..<Int.random(in: 1...3, using: &random)).map { _ in randomKey(using: &random) }
      }
      guard case .object = value.value else { continue }
      var expected = JSONWriter()
      expected.document(selected(fields[...], from: value))
      let list = fields.map { $0.joined(separator: ".") }.joined(separator: ",")
      let size = Int.random(in: 1...20, using: &random)
      #expect(
        filtered(text, list, pieces: size) == String(decoding: expected.bytes, as: UTF8.self),
        "seed 7, round \(round): \(list) of \(text)")
    }
  }

  private func randomKey(using random: inout SeededGenerator) -> String {
    ["a", "b", "c", "d"].randomElement(using: &random) ?? "a"
  }

  private func randomValue(depth: Int, using random: inout SeededGenerator) -> DocumentNode {
    switch Int.random(in: 0..<(depth > 0 ? 6 : 3), using: &random) {
    case 0: return DocumentNode(.null)
    case 1: return DocumentNode(.bool(.random(using: &random)))
    case 2:
      return DocumentNode(
        .string(["", "a", "\"", "\\", "{\"a\":1}", "],", "ü"].randomElement(using: &random) ?? ""))
    case 3:
      let count = Int.random(in: 0...3, using: &random)
      return DocumentNode(
        .array((0..<count).map { _ in randomValue(depth: depth - 1, using: &random) }))
    default:
      let keys = ["a", "b", "c", "d"].filter { _ in Bool.random(using: &random) }.shuffled(
        using: &random)
      return DocumentNode(
        .object(keys.map { DocumentMember($0, randomValue(depth: depth - 1, using: &random)) }))
    }
  }

  /// The slow and obvious way.
  private func selected(_ fields: ArraySlice<[String]>, from node: DocumentNode) -> DocumentNode {
    if fields.contains([]) { return node }
    switch node.value {
    case .object(let members):
      return DocumentNode(
        .object(
          members.compactMap { member in
            let inner = fields.filter { $0.first == member.key }.map { Array($0.dropFirst()) }
            guard !inner.isEmpty else { return nil }
            return DocumentMember(member.key, selected(inner[...], from: member.value))
          }))
    case .array(let elements):
      return DocumentNode(.array(elements.map { selected(fields, from: $0) }))
    default: return node
    }
  }
}
