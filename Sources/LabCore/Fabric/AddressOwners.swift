/// Who answers for an address on a segment (ARP, RFC 826; neighbour discovery, RFC 4861).
///
/// As Linux does by default, a node answers on each of its segments for each of its addresses. To
/// write all of that down would take too much: a host with 5,000 host-only networks has 25 million
/// pairs of a segment and an address. So the table has the addresses on their own segments, and for
/// others the nodes that have the address, or those on the segment, are looked through.
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
    let answer: Answer
  }

  private struct Foot: Hashable {
    let node: Int
    let segment: Int
  }

  private struct Owner: Hashable {
    let node: Int
    let address: AddressBits
  }

  /// A hash table with open addressing, of addresses on the segments of the interfaces that have
  /// them. **Invariant:** its size is a power of two, and at least half of it is empty.
  private var table: [Entry?]
  /// The nodes that have an address, each once.
  private var nodesByAddress: [AddressBits: [Int]] = [:]
  /// By segment: the nodes on it, each once.
  private var nodesBySegment: [[Int]]
  private var owners: Set<Owner>
  /// Where nodes are, and whether a card of theirs there has another's hardware address.
  private var feet: [Foot: Bool]

  init(interfaces: [FabricInterface], nodes: [Range<Int>]) {
    var size = 16
    while size < interfaces.count * 2 { size *= 2 }
    table = Array(repeating: nil, count: size)
    let segments = interfaces.reduce(0) { max($0, $1.segment + 1) }
    nodesBySegment = Array(repeating: [], count: segments)
    owners = Set(minimumCapacity: interfaces.count)
    feet = Dictionary(minimumCapacity: interfaces.count)
    let clashing = Self.clashingHardware(interfaces)
    for (node, range) in nodes.enumerated() {
      for index in range { add(interfaces[index], of: node, clashes: clashing.contains(index)) }
    }
    for interface in interfaces {
      let place = place(of: interface.address, on: interface.segment)
      guard table[place] == nil else { continue }
      table[place] = Entry(
        segment: interface.segment, address: interface.address,
        answer: lookedUp(interface.address, on: interface.segment))
    }
  }

  private mutating func add(_ interface: FabricInterface, of node: Int, clashes: Bool) {
    if owners.insert(Owner(node: node, address: interface.address)).inserted {
      nodesByAddress[interface.address, default: []].append(node)
    }
    let foot = Foot(node: node, segment: interface.segment)
    if let known = feet[foot] {
      feet[foot] = known || clashes
    } else {
      feet[foot] = clashes
      nodesBySegment[interface.segment].append(node)
    }
  }

  func answer(for address: AddressBits, on segment: Int) -> Answer {
    table[place(of: address, on: segment)]?.answer ?? lookedUp(address, on: segment)
  }

  private func lookedUp(_ address: AddressBits, on segment: Int) -> Answer {
    guard let having = nodesByAddress[address], segment < nodesBySegment.count else {
      return .nobody
    }
    let present = nodesBySegment[segment]
    var answer = Answer.nobody
    for node in having.count < present.count ? having : present {
      guard let clashes = feet[Foot(node: node, segment: segment)],
        owners.contains(Owner(node: node, address: address))
      else { continue }
      if clashes || answer != .nobody { return .conflict }
      answer = .node(node)
    }
    return answer
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
        guard interfaces[other].node != interface.node else { continue }
        clashing.insert(other)
        clashing.insert(index)
      } else {
        first[port] = index
      }
    }
    return clashing
  }
}
