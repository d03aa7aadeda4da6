internal import CNamespaces
internal import Glibc
internal import LabCore

extension NATEngine {
  /// Takes up guests' UDP datagrams; answers the proxy's port.
  func takeUpDatagrams() throws(RehearsalError) -> UInt16 {
    let proxy = try transparentSocket(SOCK_DGRAM)
    _ = proxy.requestOriginalDestination(family)
    let port = try takeAnyPort(proxy)
    loop.watch(proxy) { [unowned self] _ in
      while let datagram = proxy.receiveDatagram() {
        loop.attempt { () throws(RehearsalError) in try sendOut(datagram) }
      }
    }
    return port
  }

  /// Sends a guest's datagram as the host, and its answers back as whom the guest has dialled.
  private func sendOut(_ datagram: Datagram) throws(RehearsalError) {
    guard let target = outside(of: datagram.target) else { return }
    let outward = try host.socket(family.socketFamily, SOCK_DGRAM)
    guard outward.connect(to: target) == 0 else { return }
    outward.send(datagram.payload)
    awaitAnswer(on: outward) { [unowned self] answer throws(RehearsalError) in
      let inward = try transparentSocket(SOCK_DGRAM)
      guard inward.bind(to: datagram.target) == 0, inward.connect(to: datagram.sender) == 0 else {
        return
      }
      inward.send(answer)
    }
  }

  /// Listens on the host for a forwarded UDP port, where it can.
  func forwardDatagrams(_ forward: BlueprintForward) throws(RehearsalError) {
    let listener = try host.socket(family.socketFamily, SOCK_DGRAM)
    guard listener.requestPacketInformation(family) == 0,
      listener.bind(to: SocketAddress(forward.hostAddress, port: forward.hostPort)) == 0
    else { return }
    let guest = SocketAddress(forward.guestAddress, port: forward.guestPort)
    loop.watch(listener) { [unowned self] _ in
      while let datagram = listener.receiveDatagram() {
        loop.attempt { () throws(RehearsalError) in
          try deliver(datagram, from: listener, to: guest)
        }
      }
    }
  }

  private func deliver(
    _ datagram: Datagram, from listener: Descriptor, to guest: SocketAddress
  ) throws(RehearsalError) {
    let inward = try transparentSocket(SOCK_DGRAM)
    let client = inside(of: datagram.sender)
    guard inward.bind(to: SocketAddress(client.address, port: 0)) == 0,
      inward.connect(to: guest) == 0
    else { return }
    inward.send(datagram.payload)
    awaitAnswer(on: inward) { answer throws(RehearsalError) in
      listener.send(answer, to: datagram.sender, from: datagram.target)
    }
  }
}
