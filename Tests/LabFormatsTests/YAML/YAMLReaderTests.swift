import LabFormats
import Testing

private func read(_ text: String) throws(SyntaxFaults) -> DocumentNode {
  try YAMLReader.read(Array(text.utf8))
}

private func json(_ text: String) throws -> DocumentNode {
  try JSONReader.read(Array(text.utf8)).withoutPositions
}

struct YAMLReaderTests {
  /// YAML, and the JSON that says the same.
  static let accepted: [(yaml: String, json: String)] = [
    // The core schema (YAML 1.2.2 section 10.3).
    ("[null, Null, NULL, ~, ]", "[null,null,null,null]"),
    ("a:\nb: ~", #"{"a":null,"b":null}"#),
    ("[true, True, TRUE, false, False, FALSE]", "[true,true,true,false,false,false]"),
    ("[0, 7, -19, +12, 007, 0o7, 0x3A, 0xfF]", "[0,7,-19,12,7,7,58,255]"),
    (
      "[0., -0.0, .5, +1.5, 12e03, -2E+05, 1.e3, 00.5]", "[0.0,-0.0,0.5,1.5,12e03,-2E+05,1.0e3,0.5]"
    ),
    ("[9223372036854775807, 9223372036854775808]", "[9223372036854775807,9223372036854775808]"),
    // What YAML 1.1 took for something else.
    (
      "[no, NO, on, off, yes, y, n, 22:22, 1_000, 0b1, 2024-01-02, -, 0o8, 0x, 1e, .e1, nUll]",
      #"["no","NO","on","off","yes","y","n","22:22","1_000","0b1","2024-01-02","-","0o8","0x","1e",".e1","nUll"]"#
    ),
    (
      "[10.0.2.0/24, 10.0.2.15, fd17::/64, 08:00:27:aa:00:01]",
      #"["10.0.2.0/24","10.0.2.15","fd17::/64","08:00:27:aa:00:01"]"#
    ),
    // Quotes make strings.
    (#"["1", 'true', "", '', "~"]"#, #"["1","true","","","~"]"#),
    (#"["\n\t\"\\\x41\u00e9\U0001F9EA", 'it''s']"#, #"["\n\t\"\\Aé🧪","it's"]"#),
    ("a: |\n  x\n  y\nb: >-\n  x\n  y\n", #"{"a":"x\ny\n","b":"x y"}"#),
    ("a: x\n  y", #"{"a":"x y"}"#),
    // Tags of the core schema.
    (
      #"[!!str 22, !!int "22", !!float 1.5, !!bool "true", !!null "", ! 22, !!float 2]"#,
      #"["22",22,1.5,true,null,"22",2]"#
    ),
    ("!!map {a: !!seq [1]}", #"{"a":[1]}"#),
    // Structure.
    ("- a\n- - b\n  - c\n- d: 1\n  e: 2\n", #"["a",["b","c"],{"d":1,"e":2}]"#),
    ("a:\n- 1\n- 2\n", #"{"a":[1,2]}"#),
    ("{a, b: }", #"{"a":null,"b":null}"#),
    (#"{"a":1,"b":[true,{}]}"#, #"{"a":1,"b":[true,{}]}"#),
    ("? a\n: b\n", #"{"a":"b"}"#),
    ("1: a\ntrue: b\n~: c\n\"\": d", #"{"1":"a","true":"b","~":"c","":"d"}"#),
    ("\"<<\": 1", #"{"<<":1}"#),
    ("%YAML 1.2\n---\na: 1\n...\n", #"{"a":1}"#),
    ("# comment\n--- # another\nfoo", #""foo""#),
    ("\u{FEFF}a: 1", #"{"a":1}"#),
    ("a: 1\r\nb: 2\r\n", #"{"a":1,"b":2}"#),
    // Anchors and aliases; asterisks that are none.
    (
      "a: &x [1, {b: c}]\nd: *x\ne: [*x, *x]",
      #"{"a":[1,{"b":"c"}],"d":[1,{"b":"c"}],"e":[[1,{"b":"c"}],[1,{"b":"c"}]]}"#
    ),
    ("[&x a, *x, &x b, *x]", #"["a","a","b","b"]"#),
    ("[&a-1_Z 5, *a-1_Z]", "[5,5]"),
    (#"[a*b, "*x", '*x', "a *b* c", a *b*]"#, #"["a*b","*x","*x","a *b* c","a *b*"]"#),
    (
      "a: |\n  * one\n  *two\nb: \"\u{E000}*\" # *x",
      "{\"a\":\"* one\\n*two\\n\",\"b\":\"\u{E000}*\"}"
    ),
    ("\"*\": 1\n'a*': 2\nb*: 3", #"{"*":1,"a*":2,"b*":3}"#),
  ]

  @Test(arguments: accepted)
  func reads(yaml: String, json expected: String) throws {
    #expect(try read(yaml).withoutPositions == json(expected))
  }

  /// Texts to be refused, where, and in which words.
  static let refused: [(yaml: String, fault: String)] = [
    ("", "line 1, column 1: the document is empty"),
    ("# only this\n", "line 1, column 1: the document is empty"),
    // Keys.
    (
      "a: 1\nb: 2\na: 3\n",
      "line 3, column 1: the key \"a\" is in this object already, at line 1, column 1; keep one of the two"
    ),
    (
      "vms:\n  - name: x\n    os: linux\n    # name: z\n    tags:\n      name: w\n    'name' : y\n  - name: z",
      "line 7, column 5: the key \"name\" is in this object already, at line 2, column 5; keep one of the two"
    ),
    (
      "{a: 1, \"a\": 2}",
      "line 1, column 8: the key \"a\" is in this object already, at line 1, column 2; keep one of the two"
    ),
    (
      "a*: 1\na*: 2",
      "line 2, column 1: the key \"a*\" is in this object already, at line 1, column 1; keep one of the two"
    ),
    (
      "{!!str 1: x, !!int 1: y}",
      "line 1, column 14: the key \"1\" is in this object already, at line 1, column 2; keep one of the two"
    ),
    ("[a]: 1", "line 1, column 1: a key is a plain or quoted text"),
    ("? {a: b}\n: 1", "line 1, column 3: a key is a plain or quoted text"),
    ("x: &a b\n*a : 1", "line 2, column 1: a key is a plain or quoted text"),
    (
      "a: &x {b: 1}\nc:\n  <<: *x",
      "line 3, column 3: merge keys (<<) are not part of YAML 1.2; write the keys themselves"
    ),
    // Aliases.
    ("a: *x", "line 1, column 4: no anchor &x stands before the alias *x"),
    ("a: &x [*x]", "line 1, column 8: no anchor &x stands before the alias *x"),
    ("a: *x y", "line 1, column 4: text that begins with an asterisk stands in quotes"),
    ("a: **bold**", "line 1, column 4: text that begins with an asterisk stands in quotes"),
    ("- *", "line 1, column 3: text that begins with an asterisk stands in quotes"),
    // What JSON cannot say.
    ("[.inf]", "line 1, column 2: .inf is a number that JSON cannot write; put text in quotes"),
    ("[-.INF]", "line 1, column 2: -.INF is a number that JSON cannot write; put text in quotes"),
    ("[.nan]", "line 1, column 2: .nan is a number that JSON cannot write; put text in quotes"),
    (
      "[0xFFFFFFFFFFFFFFFF]",
      "line 1, column 2: 0xFFFFFFFFFFFFFFFF is larger than 2^63-1; put text in quotes"
    ),
    (
      "[1e1234567890]",
      "line 1, column 2: a number's exponent has at most nine digits; put text in quotes"
    ),
    ("a: !x b", "line 1, column 4: the tag !x has no meaning here; remove it"),
    (
      "a: !!int x", "line 1, column 4: the tag tag:yaml.org,2002:int has no meaning here; remove it"
    ),
    (
      "!!set {a}", "line 1, column 1: the tag tag:yaml.org,2002:set has no meaning here; remove it"
    ),
    ("a: 1\n---\nb: 2", "line 2, column 1: a second document begins here; one is allowed"),
    // Syntax.
    ("a:\n\tb: 1", "line 2, column 1: indent with spaces, not with tabs"),
    ("a: @x", "line 1, column 4: a text cannot begin with '@'; put it in quotes"),
    ("é: `x`", "line 1, column 4: a text cannot begin with '`'; put it in quotes"),
    ("a: [1, 2", "line 2, column 1: a comma or ']' is missing here"),
    ("a: {b: 1", "line 2, column 1: a comma or '}' is missing here"),
    ("a: [1 2]}", "line 1, column 9: a key is missing here: check the indentation of this line"),
    ("a: \"x", "line 1, column 4: the quote that opens here is not closed"),
    ("a: 'x", "line 1, column 4: the quote that opens here is not closed"),
    (
      "a: b: c",
      "line 1, column 5: a colon cannot stand here: check the indentation, or put a text with ': ' in it in quotes"
    ),
    ("a: 1\nb\nc: 2", "line 2, column 1: a colon is missing behind the text that begins here"),
    (
      "a:\n  b: 1\n c: 2",
      "line 3, column 2: a key is missing here: check the indentation of this line"
    ),
    ("- a\nb: 1", "line 2, column 1: a '-' is missing here: check the indentation of this line"),
    ("a: - b", "line 1, column 4: a list entry cannot begin here: check the indentation"),
    (
      #"a: "\d""#,
      "line 1, column 5: this is no escape in double quotes; write the backslash twice, or single quotes"
    ),
    // Characters.
    (
      "a: \u{0}b",
      "line 1, column 4: U+0000 may stand in a document only as an escape in double quotes"
    ),
    (
      "é\r\nb: \u{7F}",
      "line 2, column 4: U+007F may stand in a document only as an escape in double quotes"
    ),
    (
      "a: \u{FFFF}",
      "line 1, column 4: U+FFFF may stand in a document only as an escape in double quotes"
    ),
    (
      "a: \u{FEFF}",
      "line 1, column 4: U+FEFF may stand in a document only as an escape in double quotes"
    ),
  ]

  @Test(arguments: refused)
  func refuses(yaml: String, fault: String) {
    let error = #expect(throws: SyntaxFaults.self) { try read(yaml) }
    #expect(error?.description == fault)
  }

  @Test func refusesWhatIsNotUTF8() {
    let error = #expect(throws: SyntaxFaults.self) {
      try YAMLReader.read(Array("é: ".utf8) + [0xC3])
    }
    #expect(
      error?.description
        == "line 1, column 4: the byte 0xC3 is not UTF-8 here; save the document as UTF-8")
  }

  @Test func boundsDepth() throws {
    let limit = documentNestingLimit
    func nested(_ levels: Int) -> String {
      String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
    }
    _ = try read(nested(limit))
    for yaml in [
      nested(limit + 1), nested(900), nested(100_000), String(repeating: "- ", count: 100_000),
      String(repeating: "? ", count: 5000), String(repeating: "{a: ", count: 5000),
      (0..<1500).map { String(repeating: " ", count: 2 * $0) + "a:\n" }.joined(),
      (0..<900).map { String(repeating: " ", count: 2 * $0) + "- a:\n" }.joined(),
      "a: &x \(nested(limit - 1))\nb: [*x]",
    ] {
      let error = #expect(throws: SyntaxFaults.self) { try read(yaml) }
      #expect(error?.faults.first?.code == .tooDeep, "\(yaml.prefix(20))")
    }
    _ = try read("a: &x \(nested(limit - 2))\nb: [*x]")
  }

  /// Ten anchors, each of ten aliases of the one before: ten thousand million values.
  @Test(arguments: ["", "? "])
  func boundsExpansion(keyIndicator: String) {
    var yaml = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...9 {
      let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      yaml += "a\(level): &a\(level) {\(keyIndicator)[\(aliases)]}\n"
    }
    let plain = yaml.replacing("{[", with: "[").replacing("]}", with: "]")
    let error = #expect(throws: SyntaxFaults.self) { try read(keyIndicator.isEmpty ? plain : yaml) }
    #expect(error?.faults.first?.code == (keyIndicator.isEmpty ? .tooLarge : .unsupported))
  }

  @Test func followsManyAliases() throws {
    var yaml = "vms:\n  - &vm {os: linux, adapters: [{network: shared}]}\n"
    for _ in 0..<2000 { yaml += "  - *vm\n" }
    let document = try read(yaml)
    #expect(document["vms"]?[2000]?["os"]?.value == .string("linux"))
  }

  @Test func knowsPlaces() throws {
    let root = try read("é:\n  - x\n  - &a {b: \"y\",\n     c: *a2}\n".replacing("*a2", with: "z"))
    #expect(root.position == SourcePosition(line: 1, column: 1))
    #expect(root["é"]?.position == SourcePosition(line: 2, column: 3))
    #expect(root["é"]?[0]?.position == SourcePosition(line: 2, column: 5))
    #expect(root["é"]?[1]?.position == SourcePosition(line: 3, column: 5))
    #expect(root["é"]?[1]?["b"]?.position == SourcePosition(line: 3, column: 12))
    #expect(root["é"]?[1]?["c"]?.position == SourcePosition(line: 4, column: 9))
    let aliased = try read("a: &x 1\nb*: *x\nc: *x")
    #expect(aliased["b*"]?.position == SourcePosition(line: 2, column: 5))
    #expect(aliased["c"]?.position == SourcePosition(line: 3, column: 4))
  }
}

struct YAMLReaderPropertyTests {
  /// JSON without U+007F and the like is YAML, and says the same.
  @Test(arguments: 0..<300 as Range<UInt64>)
  func readsJSON(seed: UInt64) throws {
    var generator = DocumentGenerator(seed: seed)
    let document = generator.document(depth: 5)
    for layout in [JSONWriter.Layout.compact, .pretty] {
      var writer = JSONWriter(layout)
      writer.document(document)
      let text = String(decoding: writer.bytes, as: UTF8.self)
      let isYAML = text.unicodeScalars.allSatisfy {
        ![0x7F, 0x85, 0x2028, 0xFFFF].contains($0.value)
      }
      guard isYAML else { continue }
      let isSame = try read(text).withoutPositions == document
      #expect(isSame, "seed \(seed): \(text)")
    }
  }

  /// Any bytes are read or refused with a fault; nothing crashes.
  @Test(arguments: 0..<60 as Range<UInt64>)
  func survivesBrokenInput(seed: UInt64) {
    var generator = DocumentGenerator(seed: seed)
    let samples = YAMLReaderTests.accepted.map(\.yaml) + YAMLReaderTests.refused.map(\.yaml)
    for _ in 0..<100 {
      let sample = samples.randomElement(using: &generator.random) ?? ""
      let other = samples.randomElement(using: &generator.random) ?? ""
      let bytes = mutate(Array((sample + "\n" + other).utf8), using: &generator.random)
      do throws(SyntaxFaults) {
        _ = try YAMLReader.read(bytes)
      } catch {
        #expect(!error.faults.isEmpty)
        #expect(!error.description.contains("\u{E000}"), "seed \(seed)")
      }
    }
  }
}
