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
  public private(set) var bytes: [UInt8] = []

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
    bytes.reserveCapacity(capacity)
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
    separate()
    bytes.append(UInt8(ascii: "\""))
    key.withUTF8Buffer { bytes.append(contentsOf: $0) }
    finishKey()
  }

  /// Writes the key of the next value, escaped where needed.
  public mutating func key(text: String) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    appendEscaped(text)
    finishKey()
  }

  private mutating func finishKey() {
    bytes.append(UInt8(ascii: "\""))
    bytes.append(UInt8(ascii: ":"))
    if isPretty { bytes.append(UInt8(ascii: " ")) }
    isBehindKey = true
  }

  // MARK: Values

  /// Writes a string.
  public mutating func string(_ text: String) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    appendEscaped(text)
    bytes.append(UInt8(ascii: "\""))
  }

  /// Writes an integer.
  public mutating func integer(_ value: Int) {
    separate()
    appendDecimal(Int64(value))
  }

  /// Writes an integer of any width.
  @_disfavoredOverload
  public mutating func integer(_ value: some BinaryInteger) {
    separate()
    if let small = Int64(exactly: value) {
      appendDecimal(small)
    } else {
      append("\(value)".utf8)
    }
  }

  /// Writes the shortest text that gives the same number back; `null` for infinities and NaN, for
  /// which JSON has no word.
  public mutating func double(_ value: Double) {
    separate()
    bytes.append(contentsOf: (value.isFinite ? "\(value)" : "null").utf8)
  }

  /// Writes `true` or `false`.
  public mutating func bool(_ value: Bool) {
    separate()
    append(value ? "true" : "false")
  }

  /// Writes `null`.
  public mutating func null() {
    separate()
    append("null")
  }

  /// Writes bytes that are one JSON value already. The pretty layout lays them out anew.
  public mutating func raw(_ json: [UInt8]) {
    separate()
    if isPretty {
      appendPretty(json, depth: depth)
    } else {
      bytes.append(contentsOf: json)
    }
  }

  // MARK: Bytes

  private mutating func begin(_ bracket: UInt8) {
    separate()
    bytes.append(bracket)
    depth += 1
    isFirst = true
  }

  private mutating func end(_ bracket: UInt8) {
    depth -= 1
    if isPretty, !isFirst { breakLine(depth: depth) }
    bytes.append(bracket)
    isFirst = false
  }

  /// Writes what must stand between the value before and the one to come.
  private mutating func separate() {
    if isBehindKey {
      isBehindKey = false
      return
    }
    if !isFirst { bytes.append(UInt8(ascii: ",")) }
    if isPretty, depth > 0 { breakLine(depth: depth) }
    isFirst = false
  }

  /// Begins a line indented for a depth.
  mutating func breakLine(depth: Int) {
    bytes.append(UInt8(ascii: "\n"))
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * max(depth, 0)))
  }

  /// Writes a byte as it is.
  mutating func append(_ byte: UInt8) { bytes.append(byte) }

  /// Writes ASCII text as it is.
  mutating func append(_ text: StaticString) {
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  /// Writes bytes as they are.
  mutating func append(_ run: some Collection<UInt8>) { bytes.append(contentsOf: run) }
}
