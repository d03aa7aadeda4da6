/// A place in a lab document, ordered as a document is read from top to bottom.
struct DocumentPlace: Comparable {
  private let ranks: [Int]

  init(_ pointer: JSONPointer) {
    ranks = pointer.tokens.map { Int($0) ?? Self.rank[$0] ?? Self.keys.count }
  }

  /// The whole before its parts.
  static func < (left: DocumentPlace, right: DocumentPlace) -> Bool {
    left.ranks.lexicographicallyPrecedes(right.ranks)
  }

  private static let rank = Dictionary(
    uniqueKeysWithValues: keys.enumerated().map { ($0.element, $0.offset) })

  /// One order that agrees with that of every object of a document.
  private static let keys = [
    "name", "description", "hypervisor", "host", "product", "version", "from", "to", "via", "mode",
    "variant", "vlan", "hypervisor_name", "os", "tags", "internet", "forwarding", "uplink",
    "occupied", "interface", "kind", "ipv4", "ipv6", "gateway", "gateway6", "routes", "adapters",
    "dhcp", "server", "first", "last", "size", "localhost_reachable", "protocol", "host_address",
    "host_port", "vm", "slot", "network", "address", "address6", "mac", "model", "promiscuous",
    "cable_connected", "guest_port", "networks", "vms", "port_forwards", "requirements", "port",
    "allow",
  ]
}
