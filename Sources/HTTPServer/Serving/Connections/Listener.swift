internal import CEpoll
internal import Glibc

/// A socket that takes connections in for the server that is made with it.
public struct Listener: Sendable {
  /// What came of taking a connection in.
  enum Acceptance {
    case connection(Int32, SocketAddress)
    case nothingWaiting
    /// The process or the system has no descriptor or memory left for it.
    case outOfResources
  }

  let descriptor: Int32
  let address: SocketAddress

  /// Listens at the first address of a host that lets it. Connections wait until there is a server.
  public init(host: String, port: UInt16) throws(ServerError) {
    let candidates = try AddressCandidates(host: host, port: port)
    defer { candidates.free() }
    var failure = EADDRNOTAVAIL
    for candidate in candidates {
      if let descriptor = listeningSocket(candidate, &failure) {
        guard let address = SocketAddress(ofSocket: descriptor) else {
          failure = errno
          close(descriptor)
          continue
        }
        self.descriptor = descriptor
        self.address = address
        return
      }
    }
    throw .cannotListen(host: host, port: port, reason: errorText(failure))
  }

  /// Refuses connections from now on. The descriptor stays, as other threads may be using it.
  func stop() {
    shutdown(descriptor, Int32(SHUT_RDWR))
  }

  /// Takes one connection in, without waiting for it.
  func accept() -> Acceptance {
    while true {
      var storage = sockaddr_storage()
      var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
      let accepted = withUnsafeMutablePointer(to: &storage) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          accept4(descriptor, $0, &length, nonBlockingCloseOnExec)
        }
      }
      if accepted >= 0 {
        return .connection(accepted, SocketAddress(storage) ?? SocketAddress(host: "", port: 0))
      }
      switch errno {
      // The latter after `stop()`.
      case EAGAIN, EINVAL: return .nothingWaiting
      case let code where endsOneConnection(code): continue
      default: return .outOfResources
      }
    }
  }
}

/// Whether an error of `accept` is the fault of the connection it would have taken in (accept(2)).
private func endsOneConnection(_ code: Int32) -> Bool {
  [
    EINTR, ECONNABORTED, EPERM, EPROTO, ENOPROTOOPT, EHOSTDOWN, EHOSTUNREACH, ENETDOWN, ENETUNREACH,
    ENONET, EOPNOTSUPP,
  ].contains(code)
}

private let nonBlockingCloseOnExec =
  Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)

/// The addresses that a host's name stands for.
private struct AddressCandidates: Sequence {
  private let first: UnsafeMutablePointer<addrinfo>

  init(host: String, port: UInt16) throws(ServerError) {
    var hints = addrinfo()
    hints.ai_family = AF_UNSPEC
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV
    var found: UnsafeMutablePointer<addrinfo>?
    let result = getaddrinfo(host, String(port), &hints, &found)
    guard result == 0, let found else {
      throw .unknownHost(host, reason: String(cString: gai_strerror(result)))
    }
    first = found
  }

  func makeIterator() -> some IteratorProtocol<addrinfo> {
    sequence(first: first, next: { $0.pointee.ai_next }).lazy.map(\.pointee).makeIterator()
  }

  func free() {
    freeaddrinfo(first)
  }
}

private func listeningSocket(_ candidate: addrinfo, _ failure: inout Int32) -> Int32? {
  let descriptor = socket(
    candidate.ai_family, candidate.ai_socktype | nonBlockingCloseOnExec, candidate.ai_protocol)
  guard descriptor >= 0 else {
    failure = errno
    return nil
  }
  setOption(descriptor, SOL_SOCKET, SO_REUSEADDR, 1)
  if candidate.ai_family == AF_INET6 {
    setOption(descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY, 0)
  }
  // Accepted sockets inherit it. Without it a small write waits for the acknowledgement of the
  // one before: 40 ms a request.
  setOption(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, 1)
  // So is this. Without it the system takes megabytes for a client that reads nothing.
  setOption(descriptor, SOL_SOCKET, SO_SNDBUF, sendBufferBytes)
  guard bind(descriptor, candidate.ai_addr, candidate.ai_addrlen) == 0,
    listen(descriptor, SOMAXCONN) == 0
  else {
    failure = errno
    close(descriptor)
    return nil
  }
  return descriptor
}

/// Bytes that the system takes for a client at a time; Linux doubles it for its own bookkeeping
/// (socket(7)).
private let sendBufferBytes: Int32 = 192 * 1024

private func setOption(_ descriptor: Int32, _ level: Int32, _ name: Int32, _ value: Int32) {
  var value = value
  setsockopt(descriptor, level, name, &value, socklen_t(MemoryLayout<Int32>.size))
}
