import Glibc
import LabCore

extension FuzzTarget {
  /// What is taken for an address is one for the C library too, and reads back from its own text.
  static let addresses = FuzzTarget(
    name: "addresses",
    words: [
      ".", ":", "::", "/", "0", "00", "255", "256", "ffff", "FFFF", "%eth0", "/128", "/32", "/0",
      "-", "::ffff:", "1.2.3.4", "fe80::", " ", "０", "+1", "0x1",
    ]
  ) { bytes in
    let text = String(decoding: bytes, as: UTF8.self)
    var shape = ""
    func note<Value: Equatable & CustomStringConvertible>(
      _ name: String, _ parse: (String) throws -> Value
    ) throws {
      do {
        let value = try parse(text)
        guard try parse(value.description) == value else {
          throw Broken("\(name) \(value) does not read back")
        }
        shape += " \(name)"
      } catch let error as AddressSyntaxError {
        shape += " \(String("\(error)".filter { $0.isLetter || $0 == " " }.prefix(60)))"
      } catch let error as NameSyntaxError {
        shape += " \(String("\(error)".filter { $0.isLetter || $0 == " " }.prefix(20)))"
      }
    }
    try note("v4") { try IPv4Address(parsing: $0) }
    try note("v6") { try IPv6Address(parsing: $0) }
    try note("prefix4") { try Prefix<IPv4Address>(parsing: $0) }
    try note("prefix6") { try Prefix<IPv6Address>(parsing: $0) }
    try note("interface4") { try InterfaceAddress<IPv4Address>(parsing: $0) }
    try note("mac") { try MACAddress(parsing: $0) }
    try note("name") { try DNSLabel(parsing: $0) }
    if let address = try? IPv4Address(parsing: text) {
      var bits = in_addr()
      guard inet_pton(AF_INET, text, &bits) == 1, bits.s_addr == address.bits.bigEndian else {
        throw Broken("inet_pton does not take \(text) for \(address)")
      }
    }
    if let address = try? IPv6Address(parsing: text) {
      var bits = in6_addr()
      guard inet_pton(AF_INET6, text, &bits) == 1,
        withUnsafeBytes(of: &bits, { $0.load(as: UInt128.self) }) == address.bits.bigEndian
      else { throw Broken("inet_pton does not take \(text) for \(address)") }
    }
    return shape
  }
}
