internal import CNamespaces
internal import Glibc
internal import LabCore

extension NATEngine {
  /// Takes up guests' pings and sends pings of the host's in their place.
  ///
  /// What an engine answers by itself says nothing about the host, so pings of its own addresses
  /// get no answer here.
  func takeUpPings() throws(RehearsalError) {
    let socket = try transparentSocket(SOCK_RAW, IPPROTO_ICMP)
    let number = socket.requestPacketInformation(.ipv4)
    guard number == 0 else {
      throw .refused(step: "ask for packet information on \(router.title)", errorNumber: number)
    }
    loop.watch(socket) { [unowned self] _ in
      while let datagram = socket.receiveDatagram() {
        guard let ping = Ping(received: datagram.payload, .ipv4), ping.isRequest else { continue }
        loop.attempt { () throws(RehearsalError) in
          try sendOut(ping, datagram, answeringOn: socket)
        }
      }
    }
  }

  private func sendOut(
    _ ping: Ping, _ datagram: Datagram, answeringOn socket: Descriptor
  ) throws(RehearsalError) {
    guard case .ipv4(let address) = datagram.target.address, !blueprint.inside.contains(address)
    else { return }
    let outward = try host.socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP)
    guard outward.connect(to: SocketAddress(datagram.target.address, port: 0)) == 0 else { return }
    outward.send(Ping(isRequest: true, payload: ping.payload).bytes(.ipv4))
    awaitAnswer(on: outward) { message throws(RehearsalError) in
      guard let answer = Ping(message: message[...], .ipv4) else { return }
      let reply = Ping(isRequest: false, identity: ping.identity, payload: answer.payload)
      socket.send(reply.bytes(.ipv4), to: datagram.sender, from: datagram.target)
    }
  }
}
