/// An address, or the name of the VM whose address is meant.
///
/// No text is both: names have no dots.
public enum AddressReference: Hashable, Sendable, CustomStringConvertible {
  case address(IPv4Address)
  case machine(DNSLabel)

  /// Reads an address or a name.
  public init(parsing text: String) throws(AddressSyntaxError) {
    if let name = try? DNSLabel(parsing: text) {
      self = .machine(name)
    } else {
      self = .address(try IPv4Address(parsing: text))
    }
  }

  /// The address, where it is written out.
  public var address: IPv4Address? {
    if case .address(let address) = self { address } else { nil }
  }

  /// The name, where one stands for the address.
  public var machine: DNSLabel? {
    if case .machine(let name) = self { name } else { nil }
  }

  /// The address or the name as written.
  public var description: String {
    switch self {
    case .address(let address): address.description
    case .machine(let name): name.text
    }
  }
}
