import LabCore

/// An address in hexadecimal digits: 8 for IPv4, 32 for IPv6, so that SQLite's order of text is
/// that of addresses.
struct AddressSortKey: Hashable {
  let text: String

  init(_ address: AnyAddress) {
    switch address {
    case .ipv4(let address): text = Self.digits(of: address.bits, count: 8)
    case .ipv6(let address): text = Self.digits(of: address.bits, count: 32)
    }
  }

  /// Of which family the address is.
  var family: AddressFamily { text.utf8.count == Self.length(of: .ipv4) ? .ipv4 : .ipv6 }

  /// How many digits addresses of a family have.
  static func length(of family: AddressFamily) -> Int { family == .ipv4 ? 8 : 32 }

  /// The address, of the family that it is of.
  func address<Address: IPAddress>() -> Address {
    Address(bits: Address.Bits(text, radix: 16) ?? 0)
  }

  private static func digits(of bits: some FixedWidthInteger, count: Int) -> String {
    String(unsafeUninitializedCapacity: count) { buffer in
      var bits = bits
      for index in stride(from: count - 1, through: 0, by: -1) {
        let digit = UInt8(truncatingIfNeeded: bits & 0xf)
        buffer[index] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
        bits >>= 4
      }
      return count
    }
  }
}

extension AddressSortKey: SQLValue {
  func bind(to statement: Statement, at index: Int32) throws(StoreError) {
    try statement.bind(text, at: index)
  }

  static func read(
    from statement: Statement, at column: Int32
  ) throws(StoreError) -> AddressSortKey {
    AddressSortKey(text: try statement.text(at: column))
  }

  private init(text: String) { self.text = text }
}
