internal import CNamespaces
internal import Glibc

/// A conversation with the kernel about one network namespace: the one it was opened in.
struct NetlinkSocket {
  private let socket: Descriptor

  /// Takes over a netlink socket.
  init(_ socket: Descriptor) {
    self.socket = socket
    // Answers that quote the whole request would fill the socket's buffer.
    _ = socket.set(SOL_NETLINK, NETLINK_CAP_ACK, to: 1)
  }

  /// Carries out requests in order; by request, 0 or the error number it was refused with.
  func carryOut(_ messages: [NetlinkMessage]) -> [Int32] {
    var results: [Int32] = []
    results.reserveCapacity(messages.count)
    var start = 0
    // Few enough that all answers fit into the socket's buffer.
    while start < messages.count {
      let end = min(start + 64, messages.count)
      results += send(messages[start..<end].enumerated().map { $1.bytes(sequence: UInt32($0)) })
      start = end
    }
    return results
  }

  /// Carries out requests to the packet filter as one transaction; 0, or the error number of the
  /// first one refused.
  func carryOutAsTransaction(_ messages: [NetlinkMessage]) -> Int32 {
    func border(_ type: Int32) -> NetlinkMessage {
      NetlinkMessage(
        type: Int(type),
        header: nfgenmsg(
          nfgen_family: UInt8(AF_UNSPEC), version: UInt8(NFNETLINK_V0),
          res_id: UInt16(NFNL_SUBSYS_NFTABLES).bigEndian))
    }
    let parts =
      [border(NFNL_MSG_BATCH_BEGIN).bytes(sequence: 0, acknowledged: false)]
      + messages.enumerated().map { $1.bytes(sequence: UInt32($0 + 1)) }
      + [border(NFNL_MSG_BATCH_END).bytes(sequence: 0, acknowledged: false)]
    return send(parts).dropFirst().dropLast().first { $0 != 0 } ?? 0
  }

  /// Whether an interface can send: it is on, and the kernel has seen that its cable's other end
  /// is on too.
  func isUp(_ interface: Int32) -> Bool {
    let request = LinkRequests.state(interface).bytes(sequence: 0)
    guard Glibc.send(socket.number, request, request.count, 0) == request.count else {
      return false
    }
    var isUp = false
    while let answer = socket.receive() {
      isUp = isUp || operationalState(in: answer) == Self.operationalStateUp
    }
    return isUp
  }

  /// `IF_OPER_UP` of <linux/if.h>, which cannot stand beside <net/if.h>.
  private static let operationalStateUp: UInt8 = 6

  private func operationalState(in answer: [UInt8]) -> UInt8? {
    answer.withUnsafeBytes { raw in
      guard raw.count >= 32,
        raw.loadUnaligned(fromByteOffset: 4, as: UInt16.self) == UInt16(RTM_NEWLINK)
      else { return nil }
      var offset = 32
      while offset + 4 < raw.count {
        let attribute = raw.loadUnaligned(fromByteOffset: offset, as: nlattr.self)
        if Int(attribute.nla_type) == IFLA_OPERSTATE { return raw[offset + 4] }
        offset += max(4, Int(attribute.nla_len + 3) & ~3)
      }
      return nil
    }
  }

  /// By part: the kernel's answer, `EPROTO` where it gave none to a part that asked for one.
  private func send(_ parts: [[UInt8]]) -> [Int32] {
    let buffer = Array(parts.joined())
    guard Glibc.send(socket.number, buffer, buffer.count, 0) == buffer.count else {
      return Array(repeating: errno, count: parts.count)
    }
    var results = Array(repeating: EPROTO, count: parts.count)
    // The kernel has answered everything by the time `send` returns.
    while let answer = socket.receive() {
      readAnswers(answer, into: &results)
    }
    return results
  }

  private func readAnswers(_ bytes: [UInt8], into results: inout [Int32]) {
    bytes.withUnsafeBytes { raw in
      var offset = 0
      while offset + 20 <= raw.count {
        let header = raw.loadUnaligned(fromByteOffset: offset, as: nlmsghdr.self)
        if Int32(header.nlmsg_type) == NLMSG_ERROR, Int(header.nlmsg_seq) < results.count {
          let code = -raw.loadUnaligned(fromByteOffset: offset + 16, as: Int32.self)
          let index = Int(header.nlmsg_seq)
          if results[index] == EPROTO || results[index] == 0 { results[index] = code }
        }
        offset += max(16, Int(header.nlmsg_len + 3) & ~3)
      }
    }
  }
}
