/// Writes JSON as bytes.
///
/// Values are written one after the other; commas, line breaks and indentation come by themselves.
/// The calls must pair up: `key` before each value of an object, `end…` for each `begin…`; the
/// closure forms do that by themselves.
public struct JSONWriter: Sendable {
  /// How the text is laid out.
  public enum Layout: Sendable {
    /// No white space at all.
    case compact
    /// Each member and element on a line of its own, indented by two spaces a level.
    case pretty
  }

  /// What is written so far.
  public var bytes: [UInt8] { buffer.bytes }
  /// How many bytes are written so far.
  public var count: Int { buffer.count }

  private var buffer: ByteBuffer
  private let isPretty: Bool
  private var depth = 0
  /// Whether nothing stands yet in the innermost object or array.
  private var isFirst = true
  private var isBehindKey = false

  /// A writer with nothing written.
  ///
  /// - Parameter capacity: how many bytes to expect; more are fine.
  public init(_ layout: Layout = .compact, reservingCapacity capacity: Int = 512) {
    isPretty = layout == .pretty
    buffer = ByteBuffer(capacity: capacity)
  }

  // MARK: Objects and arrays

  /// Begins an object.
  public mutating func beginObject() { begin(UInt8(ascii: "{")) }
  /// Ends the innermost object.
  public mutating func endObject() { end(UInt8(ascii: "}")) }
  /// Begins an array.
  public mutating func beginArray() { begin(UInt8(ascii: "[")) }
  /// Ends the innermost array.
  public mutating func endArray() { end(UInt8(ascii: "]")) }

  /// Writes an object of the members that the closure writes.
  public mutating func object<Failure: Error>(
    _ writeMembers: (inout JSONWriter) throws(Failure) -> Void
  ) throws(Failure) {
    beginObject()
    try writeMembers(&self)
    endObject()
  }

  /// Writes an array with what the closure writes for each element.
  public mutating func array<Elements: Sequence, Failure: Error>(
    _ elements: Elements, _ write: (inout JSONWriter, Elements.Element) throws(Failure) -> Void
  ) throws(Failure) {
    beginArray()
    for element in elements { try write(&self, element) }
    endArray()
  }

  /// Writes the key of the next value. It is taken as it is: no quotes, backslashes or control
  /// characters.
  public mutating func key(_ key: StaticString) {
    let isPretty = isPretty
    key.withUTF8Buffer { key in
      token(atMost: key.count + 4) { target in
        target[0] = UInt8(ascii: "\"")
        let end = 1 + copy(key, to: target + 1)
        return end + endKey(at: target + end, isPretty: isPretty)
      }
    }
    isBehindKey = true
  }

  /// Writes the key of the next value, escaped where needed.
  public mutating func key(text: String) {
    string(text)
    let isPretty = isPretty
    buffer.append(atMost: 2) { target in
      target[0] = UInt8(ascii: ":")
      target[1] = UInt8(ascii: " ")
      return isPretty ? 2 : 1
    }
    isBehindKey = true
  }

  // MARK: Values

  /// Writes a string.
  public mutating func string(_ text: String) {
    var text = text
    text.withUTF8 { content in
      token(atMost: 6 * content.count + 2) { writeQuoted(content, to: $0) }
    }
  }

  /// Writes an integer.
  public mutating func integer(_ value: Int) {
    token(atMost: 20) { writeDecimal(Int64(value), to: $0) }
  }

  /// Writes an integer of any width.
  @_disfavoredOverload
  public mutating func integer(_ value: some BinaryInteger) {
    if let small = Int(exactly: value) { integer(small) } else { raw(Array("\(value)".utf8)) }
  }

  /// Writes the shortest text that gives the same number back; `null` for infinities and NaN, for
  /// which JSON has no word.
  public mutating func double(_ value: Double) {
    if value.isFinite { raw(Array("\(value)".utf8)) } else { null() }
  }

  /// Writes `true` or `false`.
  public mutating func bool(_ value: Bool) {
    word(value ? "true" : "false")
  }

  /// Writes `null`.
  public mutating func null() {
    word("null")
  }

  /// Writes bytes that are one JSON value already. The pretty layout lays them out anew.
  public mutating func raw(_ json: [UInt8]) {
    if isPretty {
      separate()
      appendPretty(json)
    } else {
      json.withUnsafeBufferPointer { json in
        token(atMost: json.count) { copy(json, to: $0) }
      }
    }
  }

  private mutating func word(_ word: StaticString) {
    word.withUTF8Buffer { word in
      token(atMost: word.count) { copy(word, to: $0) }
    }
  }

  // MARK: Bytes

  private mutating func begin(_ bracket: UInt8) {
    token(atMost: 1) {
      $0.pointee = bracket
      return 1
    }
    depth += 1
    isFirst = true
  }

  private mutating func end(_ bracket: UInt8) {
    depth -= 1
    if isPretty, !isFirst { breakLine(depth: depth) }
    buffer.append(bracket)
    isFirst = false
  }

  /// Writes a key or value, and before it what must stand between it and the value before.
  @inline(__always)
  private mutating func token(
    atMost limit: Int, _ write: (UnsafeMutablePointer<UInt8>) -> Int
  ) {
    let needsComma = !isBehindKey && !isFirst
    if isPretty {
      separate()
      buffer.append(atMost: limit, write)
      return
    }
    isBehindKey = false
    isFirst = false
    buffer.append(atMost: limit + 1) { target in
      guard needsComma else { return write(target) }
      target[0] = UInt8(ascii: ",")
      return 1 + write(target + 1)
    }
  }

  /// Writes what must stand between the value before and the one to come.
  private mutating func separate() {
    if isBehindKey {
      isBehindKey = false
      return
    }
    if !isFirst { buffer.append(UInt8(ascii: ",")) }
    if isPretty, depth > 0 { breakLine(depth: depth) }
    isFirst = false
  }

  private mutating func breakLine(depth: Int) {
    buffer.append(UInt8(ascii: "\n"))
    buffer.append(UInt8(ascii: " "), times: 2 * max(depth, 0))
  }

  /// Appends one JSON value, laid out as `Layout.pretty` does it at the current depth.
  private mutating func appendPretty(_ json: [UInt8]) {
    var layout = PrettyLayout(depth: depth)
    for byte in json {
      let step = layout.step(byte)
      if let depth = step.lineBreakBefore { breakLine(depth: depth) }
      if step.isWritten { buffer.append(byte) }
      if let depth = step.lineBreakBehind { breakLine(depth: depth) }
      if step.isSpaceBehind { buffer.append(UInt8(ascii: " ")) }
    }
  }
}
