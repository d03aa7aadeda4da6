import LabCore
import LabFormats
import Testing

struct JSONPatchTests {
  /// RFC 6902 appendix A, then what it leaves to the reader: document, patch, result.
  static let applied: [(document: String, patch: String, result: String)] = [
    // A.1 to A.4
    (
      #"{"foo":"bar"}"#, #"[{"op":"add","path":"/baz","value":"qux"}]"#,
      #"{"foo":"bar","baz":"qux"}"#
    ),
    (
      #"{"foo":["bar","baz"]}"#, #"[{"op":"add","path":"/foo/1","value":"qux"}]"#,
      #"{"foo":["bar","qux","baz"]}"#
    ),
    (#"{"baz":"qux","foo":"bar"}"#, #"[{"op":"remove","path":"/baz"}]"#, #"{"foo":"bar"}"#),
    (
      #"{"foo":["bar","qux","baz"]}"#, #"[{"op":"remove","path":"/foo/1"}]"#,
      #"{"foo":["bar","baz"]}"#
    ),
    // A.5 to A.8
    (
      #"{"baz":"qux","foo":"bar"}"#, #"[{"op":"replace","path":"/baz","value":"boo"}]"#,
      #"{"baz":"boo","foo":"bar"}"#
    ),
    (
      #"{"foo":{"bar":"baz","waldo":"fred"},"qux":{"corge":"grault"}}"#,
      #"[{"op":"move","from":"/foo/waldo","path":"/qux/thud"}]"#,
      #"{"foo":{"bar":"baz"},"qux":{"corge":"grault","thud":"fred"}}"#
    ),
    (
      #"{"foo":["all","grass","cows","eat"]}"#, #"[{"op":"move","from":"/foo/1","path":"/foo/3"}]"#,
      #"{"foo":["all","cows","eat","grass"]}"#
    ),
    (
      #"{"baz":"qux","foo":["a",2,"c"]}"#,
      #"[{"op":"test","path":"/baz","value":"qux"},{"op":"test","path":"/foo/1","value":2}]"#,
      #"{"baz":"qux","foo":["a",2,"c"]}"#
    ),
    // A.10 and A.11
    (
      #"{"foo":"bar"}"#, #"[{"op":"add","path":"/child","value":{"grandchild":{}}}]"#,
      #"{"foo":"bar","child":{"grandchild":{}}}"#
    ),
    (
      #"{"foo":"bar"}"#, #"[{"op":"add","path":"/baz","value":"qux","xyz":123}]"#,
      #"{"foo":"bar","baz":"qux"}"#
    ),
    // A.14 and A.16
    (#"{"/":9,"~1":10}"#, #"[{"op":"test","path":"/~01","value":10}]"#, #"{"/":9,"~1":10}"#),
    (
      #"{"foo":["bar"]}"#, #"[{"op":"add","path":"/foo/-","value":["abc","def"]}]"#,
      #"{"foo":["bar",["abc","def"]]}"#
    ),
    // Others.
    ("{}", "[]", "{}"),
    (#"{"a":1}"#, #"[{"op":"add","path":"/a","value":2}]"#, #"{"a":2}"#),
    (#"{"a":1}"#, #"[{"op":"add","path":"","value":[]}]"#, "[]"),
    (#"{"a":1}"#, #"[{"op":"replace","path":"","value":null}]"#, "null"),
    (#"{"a":1}"#, #"[{"op":"copy","from":"","path":"/b"}]"#, #"{"a":1,"b":{"a":1}}"#),
    (#"{"a":[1]}"#, #"[{"op":"copy","from":"/a/0","path":"/a/-"}]"#, #"{"a":[1,1]}"#),
    (#"{"a":[]}"#, #"[{"op":"add","path":"/a/0","value":1}]"#, #"{"a":[1]}"#),
    (#"{"a":{"b":1}}"#, #"[{"op":"move","from":"/a","path":"/a"}]"#, #"{"a":{"b":1}}"#),
    (#"{"a":{"b":1}}"#, #"[{"op":"move","from":"/a/b","path":"/a"}]"#, #"{"a":1}"#),
    (#"{"":1}"#, #"[{"op":"replace","path":"/","value":2}]"#, #"{"":2}"#),
    (
      #"{"a":1.0,"b":{"x":1,"y":2}}"#,
      #"[{"op":"test","path":"/a","value":1},{"op":"test","path":"/b","value":{"y":2,"x":1}}]"#,
      #"{"a":1.0,"b":{"x":1,"y":2}}"#
    ),
  ]

  @Test(arguments: applied)
  func applies(document: String, patch: String, result: String) throws {
    let patch = try JSONPatch(reading: readJSON(patch))
    #expect(try patch.applied(to: readJSON(document)) == readJSON(result))
    var writer = JSONWriter()
    writer.patch(patch)
    #expect(try JSONPatch(reading: JSONReader.read(writer.bytes).withoutPositions) == patch)
  }

  /// Document, patch, and the fault.
  static let refused: [(document: String, patch: String, fault: String)] = [
    // A.9, A.12, A.13 (whose doubled key the reader of the text refuses), A.15
    (
      #"{"baz":"qux"}"#, #"[{"op":"test","path":"/baz","value":"bar"}]"#,
      "test-failed /baz operation 0: /baz holds another value"
    ),
    (
      #"{"foo":"bar"}"#, #"[{"op":"add","path":"/baz/bat","value":"qux"}]"#,
      "not-found /baz operation 0: there is nothing at /baz"
    ),
    (
      #"{"/":9,"~1":10}"#, #"[{"op":"test","path":"/~01","value":"10"}]"#,
      "test-failed /~01 operation 0: /~01 holds another value"
    ),
    // Places.
    ("{}", #"[{"op":"remove","path":"/a"}]"#, "not-found /a operation 0: there is nothing at /a"),
    (
      "{}", #"[{"op":"add","path":"/a","value":1},{"op":"replace","path":"/b","value":1}]"#,
      "not-found /b operation 1: there is nothing at /b"
    ),
    (
      #"{"a":1}"#, #"[{"op":"add","path":"/a/b","value":1}]"#,
      "not-found /a/b operation 0: /a is neither an object nor a list; nothing can be added to it"
    ),
    (
      "1", #"[{"op":"add","path":"/b","value":1}]"#,
      "not-found /b operation 0: the document is neither an object nor a list; nothing can be added to it"
    ),
    (
      "[1]", #"[{"op":"add","path":"/2","value":1}]"#,
      "invalid-index /2 operation 0: \"2\" is no index of a list of 1; it is a number from 0 to 1, or -"
    ),
    (
      "[1]", #"[{"op":"add","path":"/01","value":1}]"#,
      "invalid-index /01 operation 0: \"01\" is no index of a list of 1; it is a number from 0 to 1, or -"
    ),
    (
      "[1]", #"[{"op":"add","path":"/x","value":1}]"#,
      "invalid-index /x operation 0: \"x\" is no index of a list of 1; it is a number from 0 to 1, or -"
    ),
    ("[1]", #"[{"op":"remove","path":"/1"}]"#, "not-found /1 operation 0: there is nothing at /1"),
    ("[1]", #"[{"op":"remove","path":"/-"}]"#, "not-found /- operation 0: there is nothing at /-"),
    (
      "[1]", #"[{"op":"test","path":"/-1","value":1}]"#,
      "not-found /-1 operation 0: there is nothing at /-1"
    ),
    (
      #"{"a":{}}"#, #"[{"op":"move","from":"/a","path":"/a/b"}]"#,
      "into-itself /a/b operation 0: /a cannot move into itself, /a/b"
    ),
    (
      "[]", #"[{"op":"copy","from":"/0","path":"/-"}]"#,
      "not-found /0 operation 0: there is nothing at /0"
    ),
    (
      "1", #"[{"op":"test","path":"","value":2}]"#,
      "test-failed  operation 0: the document holds another value"
    ),
    // Shapes.
    ("{}", "{}", "malformed - a patch is a list of operations, not an object"),
    ("{}", "[1]", "malformed - operation 0: an operation is an object, not the number 1"),
    ("{}", "[{}]", "malformed - operation 0: the operation needs \"op\""),
    ("{}", #"[{"op":1}]"#, "malformed - operation 0: \"op\" is a text, not the number 1"),
    (
      "{}", #"[{"op":"inc","path":""}]"#,
      "malformed - operation 0: \"inc\" is not one of add, remove, replace, move, copy, test"
    ),
    ("{}", #"[{"op":"remove"}]"#, "malformed - operation 0: the operation needs \"path\""),
    (
      "{}", #"[{"op":"add","path":"/a"}]"#, "malformed - operation 0: the operation needs \"value\""
    ),
    (
      "{}", #"[{"op":"move","path":"/a"}]"#, "malformed - operation 0: the operation needs \"from\""
    ),
    (
      "{}", #"[{"op":"remove","path":"a"}]"#,
      "malformed - operation 0: \"a\" is not a JSON Pointer: it begins with a slash, and ~ stands only in ~0 and ~1"
    ),
    (
      "{}", #"[{"op":"remove","path":"/~2"}]"#,
      "malformed - operation 0: \"/~2\" is not a JSON Pointer: it begins with a slash, and ~ stands only in ~0 and ~1"
    ),
  ]

  @Test(arguments: refused)
  func refuses(document: String, patch: String, fault: String) throws {
    let error = #expect(throws: PatchFault.self) {
      try JSONPatch(reading: readJSON(patch)).applied(to: readJSON(document))
    }
    let actual = error.map {
      "\($0.code.rawValue) \($0.pointer.map(\.description) ?? "-") \($0.description)"
    }
    #expect(actual == fault)
  }

  @Test func boundsGrowth() throws {
    let doubling = JSONPatch(
      Array(repeating: .copy(from: .root["a"], to: .root["a"]["-"]), count: 60))
    let error = #expect(throws: PatchFault.self) {
      try doubling.applied(to: readJSON(#"{"a":[[]]}"#))
    }
    #expect(error?.code == .tooLarge)
    let wide = try readJSON("[\(Array(repeating: "1", count: 2000).joined(separator: ","))]")
    let copies = JSONPatch((0..<60).map { .copy(from: .root["x"], to: .root["y\($0)"]) })
    let tooLarge = #expect(throws: PatchFault.self) {
      try copies.applied(to: DocumentNode(.object([DocumentMember("x", wide)])))
    }
    #expect(tooLarge?.code == .tooLarge)
    #expect(tooLarge?.operation == 48)
  }

  @Test func takesEdits() throws {
    let edits: [Edit] = [
      .replace(.root["networks"][1]["ipv4"], .string("10.0.3.0/24")),
      .add(
        .root["port_forwards"]["-"],
        .object([
          EditMember("host_port", .integer(2222)), EditMember("on", .bool(true)),
          EditMember("x", .array([.null])),
        ])),
      .remove(.root["vms"][0]),
    ]
    var writer = JSONWriter()
    writer.patch(JSONPatch(edits: edits))
    #expect(
      String(decoding: writer.bytes, as: UTF8.self)
        == #"[{"op":"replace","path":"/networks/1/ipv4","value":"10.0.3.0/24"},"#
        + #"{"op":"add","path":"/port_forwards/-","value":{"host_port":2222,"on":true,"x":[null]}},"#
        + #"{"op":"remove","path":"/vms/0"}]"#)
  }

  /// A difference turns one document into the other; of equal ones there is none.
  @Test(arguments: 0..<400 as Range<UInt64>)
  func differencesApply(seed: UInt64) throws {
    var generator = DocumentGenerator(seed: seed)
    let old = generator.document()
    let other = generator.document()
    let changed = edited(old, using: &generator)
    for (from, to) in [(old, other), (old, changed), (changed, old)] {
      let patch = JSONPatch.difference(from: from, to: to)
      let result = try patch.applied(to: from)
      let isSame = result.isEquivalent(to: to)
      #expect(isSame, "seed \(seed)")
      #expect(patch.operations.isEmpty == from.isEquivalent(to: to), "seed \(seed)")
    }
  }

  /// Every list of up to four elements, of two kinds, against every other.
  @Test func differencesOfListsApply() throws {
    let lists = (0...4).flatMap { count in
      (0..<(1 << count)).map { bits in
        DocumentNode(
          .array((0..<count).map { DocumentNode(.number(.integer(Int64(bits >> $0 & 1)))) }))
      }
    }
    for from in lists {
      for to in lists {
        #expect(try JSONPatch.difference(from: from, to: to).applied(to: from).isEquivalent(to: to))
      }
    }
  }

  /// The document with one random part replaced, removed or added.
  private func edited(_ node: DocumentNode, using generator: inout DocumentGenerator)
    -> DocumentNode
  {
    switch node.value {
    case .array(var elements):
      let index = Int.random(in: 0...elements.count, using: &generator.random)
      if index == elements.count || Bool.random(using: &generator.random) {
        elements.insert(generator.document(depth: 1), at: index)
      } else if Bool.random(using: &generator.random) {
        elements.remove(at: index)
      } else {
        elements[index] = edited(elements[index], using: &generator)
      }
      return DocumentNode(.array(elements))
    case .object(var members):
      guard let index = members.indices.randomElement(using: &generator.random) else { return node }
      if Bool.random(using: &generator.random) {
        members.remove(at: index)
      } else {
        members[index].value = edited(members[index].value, using: &generator)
      }
      return DocumentNode(.object(members))
    default: return generator.document(depth: 1)
    }
  }

  @Test(arguments: [
    ("[1,2,3]", "[1,3]", #"[{"op":"remove","path":"/1"}]"#),
    ("[1,3]", "[1,2,3]", #"[{"op":"add","path":"/1","value":2}]"#),
    ("[1]", "[1,2,3]", #"[{"op":"add","path":"/-","value":2},{"op":"add","path":"/-","value":3}]"#),
    (
      "[1,9]", "[1,2,3,9]",
      #"[{"op":"add","path":"/1","value":2},{"op":"add","path":"/2","value":3}]"#
    ),
    (
      "[1,2,3]", "[]",
      #"[{"op":"remove","path":"/2"},{"op":"remove","path":"/1"},{"op":"remove","path":"/0"}]"#
    ),
    (
      #"{"a":{"b":[{"c":1}]}}"#, #"{"a":{"b":[{"c":2}]}}"#,
      #"[{"op":"replace","path":"/a/b/0/c","value":2}]"#
    ),
    (
      #"{"a":1,"b":2}"#, #"{"b":2.0,"c/d":3}"#,
      #"[{"op":"remove","path":"/a"},{"op":"add","path":"/c~1d","value":3}]"#
    ),
    ("1", "{}", #"[{"op":"replace","path":"","value":{}}]"#),
    (#"{"a":1,"b":2}"#, #"{"b":2,"a":1}"#, "[]"),
  ])
  func differencesAreSmall(old: String, new: String, patch: String) throws {
    var writer = JSONWriter()
    writer.patch(.difference(from: try readJSON(old), to: try readJSON(new)))
    #expect(String(decoding: writer.bytes, as: UTF8.self) == patch)
  }

  /// RFC 6901 section 5.
  @Test(
    arguments: [
      ("", nil), ("/foo", #"["bar","baz"]"#), ("/foo/0", #""bar""#), ("/", "0"), ("/a~1b", "1"),
      ("/c%d", "2"), ("/e^f", "3"), ("/g|h", "4"), ("/i\\j", "5"), ("/k\"l", "6"), ("/ ", "7"),
      ("/m~0n", "8"),
    ] as [(String, String?)])
  func followsPointers(pointer: String, expected: String?) throws {
    let document = try readJSON(
      #"{"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,"i\\j":5,"k\"l":6," ":7,"m~n":8}"#
    )
    let place = try #require(JSONPointer(parsing: pointer))
    #expect(place.description == pointer)
    #expect(try document.value(at: place) == expected.map(readJSON) ?? document)
  }
}
