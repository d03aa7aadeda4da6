internal import Glibc

extension SocketAddress {
  /// The address in a structure that the system filled in; nil for anything but IPv4 and IPv6.
  init?(_ storage: sockaddr_storage) {
    let parts = withUnsafeBytes(of: storage) { bytes -> (host: String, port: UInt16)? in
      switch Int32(storage.ss_family) {
      case AF_INET:
        let address = bytes.loadUnaligned(as: sockaddr_in.self)
        return (text(address.sin_addr, AF_INET), UInt16(bigEndian: address.sin_port))
      case AF_INET6:
        let address = bytes.loadUnaligned(as: sockaddr_in6.self)
        let host = text(address.sin6_addr, AF_INET6)
        let mapped = host.hasPrefix("::ffff:") && host.contains(".")
        return (mapped ? String(host.dropFirst(7)) : host, UInt16(bigEndian: address.sin6_port))
      default:
        return nil
      }
    }
    guard let parts else { return nil }
    self.init(host: parts.host, port: parts.port)
  }

  /// Our end of a socket.
  init?(ofSocket descriptor: Int32) {
    var storage = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    let result = withUnsafeMutablePointer(to: &storage) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
    }
    guard result == 0 else { return nil }
    self.init(storage)
  }
}

private func text<Address>(_ address: Address, _ family: Int32) -> String {
  withUnsafePointer(to: address) { address in
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(INET6_ADDRSTRLEN)) { buffer in
      guard let base = buffer.baseAddress,
        let text = inet_ntop(family, address, base, socklen_t(buffer.count))
      else { return "" }
      return String(cString: text)
    }
  }
}
