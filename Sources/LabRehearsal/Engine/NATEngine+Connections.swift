internal import CNamespaces
internal import Glibc
internal import LabCore

extension NATEngine {
  /// Takes up guests' TCP connections; answers the proxy's port.
  func takeUpConnections() throws(RehearsalError) -> UInt16 {
    let listener = try transparentSocket(SOCK_STREAM)
    let port = try takeAnyPort(listener)
    let number = listener.listen()
    guard number == 0 else {
      throw .refused(step: "listen on \(router.title)", errorNumber: number)
    }
    loop.watchConnections(to: listener) { [unowned self] guest, _ throws(RehearsalError) in
      try connect(guest)
    }
    return port
  }

  private func connect(_ guest: Descriptor) throws(RehearsalError) {
    guard let dialled = guest.localAddress, let target = outside(of: dialled) else { return }
    let connection = try host.socket(family.socketFamily, SOCK_STREAM)
    let number = connection.connect(to: target)
    guard number == 0 || number == EINPROGRESS else { return }
    Relay(guest, connection, on: loop)
  }

  /// Listens on the host for a forwarded TCP port. Where the host lacks the address, or has given
  /// the port away already, the forward does not exist.
  func forwardConnections(_ forward: BlueprintForward) throws(RehearsalError) {
    let listener = try host.socket(family.socketFamily, SOCK_STREAM)
    let address = SocketAddress(forward.hostAddress, port: forward.hostPort)
    guard listener.bind(to: address) == 0, listener.listen() == 0 else { return }
    let guest = SocketAddress(forward.guestAddress, port: forward.guestPort)
    loop.watchConnections(to: listener) { [unowned self] client, peer throws(RehearsalError) in
      try deliver(client, of: peer, to: guest)
    }
  }

  private func deliver(
    _ client: Descriptor, of peer: SocketAddress, to guest: SocketAddress
  ) throws(RehearsalError) {
    let connection = try transparentSocket(SOCK_STREAM)
    guard connection.bind(to: SocketAddress(inside(of: peer).address, port: 0)) == 0 else { return }
    let number = connection.connect(to: guest)
    guard number == 0 || number == EINPROGRESS else { return }
    Relay(client, connection, on: loop)
  }
}
