import LabFormats
import Testing

struct JSONWriterTests {
  private func text(
    _ layout: JSONWriter.Layout, _ write: (inout JSONWriter) -> Void
  ) -> String {
    var writer = JSONWriter(layout)
    write(&writer)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  private func example(_ writer: inout JSONWriter) {
    writer.object {
      $0.member("lab", "beta-test")
      $0.member("revision", 3)
      $0.member("port", Optional<Int>.none)
      $0.member("note", Optional<String>.none)
      $0.member("reachable", true)
      $0.member("empty", array: [Int]()) { $0.integer($1) }
      $0.member("nothing", object: { _ in })
      $0.member("cells", array: ["self", "direct"]) { $0.string($1) }
      $0.key(text: "a\"b")
      $0.array([1, 2]) { $0.integer($1) }
      $0.key("raw")
      $0.raw(Array(#"{"x":[],"y":[{"z":"{\"}, "}]}"#.utf8))
      $0.member("inner", object: { $0.member("free", UInt64.max) })
    }
  }

  @Test func writesCompact() {
    #expect(
      text(.compact, example)
        == #"{"lab":"beta-test","revision":3,"port":null,"note":null,"reachable":true,"empty":[],"#
        + #""nothing":{},"cells":["self","direct"],"a\"b":[1,2],"raw":{"x":[],"y":[{"z":"{\"}, "}]},"#
        + #""inner":{"free":18446744073709551615}}"#)
  }

  @Test func writesPretty() {
    #expect(
      text(.pretty, example) == #"""
        {
          "lab": "beta-test",
          "revision": 3,
          "port": null,
          "note": null,
          "reachable": true,
          "empty": [],
          "nothing": {},
          "cells": [
            "self",
            "direct"
          ],
          "a\"b": [
            1,
            2
          ],
          "raw": {
            "x": [],
            "y": [
              {
                "z": "{\"}, "
              }
            ]
          },
          "inner": {
            "free": 18446744073709551615
          }
        }
        """#)
  }

  @Test(arguments: [
    ("", #""""#), ("plain", #""plain""#), ("\"", #""\"""#), ("a\\b", #""a\\b""#),
    ("\u{8}\u{C}\n\r\t", #""\b\f\n\r\t""#), ("\u{0}x\u{1F}", #""\u0000x\u001F""#),
    ("\"é\" \u{7F}🧪", "\"\\\"é\\\" \u{7F}🧪\""), ("</script>", #""</script>""#),
  ])
  func escapes(content: String, expected: String) {
    #expect(text(.compact) { $0.string(content) } == expected)
  }

  /// Every length around the places where the buffer grows, with the longest escapes.
  @Test func growsAsNeeded() throws {
    for length in 0..<200 {
      for content in ["\u{1}", "é", "\"", "a"] {
        let text = String(repeating: content, count: length)
        var writer = JSONWriter(length % 2 == 0 ? .compact : .pretty, reservingCapacity: 0)
        writer.array([text, text]) { writer, text in
          writer.object {
            $0.key(text: text)
            $0.string(text)
          }
        }
        let document = try JSONReader.read(writer.bytes)
        #expect(document[1]?[text]?.value == .string(text))
      }
    }
  }

  @Test func writesIntegers() {
    let values: [Int] = [0, 1, 9, 10, 99, 100, 65535, -1, -10, .max, .min]
    for value in values { #expect(text(.compact) { $0.integer(value) } == "\(value)") }
    #expect(text(.compact) { $0.integer(UInt128.max) } == "\(UInt128.max)")
  }

  @Test(arguments: [
    (0, "0.0"), (1.5, "1.5"), (-1e-7, "-1e-07"), (1e300, "1e+300"), (.infinity, "null"),
    (.nan, "null"),
  ])
  func writesDoubles(value: Double, expected: String) throws {
    #expect(text(.compact) { $0.double(value) } == expected)
    _ = try JSONReader.read(Array(expected.utf8))
  }
}
