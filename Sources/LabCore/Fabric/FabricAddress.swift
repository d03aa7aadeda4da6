/// An address of either family as the fabric compares it: the bits, right-aligned.
///
/// A fabric is of one family, so that the same simulator serves both.
typealias AddressBits = UInt128

/// A prefix as the fabric compares it.
struct FabricPrefix: Hashable {
  let network: AddressBits
  let mask: AddressBits
  let length: Int

  init<Address: IPAddress>(_ prefix: Prefix<Address>) {
    network = AddressBits(prefix.network.bits)
    mask = AddressBits(Address.Bits.max) ^ Self.hostMask(Address.Bits.bitWidth - prefix.length)
    length = prefix.length
  }

  /// Everything: the default route's.
  static let all = FabricPrefix(network: 0, mask: 0, length: 0)

  private init(network: AddressBits, mask: AddressBits, length: Int) {
    self.network = network
    self.mask = mask
    self.length = length
  }

  private static func hostMask(_ bits: Int) -> AddressBits {
    bits >= 128 ? .max : (1 << AddressBits(bits)) - 1
  }

  func contains(_ address: AddressBits) -> Bool { address & mask == network }

  func overlaps(_ other: FabricPrefix) -> Bool {
    let shared = mask & other.mask
    return network & shared == other.network & shared
  }
}

extension AddressFamily {
  /// The host's own loopback address.
  var loopback: AddressBits {
    switch self {
    case .ipv4: 0x7f00_0001
    case .ipv6: 1
    }
  }

  /// Writes an address of this family.
  func text(of address: AddressBits) -> String {
    switch self {
    case .ipv4: IPv4Address(bits: UInt32(truncatingIfNeeded: address)).description
    case .ipv6: IPv6Address(bits: address).description
    }
  }
}

extension Fabric {
  /// Writes a prefix of this fabric's family.
  func text(of prefix: FabricPrefix) -> String {
    "\(family.text(of: prefix.network))/\(prefix.length)"
  }
}

extension AddressBits {
  init(_ address: AnyAddress) {
    switch address {
    case .ipv4(let address): self.init(address.bits)
    case .ipv6(let address): self.init(address.bits)
    }
  }
}
