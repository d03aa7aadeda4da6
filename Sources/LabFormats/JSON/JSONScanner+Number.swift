extension JSONScanner {
  /// Reads the number whose first digit or minus sign is at `index`.
  mutating func readNumber() throws(SyntaxFault) -> DocumentNumber {
    let start = index
    let isNegative = current == UInt8(ascii: "-")
    if isNegative { index += 1 }
    let firstDigit = index
    var magnitude: Int64 = 0
    var overflows = false
    while let byte = current, isDigit(byte) {
      let (product, tooLarge) = magnitude.multipliedReportingOverflow(by: 10)
      // Counted below zero, because −2⁶³ has no positive counterpart.
      let (sum, tooLow) = product.subtractingReportingOverflow(Int64(byte - UInt8(ascii: "0")))
      overflows = overflows || tooLarge || tooLow
      magnitude = sum
      index += 1
    }
    guard index > firstDigit else { throw missingDigit("after the minus sign") }
    if index > firstDigit + 1, bytes[firstDigit] == UInt8(ascii: "0") {
      throw SyntaxFault(
        .syntax, at: position(of: start), "a number does not begin with a zero before its digits")
    }
    let hasFraction = try skipFraction()
    let hasExponent = try skipExponent()
    if let byte = current, isWordByte(byte) || byte == UInt8(ascii: ".") {
      throw SyntaxFault(
        .syntax, at: position(of: start),
        "the number that begins here has \(found) in it; put text in double quotes")
    }
    if !hasFraction, !hasExponent, !overflows, isNegative ? magnitude != 0 : magnitude != .min {
      return .integer(isNegative ? magnitude : -magnitude)
    }
    guard let literal = DecimalLiteral(String(decoding: bytes[start..<index], as: UTF8.self))
    else {
      throw SyntaxFault(
        .unsupported, at: position(of: start), "a number's exponent has at most nine digits")
    }
    return .decimal(literal)
  }

  /// - Returns: whether there is one.
  private mutating func skipFraction() throws(SyntaxFault) -> Bool {
    guard current == UInt8(ascii: ".") else { return false }
    index += 1
    try skipDigits("after the point")
    return true
  }

  /// - Returns: whether there is one.
  private mutating func skipExponent() throws(SyntaxFault) -> Bool {
    guard current == UInt8(ascii: "e") || current == UInt8(ascii: "E") else { return false }
    index += 1
    if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { index += 1 }
    try skipDigits("in the exponent")
    return true
  }

  private mutating func skipDigits(_ place: String) throws(SyntaxFault) {
    let start = index
    while let byte = current, isDigit(byte) { index += 1 }
    guard index > start else { throw missingDigit(place) }
  }

  private func missingDigit(_ place: String) -> SyntaxFault {
    SyntaxFault(.syntax, at: position, "a number needs a digit \(place), not \(found)")
  }
}
