/// What a plain scalar says by YAML 1.2's core schema (section 10.3.2).
///
/// Integers beyond Int64 and all numbers with a point or an exponent keep their text, in JSON's
/// spelling.
func coreSchemaValue(
  of text: String, at position: SourcePosition
) throws(SyntaxFault) -> DocumentNode.Value {
  switch text {
  case "", "~", "null", "Null", "NULL": return .null
  case "true", "True", "TRUE": return .bool(true)
  case "false", "False", "FALSE": return .bool(false)
  case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF", ".nan", ".NaN",
    ".NAN":
    throw SyntaxFault(
      .unsupported, at: position, "\(text) is a number that JSON cannot write; put text in quotes")
  default: break
  }
  if let radix = radix(of: text) {
    guard let integer = Int64(text.dropFirst(2), radix: radix) else {
      throw SyntaxFault(
        .unsupported, at: position, "\(text) is larger than 2^63-1; put text in quotes")
    }
    return .number(.integer(integer))
  }
  guard let literal = decimalText(of: text) else { return .string(text) }
  guard let number = DocumentNumber(literal) else {
    throw SyntaxFault(
      .unsupported, at: position, "a number's exponent has at most nine digits; put text in quotes")
  }
  return .number(number)
}

/// 8 or 16 where the text is `0o…` or `0x…` with nothing but digits behind it.
private func radix(of text: String) -> Int? {
  let digits = text.utf8.dropFirst(2)
  guard !digits.isEmpty else { return nil }
  if text.hasPrefix("0o"), digits.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "7") ~= $0 }) {
    return 8
  }
  if text.hasPrefix("0x"), digits.allSatisfy({ hexadecimalDigit($0) != nil }) { return 16 }
  return nil
}

/// A decimal number in JSON's spelling: without a plus sign and without zeros before the digits,
/// and with a digit on both sides of the point. Nil for what is no decimal number.
private func decimalText(of text: String) -> String? {
  var rest = Substring(text).utf8
  var result = ""
  if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
    rest.removeFirst()
    if sign == UInt8(ascii: "-") { result = "-" }
  }
  let whole = rest.prefix(while: isDigit)
  rest = rest.dropFirst(whole.count)
  var fraction: Substring.UTF8View?
  if rest.first == UInt8(ascii: ".") {
    rest.removeFirst()
    let digits = rest.prefix(while: isDigit)
    rest = rest.dropFirst(digits.count)
    fraction = digits
  }
  guard !whole.isEmpty || !(fraction ?? whole).isEmpty else { return nil }
  let significant = whole.drop { $0 == UInt8(ascii: "0") }
  result += significant.isEmpty ? "0" : String(Substring(significant))
  if let fraction { result += "." + (fraction.isEmpty ? "0" : String(Substring(fraction))) }
  guard let exponent = exponentText(of: rest) else { return nil }
  return result + exponent
}

/// The exponent as written, empty where there is none; nil for anything else.
private func exponentText(of text: Substring.UTF8View) -> String? {
  guard let first = text.first else { return "" }
  guard first == UInt8(ascii: "e") || first == UInt8(ascii: "E") else { return nil }
  var digits = text.dropFirst()
  if digits.first == UInt8(ascii: "+") || digits.first == UInt8(ascii: "-") { digits.removeFirst() }
  guard !digits.isEmpty, digits.allSatisfy(isDigit) else { return nil }
  return String(Substring(text))
}
