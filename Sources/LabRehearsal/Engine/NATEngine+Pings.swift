internal import CNamespaces
internal import Glibc
internal import LabCore

extension NATEngine {
  /// Takes up guests' pings and sends pings of the host's in their place.
  ///
  /// What an engine answers by itself says nothing about the host, so pings of its own addresses
  /// get no answer here.
  func takeUpPings() throws(RehearsalError) {
    let socket = try transparentSocket(SOCK_RAW, family.pingProtocol)
    let number = socket.requestPacketInformation(family)
    guard number == 0 else {
      throw .refused(step: "ask for packet information on \(router.title)", errorNumber: number)
    }
    loop.watch(socket) { [unowned self] _ in
      while let datagram = socket.receiveDatagram() {
        guard let ping = Ping(received: datagram.payload, family), ping.isRequest else { continue }
        loop.attempt { () throws(RehearsalError) in
          try sendOut(ping, datagram, answeringOn: socket)
        }
      }
    }
  }

  private func sendOut(
    _ ping: Ping, _ datagram: Datagram, answeringOn socket: Descriptor
  ) throws(RehearsalError) {
    guard !blueprint.inside.contains(datagram.target.address) else { return }
    let outward = try host.socket(family.socketFamily, SOCK_DGRAM, family.pingProtocol)
    guard outward.connect(to: SocketAddress(datagram.target.address, port: 0)) == 0 else { return }
    outward.send(Ping(isRequest: true, payload: ping.payload).bytes(family))
    awaitAnswer(on: outward) { [family] message throws(RehearsalError) in
      guard let answer = Ping(message: message[...], family) else { return }
      let reply = Ping(isRequest: false, identity: ping.identity, payload: answer.payload)
      socket.send(reply.bytes(family), to: datagram.sender, from: datagram.target)
    }
  }
}
