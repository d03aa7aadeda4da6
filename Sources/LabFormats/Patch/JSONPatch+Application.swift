import LabCore

extension JSONPatch {
  /// How large a document may become, in values: `copy` doubles what it copies.
  public static let sizeLimit = 100_000

  /// The document after all operations; the first one that fails throws, and nothing is changed.
  ///
  /// - Parameter sizeLimit: how many values the document may come to hold.
  public func applied(
    to document: DocumentNode, within sizeLimit: Int = Self.sizeLimit
  ) throws(PatchFault) -> DocumentNode {
    var patcher = Patcher(document: document, sizeLimit: sizeLimit)
    for (index, operation) in operations.enumerated() {
      patcher.index = index
      try patcher.apply(operation)
    }
    return patcher.document
  }
}

private struct Patcher {
  var document: DocumentNode
  /// Of the operation being carried out.
  var index = 0
  /// At least the number of values in the document.
  private var size: Int
  private let sizeLimit: Int

  init(document: DocumentNode, sizeLimit: Int) {
    self.document = document
    self.sizeLimit = sizeLimit
    size = document.count
  }

  mutating func apply(_ operation: JSONPatch.Operation) throws(PatchFault) {
    switch operation {
    case .add(let place, let value):
      try add(value, at: place)
    case .remove(let place):
      _ = try remove(at: place)
    case .replace(let place, let value):
      _ = try existing(at: place)
      try set(value, at: place)
    case .move(let source, let place):
      guard !place.tokens.starts(with: source.tokens) || place == source else {
        throw PatchFault(
          .intoItself, operation: index, at: place, "\(source) cannot move into itself, \(place)")
      }
      try add(try remove(at: source), at: place)
    case .copy(let source, let place):
      try add(try existing(at: source), at: place)
    case .test(let place, let expected):
      guard try existing(at: place).isEquivalent(to: expected) else {
        throw PatchFault(
          .testFailed, operation: index, at: place, "\(name(place)) holds another value")
      }
    }
  }

  private func name(_ place: JSONPointer) -> String {
    place.tokens.isEmpty ? "the document" : place.description
  }

  private func existing(at place: JSONPointer) throws(PatchFault) -> DocumentNode {
    guard let value = document.value(at: place) else { throw notFound(place) }
    return value
  }

  private func notFound(_ place: JSONPointer) -> PatchFault {
    PatchFault(.notFound, operation: index, at: place, "there is nothing at \(name(place))")
  }

  private mutating func grow(by value: DocumentNode, at place: JSONPointer) throws(PatchFault) {
    size += value.count
    guard size <= sizeLimit,
      place.tokens.count + value.height <= documentNestingLimit
    else {
      throw PatchFault(
        .tooLarge, operation: index, at: place, "the document would become too large")
    }
  }

  private mutating func set(_ value: DocumentNode, at place: JSONPointer) throws(PatchFault) {
    try grow(by: value, at: place)
    let isSet: Void? = document.change(at: place.tokens[...]) { $0 = value }
    guard isSet != nil else { throw notFound(place) }
  }

  private mutating func add(_ value: DocumentNode, at place: JSONPointer) throws(PatchFault) {
    try grow(by: value, at: place)
    guard let last = place.tokens.last else {
      document = value
      return
    }
    let parent = JSONPointer(tokens: place.tokens.dropLast())
    switch document.change(at: parent.tokens[...], { $0.add(value, at: last) }) {
    case .added: return
    case .noSuchIndex(let count):
      throw PatchFault(
        .invalidIndex, operation: index, at: place,
        "\"\(last)\" is no index of a list of \(count); it is a number from 0 to \(count), or -")
    case .noContainer:
      throw PatchFault(
        .notFound, operation: index, at: place,
        "\(name(parent)) is neither an object nor a list; nothing can be added to it")
    case nil: throw notFound(parent)
    }
  }

  private mutating func remove(at place: JSONPointer) throws(PatchFault) -> DocumentNode {
    let removed = try existing(at: place)
    if let last = place.tokens.last {
      _ = document.change(at: place.tokens.dropLast()) { $0.remove(last) }
    } else {
      document = DocumentNode(.null)
    }
    return removed
  }
}

/// What became of adding a value to a parent.
private enum Addition {
  case added
  case noSuchIndex(count: Int)
  case noContainer
}

/// In these functions a list is taken out of its node while it changes, so that it is not copied.
extension DocumentNode {
  /// How many values it has in it, itself counted.
  fileprivate var count: Int {
    switch value {
    case .null, .bool, .number, .string: 1
    case .array(let elements): elements.reduce(1) { $0 + $1.count }
    case .object(let members): members.reduce(1) { $0 + $1.value.count }
    }
  }

  /// How many objects and lists stand within each other in it.
  fileprivate var height: Int {
    switch value {
    case .null, .bool, .number, .string: 0
    case .array(let elements): 1 + (elements.map(\.height).max() ?? 0)
    case .object(let members): 1 + (members.map(\.value.height).max() ?? 0)
    }
  }

  /// Changes the value at a place; nil where there is none.
  fileprivate mutating func change<Outcome>(
    at tokens: ArraySlice<String>, _ change: (inout DocumentNode) -> Outcome
  ) -> Outcome? {
    guard let token = tokens.first else { return change(&self) }
    switch value {
    case .object(var members):
      guard let index = members.firstIndex(where: { $0.key == token }) else { return nil }
      value = .null
      defer { value = .object(members) }
      return members[index].value.change(at: tokens.dropFirst(), change)
    case .array(var elements):
      guard let index = arrayIndex(token, in: elements.indices) else { return nil }
      value = .null
      defer { value = .array(elements) }
      return elements[index].change(at: tokens.dropFirst(), change)
    default: return nil
    }
  }

  fileprivate mutating func add(_ child: DocumentNode, at token: String) -> Addition {
    switch value {
    case .object(var members):
      value = .null
      defer { value = .object(members) }
      if let index = members.firstIndex(where: { $0.key == token }) {
        members[index].value = child
      } else {
        members.append(DocumentMember(token, child))
      }
      return .added
    case .array(var elements):
      let end = elements.count
      let index = token == "-" ? end : arrayIndex(token, in: 0..<(end + 1))
      guard let index else { return .noSuchIndex(count: end) }
      value = .null
      defer { value = .array(elements) }
      elements.insert(child, at: index)
      return .added
    default: return .noContainer
    }
  }

  /// Takes away a member or element that is there.
  fileprivate mutating func remove(_ token: String) {
    switch value {
    case .object(var members):
      value = .null
      defer { value = .object(members) }
      members.removeAll { $0.key == token }
    case .array(var elements):
      guard let index = arrayIndex(token, in: elements.indices) else { return }
      value = .null
      defer { value = .array(elements) }
      elements.remove(at: index)
    default: return
    }
  }
}
