/// A number as a document writes it, exact.
public enum DocumentNumber: Hashable, Sendable, CustomStringConvertible {
  /// Written without fraction and exponent, −2⁶³…2⁶³−1.
  case integer(Int64)
  /// Any other: with a fraction or an exponent, larger, or `-0`.
  case decimal(DecimalLiteral)

  /// A number from its text in JSON's grammar; nil for other texts.
  public init?(_ text: String) {
    if let integer = Int64(text), text != "-0", !text.hasPrefix("+") {
      guard DecimalLiteral(text) != nil else { return nil }
      self = .integer(integer)
    } else if let literal = DecimalLiteral(text) {
      self = .decimal(literal)
    } else {
      return nil
    }
  }

  /// The number in JSON's grammar.
  public var description: String {
    switch self {
    case .integer(let integer): "\(integer)"
    case .decimal(let literal): literal.text
    }
  }

  /// Whether both are the same number, however each is written (RFC 6902 section 4.6).
  public func isEquivalent(to other: DocumentNumber) -> Bool {
    if case .integer(let left) = self, case .integer(let right) = other { return left == right }
    return Magnitude(description) == Magnitude(other.description)
  }
}

/// A number's text in JSON's grammar (RFC 8259 section 6).
///
/// **Invariant:** the text matches the grammar, and its exponent has at most nine digits.
public struct DecimalLiteral: Hashable, Sendable {
  /// As written.
  public let text: String

  /// Takes a text that matches the grammar; nil for others.
  public init?(_ text: String) {
    var rest = Substring(text).utf8
    if rest.first == UInt8(ascii: "-") { rest.removeFirst() }
    let whole = rest.prefix(while: isDigit)
    guard let first = whole.first, first != UInt8(ascii: "0") || whole.count == 1 else {
      return nil
    }
    rest = rest.dropFirst(whole.count)
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      let digits = rest.prefix(while: isDigit).count
      guard digits > 0 else { return nil }
      rest = rest.dropFirst(digits)
    }
    if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
      rest.removeFirst()
      if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest.removeFirst() }
      let digits = rest.prefix(while: isDigit).count
      guard (1...9).contains(digits) else { return nil }
      rest = rest.dropFirst(digits)
    }
    guard rest.isEmpty else { return nil }
    self.text = text
  }
}

/// A number's digits without zeros at either end, and the power of ten they count in.
private struct Magnitude: Equatable {
  private var isNegative = false
  private var digits: [UInt8] = []
  private var exponent = 0

  /// Takes a text that is a `DecimalLiteral`.
  init(_ text: String) {
    var isFraction = false
    var exponentText = ""
    for (offset, byte) in text.utf8.enumerated() {
      switch byte {
      case UInt8(ascii: "-"): isNegative = true
      case UInt8(ascii: "."): isFraction = true
      case UInt8(ascii: "e"), UInt8(ascii: "E"):
        exponentText = String(decoding: text.utf8.dropFirst(offset + 1), as: UTF8.self)
      default:
        digits.append(byte)
        if isFraction { exponent -= 1 }
      }
      if !exponentText.isEmpty { break }
    }
    exponent += Int(exponentText) ?? 0
    normalize()
  }

  private mutating func normalize() {
    let zero = UInt8(ascii: "0")
    let trailing = digits.reversed().prefix { $0 == zero }.count
    digits.removeLast(trailing)
    exponent += trailing
    digits.removeFirst(digits.prefix { $0 == zero }.count)
    if digits.isEmpty { (isNegative, exponent) = (false, 0) }
  }
}

func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }
