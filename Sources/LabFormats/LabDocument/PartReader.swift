import LabCore

/// Where the reader is in the document, and what it found wrong so far.
struct PartReader {
  private enum Step {
    case key(String)
    case index(Int)
  }

  /// How much the document may hold.
  let limits: DocumentLimits
  private var path: [Step] = []
  private var log = FaultLog()

  init(limits: DocumentLimits = DocumentLimits()) {
    self.limits = limits
  }

  /// What was found wrong so far, as far as it is listed.
  var faults: [Fault] { log.faults }

  /// How many faults were found so far.
  var faultCount: Int { log.count }

  /// The place of the value being read. It is made for faults alone.
  private var pointer: JSONPointer {
    JSONPointer(
      tokens: path.map { step in
        switch step {
        case .key(let key): key
        case .index(let index): "\(index)"
        }
      })
  }

  /// The key whose value is being read; empty for a whole document and for elements of a list.
  var key: String {
    guard case .key(let key)? = path.last else { return "" }
    return key
  }

  /// Reports the value being read.
  mutating func report(_ code: Fault.Code, _ detail: String) {
    guard !log.isFull else { return log.addUnlisted(1) }
    log.append(Fault(code, at: pointer, detail))
  }

  /// Reports a fault whose pointer is relative to the value being read.
  mutating func report(_ fault: Fault) {
    log.append(fault.at(JSONPointer(tokens: pointer.tokens + fault.pointer.tokens)))
  }

  /// Reports a member of the object being read.
  mutating func report(_ code: Fault.Code, atKey key: String, _ detail: String) {
    log.append(Fault(code, at: pointer[key], detail))
  }

  /// Reports that the value being read is of another type than it must be.
  mutating func reportType(_ node: DocumentNode, expected: String) {
    let hint =
      switch (node.value, expected) {
      case (.number, "a text"), (.bool, "a text"): "; put it in quotes"
      case (.string(let text), "a number") where Int(text) != nil: "; write it without quotes"
      case (.string("true"), "true or false"), (.string("false"), "true or false"):
        "; write it without quotes"
      default: ""
      }
    report(.wrongType, "\(expected) belongs here, not \(node.typeInWords)\(hint)")
  }

  // MARK: Objects

  /// Reads each member of an object but those that are `null`.
  ///
  /// - Parameters:
  ///   - part: what the object is, with its article: `a VM`.
  ///   - keys: what it may hold, for the sentence about a key that it may not.
  ///   - read: reads the value of a key; false for a key that it does not know.
  mutating func readMembers(
    of node: DocumentNode, _ part: String, keys: [String],
    _ read: (inout PartReader, _ key: String, _ value: DocumentNode) -> Bool
  ) {
    guard case .object(let members) = node.value else {
      let example = keys.prefix(3).joined(separator: ", ")
      report(
        .wrongType,
        "\(part) belongs here, an object with keys such as \(example), not \(node.typeInWords)")
      return
    }
    for member in members {
      path.append(.key(member.key))
      let isKnown =
        if case .null = member.value.value {
          keys.contains(member.key)
        } else {
          read(&self, member.key, member.value)
        }
      if !isKnown { reportUnknownKey(member.key, of: part, keys: keys) }
      path.removeLast()
    }
  }

  private mutating func reportUnknownKey(_ key: String, of part: String, keys: [String]) {
    guard !log.isFull else { return log.addUnlisted(1) }
    let meant = Spelling.key(meantBy: key, among: keys)
    let hint = meant.map { "did you mean \"\($0)\"?" } ?? "it has \(keys.joined(separator: ", "))"
    report(.unknownKey, "\(part) has no key \"\(excerpt(key))\"; \(hint)")
  }

  // MARK: Lists

  /// Reads each element of a list, as far as its limit goes.
  mutating func readList<Element>(
    _ node: DocumentNode, of elements: String, atMost part: DocumentLimits.Part? = nil,
    _ read: (inout PartReader, DocumentNode) -> Element
  ) -> [Element] {
    guard case .array(let nodes) = node.value else {
      report(.wrongType, "a list of \(elements) belongs here, not \(node.typeInWords)")
      return []
    }
    let limit = part.map { limits[$0] } ?? .max
    if let part, nodes.count > limit { report(.tooMany, part.excess(of: nodes.count, over: limit)) }
    var result: [Element] = []
    result.reserveCapacity(min(nodes.count, limit))
    for (index, element) in nodes.prefix(limit).enumerated() {
      path.append(.index(index))
      result.append(read(&self, element))
      path.removeLast()
    }
    return result
  }
}

extension DocumentNode {
  var isObject: Bool { if case .object = value { true } else { false } }

  /// Whether an object has a key that is not `null`.
  func hasValue(atKey key: String) -> Bool {
    guard let child = self[key] else { return false }
    return child.value != .null
  }

  /// What the value is, for a sentence: `the number 7.1`.
  var typeInWords: String {
    switch value {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .number(let number): "the number \(excerpt(number.description))"
    case .string: "a text"
    case .array: "a list"
    case .object: "an object"
    }
  }
}
