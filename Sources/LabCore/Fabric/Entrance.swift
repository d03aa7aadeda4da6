/// A port of a router that leads to a machine behind it (destination NAT), as the router knows it.
struct Entrance: Hashable, Sendable {
  /// Where a document says so.
  enum Origin: Hashable, Sendable {
    /// `vms[].forwards`, by index.
    case machine(Int, forward: Int)
    /// `host.uplink.forwards`, by index.
    case uplink(forward: Int)
    /// `port_forwards`, by index.
    case host(forward: Int)
  }

  let origin: Origin
  let node: Int
  /// The only segment by which connections come to it; nil for any.
  let segment: Int?
  /// The node's addresses at which it listens.
  let addresses: [AddressBits]
  let transport: PortForward.Transport
  let port: Int
  let target: AddressBits
  let targetPort: Int

  /// Whether a connection comes to it.
  func accepts(_ address: AddressBits, port: Int?, by segment: Int) -> Bool {
    port == self.port && (self.segment ?? segment) == segment && addresses.contains(address)
  }
}
