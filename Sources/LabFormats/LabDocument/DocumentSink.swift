/// What a document can be written to, value by value.
protocol DocumentSink {
  mutating func beginObject()
  mutating func endObject()
  mutating func beginArray()
  mutating func endArray()
  mutating func key(_ key: StaticString)
  mutating func string(_ text: String)
  mutating func integer(_ value: Int)
  mutating func bool(_ value: Bool)
  mutating func null()
}

extension JSONWriter: DocumentSink {}

/// Builds the tree of a document.
struct DocumentBuilder: DocumentSink {
  /// An object or array that is begun and not ended.
  private struct Container {
    let isObject: Bool
    /// The key at which it stands.
    let key: String
    var members: [DocumentMember] = []
    var elements: [DocumentNode] = []
  }

  /// The document; `null` before anything is written.
  private(set) var root = DocumentNode(.null)
  /// Outermost first.
  private var open: [Container] = []
  private var pendingKey = ""

  private mutating func begin(isObject: Bool) {
    open.append(Container(isObject: isObject, key: pendingKey))
  }

  private mutating func end() {
    guard let container = open.popLast() else { return }
    pendingKey = container.key
    add(container.isObject ? .object(container.members) : .array(container.elements))
  }

  private mutating func add(_ value: DocumentNode.Value) {
    guard let last = open.indices.last else {
      root = DocumentNode(value)
      return
    }
    if open[last].isObject {
      open[last].members.append(DocumentMember(pendingKey, DocumentNode(value)))
    } else {
      open[last].elements.append(DocumentNode(value))
    }
  }

  mutating func beginObject() { begin(isObject: true) }
  mutating func endObject() { end() }
  mutating func beginArray() { begin(isObject: false) }
  mutating func endArray() { end() }
  mutating func key(_ key: StaticString) { pendingKey = "\(key)" }
  mutating func string(_ text: String) { add(.string(text)) }
  mutating func integer(_ value: Int) { add(.number(.integer(Int64(value)))) }
  mutating func bool(_ value: Bool) { add(.bool(value)) }
  mutating func null() { add(.null) }
}

extension DocumentSink {
  mutating func member(_ key: StaticString, text: String?) {
    guard let text else { return }
    self.key(key)
    string(text)
  }

  mutating func member(_ key: StaticString, text: (some CustomStringConvertible)?) {
    member(key, text: text?.description)
  }

  mutating func member<Choice: RawRepresentable>(_ key: StaticString, choice: Choice?)
  where Choice.RawValue == String {
    member(key, text: choice?.rawValue)
  }

  mutating func member(_ key: StaticString, integer: Int?) {
    guard let integer else { return }
    self.key(key)
    self.integer(integer)
  }

  mutating func member(_ key: StaticString, bool: Bool?) {
    guard let bool else { return }
    self.key(key)
    self.bool(bool)
  }

  /// A member that is a list; none where it is empty.
  mutating func member<Element>(
    _ key: StaticString, list: [Element], _ write: (inout Self, Element) -> Void
  ) {
    guard !list.isEmpty else { return }
    self.key(key)
    beginArray()
    for element in list { write(&self, element) }
    endArray()
  }
}
