internal import CNamespaces
internal import Glibc
internal import LabCore

/// An address with a port, as sockets take it; the port is 0 where the protocol has none.
struct SocketAddress: Hashable {
  let address: AnyAddress
  let port: UInt16

  init(_ address: AnyAddress, port: UInt16) {
    self.address = address
    self.port = port
  }

  /// The address that the kernel wrote; nil for other families than IPv4 and IPv6.
  init?(_ storage: sockaddr_storage) {
    switch Int32(storage.ss_family) {
    case AF_INET:
      let raw = withUnsafeBytes(of: storage) { $0.loadUnaligned(as: sockaddr_in.self) }
      address = .ipv4(IPv4Address(bits: UInt32(bigEndian: raw.sin_addr.s_addr)))
      port = UInt16(bigEndian: raw.sin_port)
    case AF_INET6:
      let raw = withUnsafeBytes(of: storage) { $0.loadUnaligned(as: sockaddr_in6.self) }
      let bits = withUnsafeBytes(of: raw.sin6_addr) { $0.loadUnaligned(as: UInt128.self) }
      address = .ipv6(IPv6Address(bits: UInt128(bigEndian: bits)))
      port = UInt16(bigEndian: raw.sin6_port)
    default: return nil
    }
  }

  /// The address as the kernel reads it.
  func withPointer<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
    var storage = sockaddr_storage()
    let length = withUnsafeMutableBytes(of: &storage) { bytes in
      switch address {
      case .ipv4(let address):
        var raw = sockaddr_in()
        raw.sin_family = sa_family_t(AF_INET)
        raw.sin_port = port.bigEndian
        raw.sin_addr.s_addr = address.bits.bigEndian
        bytes.storeBytes(of: raw, as: sockaddr_in.self)
        return MemoryLayout<sockaddr_in>.size
      case .ipv6(let address):
        var raw = sockaddr_in6()
        raw.sin6_family = sa_family_t(AF_INET6)
        raw.sin6_port = port.bigEndian
        withUnsafeMutableBytes(of: &raw.sin6_addr) {
          $0.storeBytes(of: address.bits.bigEndian, as: UInt128.self)
        }
        bytes.storeBytes(of: raw, as: sockaddr_in6.self)
        return MemoryLayout<sockaddr_in6>.size
      }
    }
    return withUnsafePointer(to: storage) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(length)) }
    }
  }
}
