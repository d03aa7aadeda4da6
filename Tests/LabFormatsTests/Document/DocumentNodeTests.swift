import LabFormats
import Testing

struct DocumentNodeTests {
  @Test(arguments: [
    ("1", "1", true), ("1", "1.0", true), ("1", "10e-1", true), ("100", "1e2", true),
    ("0", "-0", true), ("0", "0.000", true), ("0", "0e7", true), ("-1.50", "-15E-1", true),
    ("1", "2", false), ("1", "-1", false), ("1", "10", false),
    ("0.1", "0.10000000000000001", false),
    ("9223372036854775807", "9223372036854775808", false),
    ("9223372036854775808", "9223372036854775808.0", true),
    ("1", "\"1\"", false), ("\"é\"", "\"e\\u0301\"", false), ("null", "false", false),
    ("[1,2]", "[1,2.0]", true), ("[1,2]", "[2,1]", false), ("[1]", "[1,1]", false),
    (#"{"a":1,"b":{"c":2}}"#, #" {"b":{"c":2e0},"a":1}"#, true),
    (#"{"a":1}"#, #"{"a":1,"b":null}"#, false), (#"{"a":1}"#, #"{"b":1}"#, false),
    (#"{"a":1}"#, "[1]", false),
  ])
  func comparesContent(left: String, right: String, isEquivalent: Bool) throws {
    let left = try JSONReader.read(Array(left.utf8))
    let right = try JSONReader.read(Array(right.utf8))
    #expect(left.isEquivalent(to: right) == isEquivalent)
    #expect(right.isEquivalent(to: left) == isEquivalent)
  }

  @Test(arguments: [
    "", "-", "+1", "01", "1.", ".5", "1e", "1e+", "0x1", " 1", "1 ", "1e1234567890", "inf",
  ])
  func refusesOtherNumbers(text: String) {
    #expect(DocumentNumber(text) == nil)
  }

  @Test func keepsNumbersExact() throws {
    #expect(DocumentNumber("22") == .integer(22))
    #expect(DocumentNumber("-9223372036854775808") == .integer(.min))
    for text in ["-0", "1.0", "1e2", "9223372036854775808"] {
      let literal = try #require(DecimalLiteral(text))
      #expect(DocumentNumber(text) == .decimal(literal))
      #expect(literal.text == text)
    }
  }
}
