extension Prefix {
  /// Reads an address, a slash and a length. Host bits are an error that names the prefix meant.
  public init(parsing text: String) throws(AddressSyntaxError) {
    let (address, length) = try parseAddressAndLength(text, as: Address.self, of: "prefix")
    let prefix = Prefix(containing: address, length: length)
    guard prefix.network == address else {
      throw AddressSyntaxError(text, hostBitsBehind: prefix)
    }
    self = prefix
  }
}

extension InterfaceAddress {
  /// Reads an address, a slash and a length.
  public init(parsing text: String) throws(AddressSyntaxError) {
    (address, prefixLength) = try parseAddressAndLength(
      text, as: Address.self, of: "address with a prefix length")
  }
}

private func parseAddressAndLength<Address: IPAddress>(
  _ text: String, as: Address.Type, of kind: String
) throws(AddressSyntaxError) -> (Address, Int) {
  let expected = "\(Address.familyName) \(kind)"
  // By scalars: a combining mark behind the slash would make one character with it.
  let scalars = text.unicodeScalars
  let slash = scalars.firstIndex(of: "/")
  let address: Address
  do {
    address = try Address(parsing: String(scalars[..<(slash ?? scalars.endIndex)]))
  } catch {
    throw AddressSyntaxError(expected, text, error.reason, at: error.offset)
  }
  guard let slash else {
    let example = Address.family == .ipv4 ? 24 : 64
    throw AddressSyntaxError(
      expected, text, "a slash and a length such as /\(example) are missing", at: scalars.count)
  }
  let lengthText = String(scalars[scalars.index(after: slash)...])
  guard let length = parseLength(lengthText, upTo: Address.Bits.bitWidth) else {
    throw AddressSyntaxError(
      expected, text, reasonAgainst(lengthText, upTo: Address.Bits.bitWidth),
      at: scalars.distance(from: scalars.startIndex, to: slash) + 1)
  }
  return (address, length)
}

/// One to three digits without a leading zero.
private func parseLength(_ text: String, upTo maximum: Int) -> Int? {
  let digits = text.utf8
  guard (1...3).contains(digits.count), digits.allSatisfy({ (48...57).contains($0) }),
    digits.count == 1 || digits.first != UInt8(ascii: "0")
  else { return nil }
  let length = digits.reduce(0) { $0 * 10 + Int($1 - 48) }
  return length <= maximum ? length : nil
}

private func reasonAgainst(_ lengthText: String, upTo maximum: Int) -> String {
  if maximum == IPv4Address.Bits.bitWidth, let mask = try? IPv4Address(parsing: lengthText) {
    let length = (~mask.bits).leadingZeroBitCount
    if Prefix(containing: IPv4Address(bits: .max), length: length).network == mask {
      return "the mask \(mask) is written as its length, /\(length)"
    }
  }
  return "a length from 0 to \(maximum) belongs behind the slash"
}
