internal import CNamespaces
internal import Glibc
internal import LabCore

/// A NAT engine as VirtualBox has it: a program on the host that takes up what its guests send and
/// sends it again from sockets of its own, as the host.
///
/// On its inside it is a router that owns the engine's few addresses. Whatever guests send through
/// it to any other address is taken up there by a transparent proxy, as the engine takes up packets
/// from its end of the virtual cable. On its outside it has ordinary sockets of the host: it gets
/// exactly as far as the host itself does, and its targets see the host. Forwarded ports are
/// sockets that listen on the host; towards the guest the engine speaks with the client's own
/// address, or with the gateway's for clients on the host's loopback.
final class NATEngine {
  let blueprint: BlueprintEngine
  let router: NetworkNamespace
  let host: NetworkNamespace
  let loop: EventLoop
  /// The sockets that wait for an answer to a datagram.
  private var exchanges: [ObjectIdentifier: Descriptor] = [:]
  /// The name of the router's interface to its guests.
  static let insideName = "inside"

  /// An engine between its router and the host; takes up nothing yet.
  init(
    _ blueprint: BlueprintEngine, router: NetworkNamespace, host: NetworkNamespace, loop: EventLoop
  ) {
    self.blueprint = blueprint
    self.router = router
    self.host = host
    self.loop = loop
  }

  /// The family of addresses it works with.
  var family: AddressFamily { blueprint.inside.family }

  /// Begins to take up what guests send.
  func start() throws(RehearsalError) {
    try router.configure([
      RouteRequests.route(to: family.everywhere, .here, table: RouteRequests.proxyTable),
      RouteRequests.proxyRule(arrivingBy: Self.insideName, family: family),
    ])
    try router.filter(
      PacketFilter.transparentProxy(
        family: family, tcpPort: try takeUpConnections(), udpPort: try takeUpDatagrams()))
    try takeUpPings()
  }

  /// Where the host is to send what a guest sent to an address; nil where the engine drops it.
  func outside(of target: SocketAddress) -> SocketAddress? {
    if target.address == blueprint.loopbackAlias {
      return SocketAddress(family.loopback, port: target.port)
    }
    return blueprint.inside.contains(target.address) ? nil : target
  }

  /// As whom a client of a forwarded port appears to the guest.
  func inside(of client: SocketAddress) -> SocketAddress {
    client.address.isLoopback ? SocketAddress(blueprint.gateway, port: client.port) : client
  }

  /// A socket inside that may bear any address.
  func transparentSocket(
    _ kind: __socket_type, _ transport: Int = 0
  ) throws(RehearsalError) -> Descriptor {
    let socket = try router.socket(family.socketFamily, kind, transport)
    let number = socket.becomeTransparent(family)
    guard number == 0 else {
      throw .refused(step: "speak for others on \(router.title)", errorNumber: number)
    }
    return socket
  }

  /// Binds a proxy's socket to a port of the kernel's choice.
  func takeAnyPort(_ socket: Descriptor) throws(RehearsalError) -> UInt16 {
    let everywhere = SocketAddress(family.everyAddress, port: 0)
    let number = socket.bind(to: everywhere)
    guard number == 0, let address = socket.localAddress else {
      throw .refused(step: "take a port on \(router.title)", errorNumber: number)
    }
    return address.port
  }

  /// Waits on a socket for the answer to a datagram that was sent on it.
  func awaitAnswer(
    on socket: Descriptor, _ deliver: @escaping ([UInt8]) throws(RehearsalError) -> Void
  ) {
    let key = ObjectIdentifier(socket)
    exchanges[key] = socket
    loop.watch(socket) { [unowned self] _ in
      if let answer = socket.receive() {
        loop.attempt { () throws(RehearsalError) in try deliver(answer) }
      }
      exchanges[key] = nil
      loop.forget(socket)
    }
  }

  /// Waits no longer for answers to datagrams.
  func endExchanges() {
    for socket in exchanges.values { loop.forget(socket) }
    exchanges = [:]
  }
}
