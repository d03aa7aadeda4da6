import CYAML
import LabCore

/// One step through a YAML text, as libyaml's parser makes it.
struct YAMLEvent {
  /// What begins, ends or stands at the place.
  enum Kind {
    case streamEnd
    case documentStart
    case documentEnd
    case alias(String)
    case scalar(String, isPlain: Bool)
    case sequenceStart
    case sequenceEnd
    case mappingStart
    case mappingEnd
  }

  let kind: Kind
  /// Where its first character is, that of its anchor or tag where it has one.
  let position: SourcePosition
  /// The name behind `&`.
  let anchor: String?
  /// As written, with its handle replaced: `tag:yaml.org,2002:int`; `!` for text.
  let tag: String?
}

/// libyaml's parser on a text. It knows nothing of aliases but their names, and holds no more of the
/// document than what is open, so that whoever takes the events bounds the work.
struct YAMLEvents: ~Copyable {
  // The parser points into itself: it must not move.
  private let parser: UnsafeMutablePointer<yaml_parser_t>

  /// - Parameter text: UTF-8 without a byte order mark. It must outlive the parser.
  init(of text: UnsafeBufferPointer<UInt8>) throws(SyntaxFault) {
    parser = .allocate(capacity: 1)
    parser.initialize(to: yaml_parser_t())
    guard yaml_parser_initialize(parser) != 0 else { throw .noMemory }
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, text.baseAddress, text.count)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
  }

  /// The next event behind the one that begins the stream.
  ///
  /// - Throws: what is wrong with the text, in words.
  mutating func next() throws(YAMLProblem) -> YAMLEvent {
    while true {
      var event = yaml_event_t()
      guard yaml_parser_parse(parser, &event) != 0 else { throw YAMLProblem(of: parser.pointee) }
      defer { yaml_event_delete(&event) }
      if let found = YAMLEvent(event) { return found }
    }
  }
}

extension SyntaxFault {
  fileprivate static let noMemory = SyntaxFault(
    .tooLarge, at: .start, "no memory is left to read the document")
}

extension YAMLEvent {
  /// Nil for what says nothing: the beginning of the stream.
  fileprivate init?(_ event: yaml_event_t) {
    var (anchor, tag): (UnsafeMutablePointer<UInt8>?, UnsafeMutablePointer<UInt8>?) = (nil, nil)
    switch event.type {
    case YAML_STREAM_END_EVENT: kind = .streamEnd
    case YAML_DOCUMENT_START_EVENT: kind = .documentStart
    case YAML_DOCUMENT_END_EVENT: kind = .documentEnd
    case YAML_ALIAS_EVENT: kind = .alias(text(event.data.alias.anchor) ?? "")
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      (anchor, tag) = (scalar.anchor, scalar.tag)
      let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
      kind = .scalar(
        String(decoding: bytes, as: UTF8.self), isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE)
    case YAML_SEQUENCE_START_EVENT:
      (anchor, tag) = (event.data.sequence_start.anchor, event.data.sequence_start.tag)
      kind = .sequenceStart
    case YAML_SEQUENCE_END_EVENT: kind = .sequenceEnd
    case YAML_MAPPING_START_EVENT:
      (anchor, tag) = (event.data.mapping_start.anchor, event.data.mapping_start.tag)
      kind = .mappingStart
    case YAML_MAPPING_END_EVENT: kind = .mappingEnd
    default: return nil
    }
    position = SourcePosition(event.start_mark)
    self.anchor = text(anchor)
    self.tag = text(tag)
  }
}

private func text(_ bytes: UnsafeMutablePointer<UInt8>?) -> String? {
  bytes.map { String(cString: $0) }
}

extension SourcePosition {
  init(_ mark: yaml_mark_t) {
    self.init(line: mark.line + 1, column: mark.column + 1)
  }
}

/// What libyaml finds wrong with a text.
struct YAMLProblem: Error {
  /// In libyaml's words.
  let words: String
  let position: SourcePosition
  /// How many characters stand before the place.
  let offset: Int
  /// What it was reading, and where that begins.
  let context: (words: String, position: SourcePosition)?

  fileprivate init(of parser: yaml_parser_t) {
    words = parser.problem.map { String(cString: $0) } ?? "the document is not YAML"
    position = SourcePosition(parser.problem_mark)
    offset = parser.problem_mark.index
    context = parser.context.map {
      (String(cString: $0), SourcePosition(parser.context_mark))
    }
  }
}
