import LabCore

/// The tags of YAML's core schema (YAML 1.2.2 section 10.3).
enum YAMLTag {
  /// `!`: a scalar is text.
  static let nonSpecific = "!"
  static let string = "tag:yaml.org,2002:str"
  static let null = "tag:yaml.org,2002:null"
  static let bool = "tag:yaml.org,2002:bool"
  static let integer = "tag:yaml.org,2002:int"
  static let float = "tag:yaml.org,2002:float"
  static let sequence = "tag:yaml.org,2002:seq"
  static let mapping = "tag:yaml.org,2002:map"
}

/// What a scalar says, by its tag or else by how it is written.
func scalar(
  _ text: String, isPlain: Bool, _ event: YAMLEvent
) throws(SyntaxFault) -> YAMLComposer.Part {
  let value: DocumentNode.Value
  switch event.tag {
  case nil where isPlain:
    value = try coreSchemaValue(of: text, at: event.position)
  case nil, YAMLTag.nonSpecific, YAMLTag.string:
    value = .string(text)
  case let tag?:
    value = try coreSchemaValue(of: text, at: event.position)
    guard hasTag(value, tag) else { throw foreignTag(tag, at: event.position) }
  }
  return YAMLComposer.Part(
    node: DocumentNode(value, at: event.position), size: 1 + text.utf8.count, height: 0)
}

private func hasTag(_ value: DocumentNode.Value, _ tag: String) -> Bool {
  switch value {
  case .null: tag == YAMLTag.null
  case .bool: tag == YAMLTag.bool
  case .number(.integer): tag == YAMLTag.integer || tag == YAMLTag.float
  case .number(.decimal): tag == YAMLTag.float
  case .string, .array, .object: false
  }
}

/// A tag that JSON has no value for.
func foreignTag(_ tag: String, at position: SourcePosition) -> SyntaxFault {
  SyntaxFault(
    .unsupported, at: position, "the tag \(excerpt(tag)) has no meaning here; remove it")
}
