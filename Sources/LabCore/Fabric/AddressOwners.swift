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

  private struct Key: Hashable {
    let segment: Int
    let address: AddressBits
  }

  private var answers: [Key: Answer] = [:]

  init(interfaces: [FabricInterface], nodes: [Range<Int>]) {
    answers.reserveCapacity(interfaces.count * 2)
    let clashing = Self.clashingHardware(interfaces)
    for range in nodes {
      for heard in range {
        for owned in range {
          let key = Key(segment: interfaces[heard].segment, address: interfaces[owned].address)
          let answer: Answer =
            clashing.contains(heard) ? .conflict : .node(interfaces[heard].node)
          answers[key] = Self.combine(answers[key], answer)
        }
      }
    }
  }

  private static func combine(_ known: Answer?, _ new: Answer) -> Answer {
    guard let known, known != new else { return new }
    return .conflict
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
    answers[Key(segment: segment, address: address)] ?? .nobody
  }
}
