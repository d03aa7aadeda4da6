internal import CNamespaces
internal import Glibc
internal import LabCore

/// A request to the kernel's network configuration (RFC 3549): a header, a fixed part, attributes.
struct NetlinkMessage {
  /// Everything but the 16 bytes of the netlink header.
  private(set) var body: [UInt8] = []
  let type: UInt16
  let flags: UInt16

  /// A request of a type whose fixed part is a structure of the kernel's.
  init(type: Int, flags: Int32 = 0, header: some BitwiseCopyable) {
    self.type = UInt16(type)
    self.flags = UInt16(flags)
    append(header)
  }

  private mutating func append(_ value: some BitwiseCopyable) {
    withUnsafeBytes(of: value) { body.append(contentsOf: $0) }
    pad()
  }

  private mutating func pad() {
    while body.count % 4 != 0 { body.append(0) }
  }

  /// Adds an attribute of raw bytes.
  mutating func add(_ attribute: Int, _ value: [UInt8]) {
    append(nlattr(nla_len: UInt16(4 + value.count), nla_type: UInt16(attribute)))
    body += value
    pad()
  }

  /// Adds a text that ends in a zero byte.
  mutating func add(_ attribute: Int, _ text: String) {
    add(attribute, Array(text.utf8) + [0])
  }

  /// Adds a number in the machine's byte order.
  mutating func add(_ attribute: Int, _ number: UInt32) {
    add(attribute, withUnsafeBytes(of: number) { Array($0) })
  }

  /// Adds a number of one byte.
  mutating func add(_ attribute: Int, _ number: UInt8) {
    add(attribute, [number])
  }

  /// Adds an address in network byte order.
  mutating func add(_ attribute: Int, _ address: AnyAddress) {
    add(attribute, address.octets)
  }

  /// Adds an attribute made of attributes, behind a structure where it begins with one.
  mutating func nest(
    _ attribute: Int, header: (some BitwiseCopyable)? = nil as UInt32?,
    _ fill: (inout NetlinkMessage) -> Void
  ) {
    let start = body.count
    append(nlattr(nla_len: 0, nla_type: UInt16(attribute) | UInt16(NLA_F_NESTED)))
    if let header { append(header) }
    fill(&self)
    let length = UInt16(body.count - start)
    withUnsafeBytes(of: length) { bytes in
      body[start] = bytes[0]
      body[start + 1] = bytes[1]
    }
  }

  /// The message as it is sent.
  func bytes(sequence: UInt32, acknowledged: Bool = true) -> [UInt8] {
    let header = nlmsghdr(
      nlmsg_len: UInt32(16 + body.count), nlmsg_type: type,
      nlmsg_flags: flags | UInt16(NLM_F_REQUEST) | (acknowledged ? UInt16(NLM_F_ACK) : 0),
      nlmsg_seq: sequence, nlmsg_pid: 0)
    return withUnsafeBytes(of: header) { Array($0) } + body
  }
}
