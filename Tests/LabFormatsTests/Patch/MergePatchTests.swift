import LabFormats
import Testing

func readJSON(_ text: String) throws -> DocumentNode {
  try JSONReader.read(Array(text.utf8)).withoutPositions
}

struct MergePatchTests {
  /// RFC 7396 appendix A.
  @Test(arguments: [
    (#"{"a":"b"}"#, #"{"a":"c"}"#, #"{"a":"c"}"#),
    (#"{"a":"b"}"#, #"{"b":"c"}"#, #"{"a":"b","b":"c"}"#),
    (#"{"a":"b"}"#, #"{"a":null}"#, "{}"),
    (#"{"a":"b","b":"c"}"#, #"{"a":null}"#, #"{"b":"c"}"#),
    (#"{"a":["b"]}"#, #"{"a":"c"}"#, #"{"a":"c"}"#),
    (#"{"a":"c"}"#, #"{"a":["b"]}"#, #"{"a":["b"]}"#),
    (#"{"a":{"b":"c"}}"#, #"{"a":{"b":"d","c":null}}"#, #"{"a":{"b":"d"}}"#),
    (#"{"a":[{"b":"c"}]}"#, #"{"a":[1]}"#, #"{"a":[1]}"#),
    (#"["a","b"]"#, #"["c","d"]"#, #"["c","d"]"#),
    (#"{"a":"b"}"#, #"["c"]"#, #"["c"]"#),
    (#"{"a":"foo"}"#, "null", "null"),
    (#"{"a":"foo"}"#, #""bar""#, #""bar""#),
    (#"{"e":null}"#, #"{"a":1}"#, #"{"e":null,"a":1}"#),
    ("[1,2]", #"{"a":"b","c":null}"#, #"{"a":"b"}"#),
    ("{}", #"{"a":{"bb":{"ccc":null}}}"#, #"{"a":{"bb":{}}}"#),
    // Section 3.
    (
      #"{"title":"Goodbye!","author":{"givenName":"John","familyName":"Doe"},"tags":["example","sample"],"content":"This will be unchanged"}"#,
      #"{"title":"Hello!","phoneNumber":"+01-123-456-7890","author":{"familyName":null},"tags":["example"]}"#,
      #"{"title":"Hello!","author":{"givenName":"John"},"tags":["example"],"content":"This will be unchanged","phoneNumber":"+01-123-456-7890"}"#
    ),
  ])
  func appliesRFC7396(target: String, patch: String, result: String) throws {
    let patched = MergePatch(try readJSON(patch)).applied(to: try readJSON(target))
    #expect(try patched == readJSON(result))
  }

  /// A patch without nulls, applied to anything, gives a document that holds all it says; applied
  /// twice it gives the same as once.
  @Test(arguments: 0..<200 as Range<UInt64>)
  func isIdempotent(seed: UInt64) throws {
    var generator = DocumentGenerator(seed: seed)
    let target = generator.object(depth: 3)
    let patch = MergePatch(generator.object(depth: 3))
    let once = patch.applied(to: target)
    #expect(patch.applied(to: once) == once, "seed \(seed)")
    let (empty, null) = (try readJSON("{}"), try readJSON("null"))
    #expect(MergePatch(empty).applied(to: target) == target, "seed \(seed)")
    #expect(MergePatch(target).applied(to: null) == MergePatch(target).applied(to: empty))
  }
}
