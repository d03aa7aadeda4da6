import Yams

/// Turns the parser's nodes into a document.
struct YAMLComposer {
  /// A part of a document, and how much of it there is.
  struct Part {
    var node: DocumentNode
    /// Values, keys and bytes of text in it.
    var size: Int
    /// Objects and arrays within each other.
    var height: Int
  }

  let source: YAMLSource
  /// Keys that stand twice where the parser did not find them.
  private(set) var duplicates: [SyntaxFault] = []
  private var anchors: [String: Part] = [:]
  private var expandedSize = 0

  init(source: YAMLSource) {
    self.source = source
  }

  /// - Parameter depth: how many objects and arrays stand around the node.
  mutating func compose(_ node: Node, depth: Int) throws(SyntaxFault) -> Part {
    let position = node.mark.map(SourcePosition.init) ?? .start
    let part: Part
    switch node {
    case .scalar(let scalar):
      part = try composeScalar(scalar, at: position, depth: depth)
    case .sequence(let sequence):
      try checkTag(sequence.tag, is: .seq, at: position)
      try checkDepth(depth + 1, at: position)
      part = try composeSequence(sequence, at: position, depth: depth + 1)
    case .mapping(let mapping):
      try checkTag(mapping.tag, is: .map, at: position)
      try checkDepth(depth + 1, at: position)
      part = try composeMapping(mapping, at: position, depth: depth + 1)
    case .alias:
      throw SyntaxFault(.unsupported, at: position, "an alias cannot stand here")
    }
    if let anchor = node.anchor { anchors[anchor.rawValue] = part }
    return part
  }

  private func checkDepth(_ depth: Int, at position: SourcePosition) throws(SyntaxFault) {
    guard depth <= documentNestingLimit else {
      throw SyntaxFault(
        .tooDeep, at: position,
        "lists and mappings may be nested \(documentNestingLimit) levels deep, this is one more")
    }
  }

  private func checkTag(
    _ tag: Tag, is expected: Tag.Name, at position: SourcePosition
  ) throws(SyntaxFault) {
    let allowed = [Tag.Name.implicit, .nonSpecific, expected].map(\.rawValue)
    guard allowed.contains(tag.rawValue) else { throw foreignTag(tag, at: position) }
  }

  private func foreignTag(_ tag: Tag, at position: SourcePosition) -> SyntaxFault {
    SyntaxFault(
      .unsupported, at: position, "the tag \(tag.rawValue) has no meaning here; remove it")
  }

  private mutating func composeSequence(
    _ sequence: Node.Sequence, at position: SourcePosition, depth: Int
  ) throws(SyntaxFault) -> Part {
    var elements: [DocumentNode] = []
    var whole = Part(node: DocumentNode(.null), size: 1, height: 1)
    for element in sequence {
      let part = try compose(element, depth: depth)
      elements.append(part.node)
      whole.size += part.size
      whole.height = max(whole.height, part.height + 1)
    }
    whole.node = DocumentNode(.array(elements), at: position)
    return whole
  }

  private mutating func composeMapping(
    _ mapping: Node.Mapping, at position: SourcePosition, depth: Int
  ) throws(SyntaxFault) -> Part {
    var members: [DocumentMember] = []
    var keys = KeySet()
    var whole = Part(node: DocumentNode(.null), size: 1, height: 1)
    for pair in mapping {
      let keyPosition = pair.key.mark.map(SourcePosition.init) ?? position
      let key = try composeKey(pair.key, at: keyPosition)
      let part = try compose(pair.value, depth: depth)
      let member = DocumentMember(key, at: keyPosition, part.node)
      if let first = keys.insert(key, at: members.count, among: members) {
        duplicates.append(.duplicateKey(member, first: members[first].keyPosition))
      }
      members.append(member)
      whole.size += part.size + key.utf8.count + 1
      whole.height = max(whole.height, part.height + 1)
    }
    whole.node = DocumentNode(.object(members), at: position)
    return whole
  }

  private func composeKey(_ node: Node, at position: SourcePosition) throws(SyntaxFault) -> String {
    guard case .scalar(let scalar) = node, !isAlias(scalar) else {
      throw SyntaxFault(.unsupported, at: position, "a key is a plain or quoted text")
    }
    guard scalar.string != "<<" || scalar.style != .plain else {
      throw SyntaxFault(
        .unsupported, at: position,
        "merge keys (<<) are not part of YAML 1.2; write the keys themselves")
    }
    return source.restore(scalar.string)
  }

  // MARK: Scalars

  private mutating func composeScalar(
    _ scalar: Node.Scalar, at position: SourcePosition, depth: Int
  ) throws(SyntaxFault) -> Part {
    if isAlias(scalar) { return try followAlias(scalar, at: position, depth: depth) }
    let text = source.restore(scalar.string)
    let value: DocumentNode.Value
    switch scalar.tag.rawValue {
    case Tag.Name.implicit.rawValue where scalar.style == .plain:
      value = try coreSchemaValue(of: text, at: position)
    case Tag.Name.implicit.rawValue, Tag.Name.nonSpecific.rawValue, Tag.Name.str.rawValue:
      value = .string(text)
    default:
      value = try coreSchemaValue(of: text, at: position)
      guard hasTag(value, scalar.tag) else { throw foreignTag(scalar.tag, at: position) }
    }
    return Part(node: DocumentNode(value, at: position), size: 1 + text.utf8.count, height: 0)
  }

  private func hasTag(_ value: DocumentNode.Value, _ tag: Tag) -> Bool {
    switch value {
    case .null: tag.rawValue == Tag.Name.null.rawValue
    case .bool: tag.rawValue == Tag.Name.bool.rawValue
    case .number(.integer):
      tag.rawValue == Tag.Name.int.rawValue || tag.rawValue == Tag.Name.float.rawValue
    case .number(.decimal): tag.rawValue == Tag.Name.float.rawValue
    case .string, .array, .object: false
    }
  }

  // MARK: Aliases

  /// Only an alias begins with an asterisk outside of quotes.
  private func isAlias(_ scalar: Node.Scalar) -> Bool {
    scalar.style == .plain && scalar.string.unicodeScalars.first == source.mark
  }

  private mutating func followAlias(
    _ scalar: Node.Scalar, at position: SourcePosition, depth: Int
  ) throws(SyntaxFault) -> Part {
    let name = String(scalar.string.unicodeScalars.dropFirst())
    let isName =
      !name.isEmpty && name.utf8.allSatisfy { isWordByte($0) || $0 == UInt8(ascii: "-") }
    guard isName else {
      throw SyntaxFault(
        .syntax, at: position, "text that begins with an asterisk stands in quotes")
    }
    guard var part = anchors[name] else {
      throw SyntaxFault(
        .syntax, at: position, "no anchor &\(name) stands before the alias *\(name)")
    }
    try checkDepth(depth + part.height, at: position)
    expandedSize += part.size
    guard expandedSize <= YAMLReader.expansionLimit else {
      throw SyntaxFault(.tooLarge, at: position, "aliases make the document too large from here on")
    }
    part.node.position = position
    return part
  }
}

extension SourcePosition {
  init(_ mark: Mark) {
    self.init(line: mark.line, column: mark.column)
  }
}
