internal import CNamespaces
internal import Glibc
internal import LabCore

/// What a station is probed with.
///
/// The services that answer a probe tell the name of the station they are on, so that reaching
/// another machine at the same address is told from reaching the right one.
struct Answerer {
  let name: String
  let namespace: NetworkNamespace
  let family: AddressFamily
  let loop: EventLoop

  /// Every line that is told ends with this byte.
  static let lineEnd = UInt8(ascii: "\n")

  private var line: [UInt8] { Array(name.utf8) + [Self.lineEnd] }

  /// Answers on the given ports; pings have none.
  func serve(_ probe: Probe, on ports: Set<UInt16>) throws(RehearsalError) {
    switch probe {
    case .tcp: for port in ports { try serveTCP(on: port) }
    case .udp: for port in ports { try serveUDP(on: port) }
    case .icmp: try servePings()
    }
  }

  private func serveTCP(on port: UInt16) throws(RehearsalError) {
    let listener = try namespace.socket(family.socketFamily, SOCK_STREAM)
    try check(
      listener.bind(to: SocketAddress(family.everyAddress, port: port)), "take port \(port)")
    try check(listener.listen(), "listen on port \(port)")
    let line = line
    let loop = loop
    loop.watchConnections(to: listener) { [unowned loop] connection, _ in
      connection.send(line)
      // The client closes first; until then the line may still be on its way.
      loop.watch(connection) { _ in loop.forget(connection) }
    }
  }

  private func serveUDP(on port: UInt16) throws(RehearsalError) {
    let socket = try namespace.socket(family.socketFamily, SOCK_DGRAM)
    try check(socket.requestPacketInformation(family), "ask for packet information")
    try check(socket.bind(to: SocketAddress(family.everyAddress, port: port)), "take port \(port)")
    let line = line
    loop.watch(socket) { _ in
      while let datagram = socket.receiveDatagram() {
        socket.send(line, to: datagram.sender, from: datagram.target)
      }
    }
  }

  private func servePings() throws(RehearsalError) {
    let socket = try namespace.socket(family.socketFamily, SOCK_RAW, family.pingProtocol)
    try check(socket.requestPacketInformation(family), "ask for packet information")
    let line = line
    let family = family
    loop.watch(socket) { _ in
      while let datagram = socket.receiveDatagram() {
        guard let request = Ping(received: datagram.payload, family), request.isRequest else {
          continue
        }
        let reply = Ping(isRequest: false, identity: request.identity, payload: line)
        socket.send(reply.bytes(family), to: datagram.sender, from: datagram.target)
      }
    }
  }

  private func check(_ number: Int32, _ step: String) throws(RehearsalError) {
    guard number == 0 else {
      throw .refused(step: "\(step) on \(namespace.title)", errorNumber: number)
    }
  }
}
