import Glibc
import LabCore
import Testing

/// `inet_pton`, which is as strict; nil where it refuses. It ends a text at U+0000, we never do.
private func readByC<Address: IPAddress>(_ text: String, as: Address.Type) -> Address? {
  guard !text.utf8.contains(0) else { return nil }
  var number = Address.Bits.zero
  let family = Address.family == .ipv4 ? AF_INET : AF_INET6
  guard inet_pton(family, text, &number) == 1 else { return nil }
  return Address(bits: Address.Bits(bigEndian: number))
}

private func writtenByC<Address: IPAddress>(_ address: Address) -> String {
  var number = address.bits.bigEndian
  var buffer = [CChar](repeating: 0, count: 64)
  let family = Address.family == .ipv4 ? AF_INET : AF_INET6
  _ = inet_ntop(family, &number, &buffer, socklen_t(buffer.count))
  return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
}

/// A prefix read the slow way: two parts, the second a number as Swift writes it.
private func readSlowly<Address: IPAddress>(
  _ text: String, as: Address.Type
) -> InterfaceAddress<Address>? {
  let parts = text.unicodeScalars.split(separator: "/", omittingEmptySubsequences: false)
  guard parts.count == 2, let address = readByC(String(parts[0]), as: Address.self),
    let length = (0...Address.Bits.bitWidth).first(where: { String($0) == String(parts[1]) })
  else { return nil }
  return InterfaceAddress(address: address, prefixLength: length)
}

struct AddressOracleTests {
  @Test(arguments: 0..<8 as Range<UInt64>)
  func readsIPv4AsTheCLibraryDoes(seed: UInt64) throws {
    try compare(seed: seed, as: IPv4Address.self) { $0.ipv4() }
  }

  @Test(arguments: 0..<8 as Range<UInt64>)
  func readsIPv6AsTheCLibraryDoes(seed: UInt64) throws {
    try compare(seed: seed, as: IPv6Address.self) { $0.ipv6() }
  }

  private func compare<Address: IPAddress>(
    seed: UInt64, as: Address.Type, _ make: (inout AddressTextMaker) -> String
  ) throws {
    var maker = AddressTextMaker(seed: seed)
    var accepted = 0
    let rounds = 2_000
    for _ in 0..<rounds {
      let address = make(&maker)
      let text = maker.mutated(address)
      let expected = readByC(text, as: Address.self)
      do {
        let read = try Address(parsing: text)
        try #require(read == expected, "seed \(seed), \(text.debugDescription)")
        accepted += 1
      } catch let error as AddressSyntaxError {
        try #require(expected == nil, "seed \(seed), \(text.debugDescription): \(error)")
        try #require((0...text.unicodeScalars.count).contains(error.offset))
      }
      try compareWithSlash(seed: seed, text: maker.mutated(slashed(text, &maker)), Address.self)
    }
    // A generator that makes only good or only bad texts would prove nothing.
    #expect((rounds / 5...rounds * 4 / 5).contains(accepted))
  }

  private func slashed(_ text: String, _ maker: inout AddressTextMaker) -> String {
    "\(text)/\(Int.random(in: 0...130, using: &maker.random))"
  }

  private func compareWithSlash<Address: IPAddress>(
    seed: UInt64, text: String, _: Address.Type
  ) throws {
    let expected = readSlowly(text, as: Address.self)
    let read = try? InterfaceAddress<Address>(parsing: text)
    try #require(read == expected, "seed \(seed), \(text.debugDescription)")
    let prefix = expected.flatMap { Prefix(network: $0.address, length: $0.prefixLength) }
    let readPrefix = try? Prefix<Address>(parsing: text)
    try #require(readPrefix == prefix, "seed \(seed), \(text.debugDescription)")
  }

  @Test(arguments: 0..<4 as Range<UInt64>)
  func writesAsTheCLibraryDoes(seed: UInt64) throws {
    var maker = AddressTextMaker(seed: seed)
    for _ in 0..<5_000 {
      let small = IPv4Address(bits: maker.bits())
      try #require(small.description == writtenByC(small), "seed \(seed)")
      try #require(try IPv4Address(parsing: small.description) == small)
      let large = IPv6Address(bits: maker.bits())
      try #require(try IPv6Address(parsing: large.description) == large, "seed \(seed), \(large)")
      // The C library writes the long-deprecated ::10.0.2.15 in the mixed form; RFC 5952 does not.
      guard large.bits >> 32 != 0 || large.bits < 0x1_0000 else { continue }
      try #require(large.description == writtenByC(large), "seed \(seed)")
    }
  }

  @Test(arguments: 0..<4 as Range<UInt64>)
  func readsMACAsARegularExpressionDoes(seed: UInt64) throws {
    let form = try Regex(
      "[0-9A-Fa-f]{2}((:[0-9A-Fa-f]{2}){5}|(-[0-9A-Fa-f]{2}){5}|([0-9A-Fa-f]{2}){5})"
    ).matchingSemantics(.unicodeScalar)
    var maker = AddressTextMaker(seed: seed)
    var accepted = 0
    for _ in 0..<1_000 {
      let mac = maker.mac()
      let text = maker.mutated(mac)
      let read = try? MACAddress(parsing: text)
      try #require(
        (read != nil) == (text.wholeMatch(of: form) != nil),
        "seed \(seed), \(text.debugDescription)")
      guard let read else { continue }
      accepted += 1
      try #require(read.bits == UInt64(text.filter(\.isHexDigit), radix: 16))
      try #require(try MACAddress(parsing: read.description) == read)
    }
    #expect((200...800).contains(accepted))
  }
}
