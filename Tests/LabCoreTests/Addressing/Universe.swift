import LabCore

/// A /24 or /120, small enough that an oracle may look at every address of it.
struct Universe<Address: IPAddress>: Sendable, CustomStringConvertible {
  static var size: Int { 256 }

  let prefix: Prefix<Address>
  let addresses: [Address]
  /// All prefixes inside it, the widest first.
  let prefixes: [Prefix<Address>]

  init(startingAt bits: Address.Bits) {
    let whole = Prefix(containing: Address(bits: bits), length: Address.Bits.bitWidth - 8)
    let addresses = (0..<Self.size).map { Address(bits: whole.network.bits + Address.Bits($0)) }
    prefix = whole
    self.addresses = addresses
    prefixes = (0...8).flatMap { more in
      stride(from: 0, to: Self.size, by: Self.size >> more).map {
        Prefix(containing: addresses[$0], length: whole.length + more)
      }
    }
  }

  func range(_ indices: ClosedRange<Int>) -> AddressRange<Address> {
    AddressRange(first: addresses[indices.lowerBound], last: addresses[indices.upperBound])!
  }

  /// The fewest prefixes that make up a set: a prefix if all of it is in, none if none is, else
  /// those of its halves.
  func cover(_ members: Set<Address>) -> [Prefix<Address>] {
    func cover(_ indices: Range<Int>, _ length: Int) -> [Prefix<Address>] {
      let all = addresses[indices]
      if all.allSatisfy(members.contains) {
        return [Prefix(containing: addresses[indices.lowerBound], length: length)]
      }
      if !all.contains(where: members.contains) { return [] }
      let middle = (indices.lowerBound + indices.upperBound) / 2
      return cover(indices.lowerBound..<middle, length + 1)
        + cover(middle..<indices.upperBound, length + 1)
    }
    return cover(0..<Self.size, prefix.length)
  }

  /// The runs of addresses in a set.
  func runs(_ members: Set<Address>) -> [AddressRange<Address>] {
    var runs: [AddressRange<Address>] = []
    var start: Int?
    for index in 0...Self.size {
      let isMember = index < Self.size && members.contains(addresses[index])
      if isMember, start == nil { start = index }
      if !isMember, let first = start {
        runs.append(range(first...index - 1))
        start = nil
      }
    }
    return runs
  }

  var description: String { prefix.description }
}

extension Universe<IPv4Address> {
  /// One in the middle, and those at both ends, where adding or subtracting one would overflow.
  static var all: [Universe] {
    [Universe(startingAt: 0x0a00_0200), Universe(startingAt: 0), Universe(startingAt: .max)]
  }
}

extension Universe<IPv6Address> {
  /// One in the middle, and those at both ends, where adding or subtracting one would overflow.
  static var all: [Universe] {
    [
      Universe(startingAt: 0xfd00 << 112), Universe(startingAt: 0), Universe(startingAt: .max),
    ]
  }
}
