import LabCore

/// Turns the parser's events into a document.
struct YAMLComposer: ~Copyable {
  /// A part of a document, and how much of it there is.
  struct Part {
    var node: DocumentNode
    /// Values, keys and bytes of text in it.
    var size: Int
    /// Objects and arrays within each other.
    var height: Int
  }

  private var events: YAMLEvents
  private let text: UnsafeBufferPointer<UInt8>
  /// Keys that stand twice, in the order they were met.
  private(set) var duplicates: [SyntaxFault] = []
  private var anchors: [String: Part] = [:]
  private var expandedSize = 0
  private var valueCount = 0
  /// Where the last event is, if it is an alias.
  private var lastAlias: SourcePosition?

  init(events: consuming YAMLEvents, text: UnsafeBufferPointer<UInt8>) {
    self.events = events
    self.text = text
  }

  /// The one document of the text.
  mutating func composeDocument() throws(SyntaxFault) -> DocumentNode {
    guard case .documentStart = try next().kind else { throw .emptyDocument }
    let document = try compose(try next(), depth: 0).node
    _ = try next()
    let end = try next()
    guard case .streamEnd = end.kind else {
      throw SyntaxFault(
        .unsupported, at: end.position, "a second document begins here; one is allowed")
    }
    if let first = duplicates.first { throw first }
    return document
  }

  private mutating func next() throws(SyntaxFault) -> YAMLEvent {
    do throws(YAMLProblem) {
      let event = try events.next()
      lastAlias = if case .alias = event.kind { event.position } else { nil }
      return event
    } catch {
      throw fault(of: error, in: text, behind: lastAlias)
    }
  }

  /// - Parameter depth: how many objects and arrays stand around the value.
  private mutating func compose(
    _ event: YAMLEvent, depth: Int
  ) throws(SyntaxFault) -> Part {
    valueCount += 1
    guard valueCount <= documentValueLimit else { throw .tooManyValues(at: event.position) }
    let part: Part
    switch event.kind {
    case .scalar(let text, let isPlain):
      part = try scalar(text, isPlain: isPlain, event)
    case .sequenceStart:
      try checkTag(event, is: YAMLTag.sequence)
      try checkDepth(depth + 1, at: event.position)
      part = try composeSequence(at: event.position, depth: depth + 1)
    case .mappingStart:
      try checkTag(event, is: YAMLTag.mapping)
      try checkDepth(depth + 1, at: event.position)
      part = try composeMapping(at: event.position, depth: depth + 1)
    case .alias(let name):
      return try follow(name, at: event.position, depth: depth)
    case .streamEnd, .documentStart, .documentEnd, .sequenceEnd, .mappingEnd:
      throw SyntaxFault(.syntax, at: event.position, "a value is missing here")
    }
    if let anchor = event.anchor { anchors[anchor] = part }
    return part
  }

  private func checkDepth(_ depth: Int, at position: SourcePosition) throws(SyntaxFault) {
    guard depth <= documentNestingLimit else {
      throw SyntaxFault(
        .tooDeep, at: position,
        "lists and mappings may be nested \(documentNestingLimit) levels deep, this is one more")
    }
  }

  private func checkTag(_ event: YAMLEvent, is expected: String) throws(SyntaxFault) {
    guard let tag = event.tag, tag != YAMLTag.nonSpecific, tag != expected else { return }
    throw foreignTag(tag, at: event.position)
  }

  private mutating func composeSequence(
    at position: SourcePosition, depth: Int
  ) throws(SyntaxFault) -> Part {
    var elements: [DocumentNode] = []
    var whole = Part(node: DocumentNode(.null), size: 1, height: 1)
    while true {
      let event = try next()
      if case .sequenceEnd = event.kind { break }
      let part = try compose(event, depth: depth)
      elements.append(part.node)
      whole.size += part.size
      whole.height = max(whole.height, part.height + 1)
    }
    whole.node = DocumentNode(.array(elements), at: position)
    return whole
  }

  private mutating func composeMapping(
    at position: SourcePosition, depth: Int
  ) throws(SyntaxFault) -> Part {
    var members: [DocumentMember] = []
    var keys = KeySet()
    var whole = Part(node: DocumentNode(.null), size: 1, height: 1)
    while true {
      let event = try next()
      if case .mappingEnd = event.kind { break }
      let key = try composeKey(event, depth: depth)
      let part = try compose(try next(), depth: depth)
      let member = DocumentMember(key, at: event.position, part.node)
      if let first = keys.insert(key, at: members.count, among: members) {
        duplicates.append(.duplicateKey(member, first: members[first].keyPosition))
        guard duplicates.count < FaultLog.limit else { throw .tooManyFaults(at: event.position) }
      }
      members.append(member)
      whole.size += part.size + key.utf8.count + 1
      whole.height = max(whole.height, part.height + 1)
    }
    whole.node = DocumentNode(.object(members), at: position)
    return whole
  }

  private mutating func composeKey(
    _ event: YAMLEvent, depth: Int
  ) throws(SyntaxFault) -> String {
    guard case .scalar(let text, let isPlain) = event.kind else {
      // What is too deep is told as that.
      _ = try compose(event, depth: depth)
      throw SyntaxFault(.unsupported, at: event.position, "a key is a plain or quoted text")
    }
    guard text != "<<" || !isPlain else {
      throw SyntaxFault(
        .unsupported, at: event.position,
        "merge keys (<<) are not part of YAML 1.2; write the keys themselves")
    }
    if let anchor = event.anchor { anchors[anchor] = try scalar(text, isPlain: isPlain, event) }
    return text
  }

  private mutating func follow(
    _ name: String, at position: SourcePosition, depth: Int
  ) throws(SyntaxFault) -> Part {
    guard var part = anchors[name] else {
      let name = excerpt(name)
      var unknown = SyntaxFault(
        .syntax, at: position, "no anchor &\(name) stands before the alias *\(name)")
      // Where more text follows on the line, the asterisk was not meant as an alias.
      do throws(SyntaxFault) { _ = try next() } catch {
        if error.position == position { unknown = error }
      }
      throw unknown
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

extension SyntaxFault {
  /// A text without a document.
  static let emptyDocument = SyntaxFault(.syntax, at: .start, "the document is empty")
}
