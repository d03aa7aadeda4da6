import LabFormats
import Testing

@testable import LabAnswers

/// Lists and values in answers end at their bounds, and say what is left out.
@Suite struct JSONWriterBoundsTests {
  private func written(_ write: (inout JSONWriter) -> Void) -> String {
    var writer = JSONWriter()
    writer.object { write(&$0) }
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  @Test(arguments: [0, 1, 2, 3, 7])
  func aListEndsAtItsNumberOfElements(count: Int) {
    let text = written { writer in
      let left = writer.member("list", firstOf: Array(0..<count), atMost: 2) { $0.integer($1) }
      writer.more(["list": left])
    }
    let shown = (0..<min(count, 2)).map { "\($0)" }.joined(separator: ",")
    let more = count > 2 ? ",\"more\":{\"list\":\(count - 2)}" : ""
    #expect(text == "{\"list\":[\(shown)]\(more)}")
  }

  @Test func aListEndsWhereTheAnswerIsLarge() {
    let element = String(repeating: "x", count: 1 << 20)
    var writer = JSONWriter()
    writer.beginObject()
    let left = writer.member("list", firstOf: [String](repeating: element, count: 9)) {
      $0.string($1)
    }
    #expect(left == 7)
    #expect(writer.count < AnswerBounds.bytes + element.utf8.count)
  }

  @Test func aLargeValueIsLeftOutAsAWhole() {
    func text(_ count: Int) -> String {
      written { writer in
        writer.key("value")
        writer.bounded { $0.string(String(repeating: "x", count: count)) }
      }
    }
    #expect(text(3) == "{\"value\":\"xxx\"}")
    #expect(text(AnswerBounds.valueBytes - 1) == "{\"value\":null}")
  }
}
