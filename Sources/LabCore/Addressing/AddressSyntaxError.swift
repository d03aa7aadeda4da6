/// Why a text is no address, prefix or hardware address.
public struct AddressSyntaxError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What was to be read: "IPv4 address", "IPv6 prefix", ….
  public let expected: String
  /// The whole text, as given.
  public let text: String
  /// What is wrong with it.
  public let reason: String
  /// The 0-based Unicode scalar at which it goes wrong; the number of scalars where the text ends
  /// too early.
  public let offset: Int
  /// A sentence for the person who wrote the text.
  public let description: String

  init(_ expected: String, _ text: String, _ reason: String, at offset: Int) {
    self.expected = expected
    self.text = text
    self.reason = reason
    self.offset = offset
    let article = expected.hasPrefix("IP") ? "an" : "a"
    description =
      "\"\(excerpt(text))\" is not \(article) \(expected): \(reason) (at character \(offset + 1))"
  }

  /// A text that is right in all but the bits behind its prefix length.
  init<Address>(_ text: String, hostBitsBehind prefix: Prefix<Address>) {
    expected = "\(Address.familyName) prefix"
    self.text = text
    reason = "it has host bits set; the prefix is \(prefix)"
    offset = 0
    description = "\(text) has host bits set; the prefix is \(prefix)"
  }
}
