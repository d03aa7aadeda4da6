import LabFormats
import Testing

private func read(_ text: String) throws(SyntaxFaults) -> DocumentNode {
  try JSONReader.read(Array(text.utf8))
}

private func compact(_ node: DocumentNode) -> String {
  var writer = JSONWriter()
  writer.document(node)
  return String(decoding: writer.bytes, as: UTF8.self)
}

struct JSONReaderTests {
  /// Texts to be read, and what is written back.
  static let accepted: [(text: String, compact: String)] = [
    ("null", "null"),
    (" true ", "true"),
    ("\r\n\tfalse\n", "false"),
    ("[]", "[]"),
    ("{}", "{}"),
    ("[ ]", "[]"),
    ("{ }", "{}"),
    ("[[]]", "[[]]"),
    ("[1, 2 ,3]", "[1,2,3]"),
    (#"{"a":1,"b":[true,null]}"#, #"{"a":1,"b":[true,null]}"#),
    (#"{"b":1,"a":2}"#, #"{"b":1,"a":2}"#),
    (#"{"":0}"#, #"{"":0}"#),
    (#"{"a":{"a":{"a":1}}}"#, #"{"a":{"a":{"a":1}}}"#),
    // Numbers.
    ("0", "0"),
    ("-0", "-0"),
    ("-1", "-1"),
    ("9223372036854775807", "9223372036854775807"),
    ("-9223372036854775808", "-9223372036854775808"),
    ("9223372036854775808", "9223372036854775808"),
    ("123456789012345678901234567890", "123456789012345678901234567890"),
    ("1.0", "1.0"),
    ("1e2", "1e2"),
    ("1E+2", "1E+2"),
    ("-0.5e-3", "-0.5e-3"),
    ("0e1", "0e1"),
    // Strings.
    (#""""#, #""""#),
    (#""é日🧪""#, #""é日🧪""#),
    (#""\u00e9""#, #""é""#),
    (#""\uD83E\uDDEA""#, #""🧪""#),
    (#""\ud83e\uddea""#, #""🧪""#),
    (#""\"\\\/\b\f\n\r\t""#, #""\"\\/\b\f\n\r\t""#),
    (#""\u0000""#, #""\u0000""#),
    (#""\u0022\u005c""#, #""\"\\""#),
    ("\"\u{7F}\"", "\"\u{7F}\""),
    ("\"\u{2028}\u{FFFF}\u{10FFFF}\"", "\"\u{2028}\u{FFFF}\u{10FFFF}\""),
    ("\"a\\nb/*c*/ // d\"", "\"a\\nb/*c*/ // d\""),
  ]

  @Test(arguments: accepted)
  func reads(text: String, compact expected: String) throws {
    #expect(compact(try read(text)) == expected)
  }

  /// Texts to be refused, where, and in which words.
  static let refused: [(text: String, fault: String)] = [
    ("", "line 1, column 1: the document is empty"),
    (" \n ", "line 2, column 2: the document is empty"),
    (
      "\u{FEFF}{}",
      "line 1, column 1: the document begins with a byte order mark; save it as UTF-8 without one"
    ),
    // What ends too late or too early.
    (
      "{} x",
      "line 1, column 4: the document is complete before this; remove what follows, beginning with 'x'"
    ),
    (
      "[1]]",
      "line 1, column 4: the document is complete before this; remove what follows, beginning with ']'"
    ),
    ("[1", "line 1, column 1: the array that begins here is not closed: a ']' is missing"),
    ("[1,", "line 1, column 4: a value is missing here, before the end of the document"),
    ("[", "line 1, column 2: a value is missing here, before the end of the document"),
    (
      "{\"a\": [1,\n 2",
      "line 1, column 7: the array that begins here is not closed: a ']' is missing"
    ),
    ("{\"a\":1", "line 1, column 1: the object that begins here is not closed: a '}' is missing"),
    (
      "{",
      "line 1, column 2: a key in double quotes is missing here, before the end of the document"
    ),
    (
      "[1}",
      "line 1, column 3: the array that begins at line 1, column 1 is closed with ']', not with '}'"
    ),
    (
      "{\"a\":1]",
      "line 1, column 7: the object that begins at line 1, column 1 is closed with '}', not with ']'"
    ),
    ("]", "line 1, column 1: a value is missing here, before ']'"),
    // Commas and colons.
    ("[1,]", "line 1, column 3: remove this comma: nothing follows it before ']'"),
    ("{\"a\":1,\n}", "line 1, column 7: remove this comma: nothing follows it before '}'"),
    ("[,1]", "line 1, column 2: a value is missing here, before ','"),
    ("[1,,2]", "line 1, column 4: a value is missing here, before ','"),
    ("[1 2]", "line 1, column 4: a comma or ']' is missing here, before '2'"),
    (
      "{\"a\": 1\n \"b\": 2}", "line 2, column 2: a comma or '}' is missing here, before '\"'"
    ),
    ("{,}", "line 1, column 2: a key in double quotes is missing here, before ','"),
    ("{\"a\" 1}", "line 1, column 6: after the key \"a\" there must be a colon, not '1'"),
    ("{\"a\"}", "line 1, column 5: after the key \"a\" there must be a colon, not '}'"),
    ("{\"a\":}", "line 1, column 6: a value is missing here, before '}'"),
    ("{\"a\"::1}", "line 1, column 6: a value is missing here, before ':'"),
    ("[\"a\":1]", "line 1, column 5: a comma or ']' is missing here, before ':'"),
    ("{1:2}", "line 1, column 2: a key is written in double quotes"),
    ("{a:2}", "line 1, column 2: a key is written in double quotes"),
    ("{[]:1}", "line 1, column 2: a key in double quotes is missing here, before '['"),
    // Other notations.
    ("{'a':2}", "line 1, column 2: a string is written in double quotes, not in single ones"),
    ("['a']", "line 1, column 2: a string is written in double quotes, not in single ones"),
    (
      "[1] // end",
      "line 1, column 5: the document is complete before this; remove what follows, beginning with '/'"
    ),
    ("[// one\n1]", "line 1, column 2: JSON has no comments"),
    ("{# one\n}", "line 1, column 2: JSON has no comments"),
    ("[True]", "line 1, column 2: True is written true in JSON"),
    ("[None]", "line 1, column 2: None is written null in JSON"),
    ("[NaN]", "line 1, column 2: JSON has no NaN"),
    ("[Infinity]", "line 1, column 2: JSON has no Infinity"),
    ("[nul]", "line 1, column 2: nul is no value; put text in double quotes"),
    ("[nulls]", "line 1, column 2: nulls is no value; put text in double quotes"),
    ("truefalse", "line 1, column 1: truefalse is no value; put text in double quotes"),
    ("[linux]", "line 1, column 2: linux is no value; put text in double quotes"),
    ("[é]", "line 1, column 2: a value is missing here, before 'é'"),
    // Numbers.
    ("01", "line 1, column 1: a number does not begin with a zero before its digits"),
    ("-01", "line 1, column 1: a number does not begin with a zero before its digits"),
    ("00", "line 1, column 1: a number does not begin with a zero before its digits"),
    ("+1", "line 1, column 1: a number is written without a plus sign"),
    (".5", "line 1, column 1: a number needs a digit before the point"),
    ("1.", "line 1, column 3: a number needs a digit after the point, not the end of the document"),
    ("[1.]", "line 1, column 4: a number needs a digit after the point, not ']'"),
    ("[1.e3]", "line 1, column 4: a number needs a digit after the point, not 'e'"),
    ("[1e]", "line 1, column 4: a number needs a digit in the exponent, not ']'"),
    ("[1e+]", "line 1, column 5: a number needs a digit in the exponent, not ']'"),
    ("[-]", "line 1, column 3: a number needs a digit after the minus sign, not ']'"),
    ("[-a]", "line 1, column 3: a number needs a digit after the minus sign, not 'a'"),
    (
      "[0x1F]",
      "line 1, column 2: the number that begins here has 'x' in it; put text in double quotes"
    ),
    (
      "[10.0.2.0/24]",
      "line 1, column 2: the number that begins here has '.' in it; put text in double quotes"
    ),
    (
      "[1_000]",
      "line 1, column 2: the number that begins here has '_' in it; put text in double quotes"
    ),
    ("[1e1234567890]", "line 1, column 2: a number's exponent has at most nine digits"),
    // Strings.
    ("\"abc", "line 1, column 1: the string that begins here has no closing quote"),
    ("[\"a\\\"]", "line 1, column 2: the string that begins here has no closing quote"),
    (
      "[\"a\nb\"]",
      "line 1, column 2: the string that begins here does not end on its line; close the quote, or write \\n"
    ),
    ("\"a\tb\"", "line 1, column 3: a tab inside a string is written \\t"),
    (
      "\"a\u{1F}\"", "line 1, column 3: a control character inside a string is written \\u001F"
    ),
    (
      "\"\u{0}\"", "line 1, column 2: a control character inside a string is written \\u0000"
    ),
    (
      #""\x""#,
      #"line 1, column 2: a backslash is followed by one of " \ / b f n r t or uXXXX, not by 'x'; for a backslash itself write two"#
    ),
    (#""\u12""#, #"line 1, column 2: \u is followed by four hexadecimal digits, not by '"'"#),
    (#""\u12g4""#, #"line 1, column 2: \u is followed by four hexadecimal digits, not by 'g'"#),
    (
      #""\uD800""#,
      #"line 1, column 2: \uD800 is one half of a surrogate pair, and the other half must follow it"#
    ),
    (
      #""\uD800\u0041""#,
      #"line 1, column 2: \uD800 is one half of a surrogate pair, and the other half must follow it"#
    ),
    (
      #""a\uDEAD""#,
      #"line 1, column 3: \uDEAD is one half of a surrogate pair, and the other half must stand before it"#
    ),
    // Columns count scalars.
    ("[\"é日🧪\", x]", "line 1, column 9: x is no value; put text in double quotes"),
    ("[\"é\",\r\n\"é\", x]", "line 2, column 6: x is no value; put text in double quotes"),
    ("[\r\r x]", "line 3, column 2: x is no value; put text in double quotes"),
    ("[\u{A0}1]", "line 1, column 2: a value is missing here, before U+00A0"),
    // Keys that stand twice: all of them, and the first fault of the grammar.
    (
      #"{"a":1,"a":2}"#,
      "line 1, column 8: the key \"a\" is in this object already, at line 1, column 2; keep one of the two"
    ),
    (
      "{\"a\":1,\n\"a\":2, \"b\": {\"c\":1, \"\\u0063\":2}, \"a\": 3,}",
      """
      line 2, column 1: the key "a" is in this object already, at line 1, column 2; keep one of the two
      line 2, column 21: the key "c" is in this object already, at line 2, column 14; keep one of the two
      line 2, column 34: the key "a" is in this object already, at line 1, column 2; keep one of the two
      line 2, column 40: remove this comma: nothing follows it before '}'
      """
    ),
  ]

  @Test(arguments: refused)
  func refuses(text: String, fault: String) {
    let error = #expect(throws: SyntaxFaults.self) { try read(text) }
    #expect(error?.description == fault)
  }

  /// Bytes that are not UTF-8, inside a string that begins at column 1.
  static let notUTF8: [[UInt8]] = [
    [0x80], [0xFF], [0xC0, 0x80], [0xC1, 0xBF], [0xC3], [0xE0, 0x80, 0x80], [0xE2, 0x82],
    [0xED, 0xA0, 0x80], [0xF0, 0x80, 0x80, 0x80], [0xF4, 0x90, 0x80, 0x80],
    [0xF5, 0x80, 0x80, 0x80],
    [0xF0, 0x9F, 0xA7],
  ]

  @Test(arguments: notUTF8)
  func refusesWhatIsNotUTF8(bytes: [UInt8]) {
    let quote = [UInt8(ascii: "\"")]
    for document in [quote + bytes + quote, quote + bytes, [UInt8(ascii: "[")] + bytes] {
      #expect(String(validating: document, as: UTF8.self) == nil)
      #expect(throws: SyntaxFaults.self) { try JSONReader.read(document) }
    }
    let error = #expect(throws: SyntaxFaults.self) { try JSONReader.read(quote + bytes + quote) }
    #expect(error?.faults.map(\.code) == [.encoding])
    #expect(error?.faults.first?.position == SourcePosition(line: 1, column: 2))
  }

  @Test func boundsDepth() throws {
    let limit = documentNestingLimit
    func nested(_ levels: Int) -> String {
      String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
    }
    _ = try read(nested(limit))
    let error = #expect(throws: SyntaxFaults.self) { try read(nested(limit + 1)) }
    #expect(error?.faults.first?.code == .tooDeep)
    #expect(error?.faults.first?.position == SourcePosition(line: 1, column: limit + 1))
    #expect(throws: SyntaxFaults.self) {
      try read(String(repeating: "{\"a\":", count: 1_000_000))
    }
  }

  @Test func findsTwiceKeysAmongMany() throws {
    let keys = (0..<5000).map { "\"k\($0)\":\($0)" }
    _ = try read("{\(keys.joined(separator: ","))}")
    let error = #expect(throws: SyntaxFaults.self) {
      try read("{\((keys + ["\"k3\":0", "\"k4999\":0"]).joined(separator: ","))}")
    }
    #expect(error?.faults.map(\.code) == [.duplicateKey, .duplicateKey])
  }

  @Test func knowsPlaces() throws {
    let root = try read("\n{\"é\": [1,\n  {\"b\" : null}]\n}")
    #expect(root.position == SourcePosition(line: 2, column: 1))
    #expect(root["é"]?.position == SourcePosition(line: 2, column: 7))
    #expect(root["é"]?[0]?.position == SourcePosition(line: 2, column: 8))
    #expect(root["é"]?[1]?["b"]?.position == SourcePosition(line: 3, column: 10))
    guard case .object(let members)? = root["é"]?[1]?.value else {
      Issue.record("no object")
      return
    }
    #expect(members.first?.keyPosition == SourcePosition(line: 3, column: 4))
  }
}
