/// Who answers for an address on a segment (ARP, RFC 826; neighbour discovery, RFC 4861).
///
/// As Linux does by default, a node answers on each of its segments for each of its addresses.
struct AddressOwners: Sendable {
  enum Answer: Hashable, Sendable {
    case nobody
    case node(Int)
    /// More than one node answers, or two cards of one hardware address do.
    case conflict
  }

  private struct Entry {
    let segment: Int
    let address: AddressBits
    var answer: Answer
  }

  /// A hash table with open addressing. **Invariant:** its size is a power of two, and at least
  /// half of it is empty.
  private var table: [Entry?]

  init(interfaces: [FabricInterface], nodes: [Range<Int>]) {
    let entries = nodes.reduce(0) { $0 + $1.count * $1.count }
    var size = 16
    while size < entries * 2 { size *= 2 }
    table = Array(repeating: nil, count: size)
    let clashing = Self.clashingHardware(interfaces)
    for range in nodes {
      for heard in range {
        for owned in range {
          add(
            clashing.contains(heard) ? .conflict : .node(interfaces[heard].node),
            for: interfaces[owned].address, on: interfaces[heard].segment)
        }
      }
    }
  }

  private mutating func add(_ answer: Answer, for address: AddressBits, on segment: Int) {
    let place = place(of: address, on: segment)
    if let known = table[place] {
      if known.answer != answer { table[place]?.answer = .conflict }
    } else {
      table[place] = Entry(segment: segment, address: address, answer: answer)
    }
  }

  /// Where an address of a segment stands, or would stand.
  private func place(of address: AddressBits, on segment: Int) -> Int {
    let mask = table.count - 1
    let low = UInt64(truncatingIfNeeded: address)
    let high = UInt64(truncatingIfNeeded: address >> 64)
    var hash = (low ^ high &* 0x9e37_79b9_7f4a_7c15) &+ UInt64(segment) &* 0xc2b2_ae3d_27d4_eb4f
    hash = (hash ^ hash >> 32) &* 0x9e37_79b9_7f4a_7c15
    var place = Int(truncatingIfNeeded: hash >> 32) & mask
    while let entry = table[place], entry.segment != segment || entry.address != address {
      place = (place + 1) & mask
    }
    return place
  }

  /// Interfaces that share a segment and a hardware address with another node's.
  private static func clashingHardware(_ interfaces: [FabricInterface]) -> Set<Int> {
    struct Port: Hashable {
      let segment: Int
      let mac: MACAddress
    }
    var first: [Port: Int] = [:]
    var clashing: Set<Int> = []
    for (index, interface) in interfaces.enumerated() {
      guard let mac = interface.mac else { continue }
      let port = Port(segment: interface.segment, mac: mac)
      if let other = first[port] {
        clashing.insert(other)
        clashing.insert(index)
      } else {
        first[port] = index
      }
    }
    return clashing
  }

  func answer(for address: AddressBits, on segment: Int) -> Answer {
    table[place(of: address, on: segment)]?.answer ?? .nobody
  }
}
