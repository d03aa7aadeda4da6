internal import CNamespaces
internal import Glibc
internal import LabCore

/// An echo request or reply (RFC 792, RFC 4443 section 4).
struct Ping {
  let isRequest: Bool
  /// Identifier and sequence number, which a reply repeats.
  let identity: [UInt8]
  let payload: [UInt8]

  init(isRequest: Bool, identity: [UInt8] = [0, 0, 0, 1], payload: [UInt8]) {
    self.isRequest = isRequest
    self.identity = identity
    self.payload = payload
  }

  /// Reads what a raw socket receives: in IPv4 with the packet's header. Nil for other messages.
  init?(received bytes: [UInt8], _ family: AddressFamily) {
    guard let first = bytes.first else { return nil }
    self.init(message: bytes.dropFirst(family == .ipv4 ? Int(first & 15) * 4 : 0), family)
  }

  /// Reads a message without a header, as ping sockets receive it.
  init?(message: ArraySlice<UInt8>, _ family: AddressFamily) {
    guard message.count >= 8, let type = message.first else { return nil }
    guard type == family.echoRequest || type == family.echoReply else { return nil }
    isRequest = type == family.echoRequest
    identity = Array(message.dropFirst(4).prefix(4))
    payload = Array(message.dropFirst(8))
  }

  /// The message with its checksum (RFC 1071); that of IPv6 is the kernel's business.
  func bytes(_ family: AddressFamily) -> [UInt8] {
    var bytes = [isRequest ? family.echoRequest : family.echoReply, 0, 0, 0] + identity + payload
    guard family == .ipv4 else { return bytes }
    var sum: UInt32 = 0
    for (index, byte) in bytes.enumerated() {
      sum += index % 2 == 0 ? UInt32(byte) << 8 : UInt32(byte)
    }
    while sum > 0xffff { sum = sum & 0xffff + sum >> 16 }
    bytes[2] = UInt8(truncatingIfNeeded: ~sum >> 8)
    bytes[3] = UInt8(truncatingIfNeeded: ~sum)
    return bytes
  }
}

extension AddressFamily {
  fileprivate var echoRequest: UInt8 {
    switch self {
    case .ipv4: 8
    case .ipv6: 128
    }
  }

  fileprivate var echoReply: UInt8 {
    switch self {
    case .ipv4: 0
    case .ipv6: 129
    }
  }
}
