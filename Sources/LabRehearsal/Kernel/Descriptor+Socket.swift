internal import CNamespaces
internal import Glibc

// Every call that can fail answers 0 or the kernel's error number: most failures here are what is
// to be measured, not what went wrong.
extension Descriptor {
  /// Sets an option whose value is a number.
  func set(_ level: Int32, _ option: Int32, to value: Int32) -> Int32 {
    withUnsafePointer(to: value) {
      errorNumber(setsockopt(number, level, option, $0, socklen_t(MemoryLayout<Int32>.size)))
    }
  }

  /// Makes closing a connection reset it: nothing of it outlives the descriptor.
  func resetWhenClosed() {
    var option = linger()
    option.l_onoff = 1
    _ = setsockopt(number, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
  }

  func bind(to address: SocketAddress) -> Int32 {
    address.withPointer { errorNumber(Glibc.bind(number, $0, $1)) }
  }

  func connect(to address: SocketAddress) -> Int32 {
    address.withPointer { errorNumber(Glibc.connect(number, $0, $1)) }
  }

  func listen() -> Int32 {
    errorNumber(Glibc.listen(number, SOMAXCONN))
  }

  /// The next connection and who opened it; nil when none is waiting.
  func accept() throws(RehearsalError) -> (connection: Descriptor, peer: SocketAddress)? {
    var storage = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    let accepted = withUnsafeMutablePointer(to: &storage) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        accept4(number, $0, &length, Int32(SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue))
      }
    }
    guard accepted >= 0 else {
      switch errno {
      // A shortage would come up again and again, since the connection goes on waiting.
      case EMFILE, ENFILE, ENOBUFS, ENOMEM:
        throw .refused(step: "accept a connection", errorNumber: errno)
      default: return nil
      }
    }
    let connection = Descriptor(adopting: accepted)
    guard let peer = SocketAddress(storage) else { return nil }
    connection.resetWhenClosed()
    return (connection, peer)
  }

  /// The address and port that the socket is bound to: behind a transparent proxy, those that the
  /// client dialled.
  var localAddress: SocketAddress? {
    var storage = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    let result = withUnsafeMutablePointer(to: &storage) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        getsockname(number, $0, &length)
      }
    }
    return result == 0 ? SocketAddress(storage) : nil
  }

  /// The error that waits on the socket, which this takes off it.
  var pendingError: Int32 {
    var error: Int32 = 0
    var length = socklen_t(MemoryLayout<Int32>.size)
    guard getsockopt(number, SOL_SOCKET, SO_ERROR, &error, &length) == 0 else { return errno }
    return error
  }

  /// What has arrived, at most 8 KB; nil where nothing is to come any more, or on failure.
  func receive() -> [UInt8]? {
    let bytes = [UInt8](unsafeUninitializedCapacity: 8192) { buffer, count in
      count = max(0, recv(number, buffer.baseAddress, buffer.count, Int32(MSG_DONTWAIT)))
    }
    return bytes.isEmpty ? nil : bytes
  }

  /// Sends bytes on a connected socket.
  @discardableResult
  func send(_ bytes: [UInt8]) -> Int32 {
    let flags = Int32(MSG_DONTWAIT | MSG_NOSIGNAL)
    return Glibc.send(number, bytes, bytes.count, flags) == bytes.count ? 0 : errno
  }
}

/// A datagram as it arrived.
struct Datagram {
  let payload: [UInt8]
  let sender: SocketAddress
  /// Where it was sent to. The port is 0 but behind a transparent proxy.
  let target: SocketAddress
}

extension Descriptor {
  /// The next datagram; nil when none is waiting. The socket must ask for packet information or
  /// for the original destination.
  func receiveDatagram() -> Datagram? {
    var sender = sockaddr_storage()
    var target = sockaddr_storage()
    let payload = [UInt8](unsafeUninitializedCapacity: 2048) { buffer, count in
      count = max(
        0, namespaces_receive(number, buffer.baseAddress, UInt(buffer.count), &sender, &target))
    }
    guard !payload.isEmpty, let from = SocketAddress(sender), let to = SocketAddress(target) else {
      return nil
    }
    return Datagram(payload: payload, sender: from, target: to)
  }

  /// Sends a datagram from an address of the machine's, or from any where the socket is
  /// transparent.
  @discardableResult
  func send(_ payload: [UInt8], to target: SocketAddress, from source: SocketAddress) -> Int32 {
    target.withPointer { targetPointer, length in
      source.withPointer { sourcePointer, _ in
        let sent = namespaces_send(
          number, payload, UInt(payload.count), targetPointer, length, sourcePointer)
        return sent == payload.count ? 0 : errno
      }
    }
  }
}

private func errorNumber(_ result: Int32) -> Int32 {
  result == 0 ? 0 : errno
}
