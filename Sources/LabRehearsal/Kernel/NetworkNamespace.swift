internal import CNamespaces
internal import Glibc

/// A network of its own inside the kernel: interfaces, routes, neighbours, packet filter.
///
/// It has no name and is held by a descriptor alone, so it is gone with the process, however that
/// ends. Making one moves the calling thread into it: only a thread made for the purpose may.
final class NetworkNamespace {
  /// What it stands for, to name it in errors.
  let title: String
  private let descriptor: Descriptor
  private let configuration: NetlinkSocket

  /// A new namespace with its loopback interface up.
  init(title: String, settings: KernelSettings) throws(RehearsalError) {
    self.title = title
    guard unshare(network_namespace) == 0 else {
      throw .refused(step: "make a network namespace for \(title)", errorNumber: errno)
    }
    let opened = open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC)
    guard opened >= 0 else {
      throw .refused(step: "hold the network namespace of \(title)", errorNumber: errno)
    }
    descriptor = Descriptor(adopting: opened)
    try settings.apply(to: title)
    configuration = NetlinkSocket(
      try openSocket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE, of: title))
    try configure([LinkRequests.switchOn(RouteRequests.loopbackInterface)])
  }

  /// The descriptor's number, to be named in netlink requests.
  var descriptorNumber: Int32 { descriptor.number }

  /// Opens a socket in it that does not block.
  func socket(
    _ family: Int32, _ kind: __socket_type, _ transport: Int = 0
  ) throws(RehearsalError) -> Descriptor {
    try enter()
    return try openSocket(family, kind, Int32(transport), of: title)
  }

  /// Changes what it is made of; any refusal is an error.
  func configure(_ messages: [NetlinkMessage]) throws(RehearsalError) {
    if let refusal = configuration.carryOut(messages).first(where: { $0 != 0 }) {
      throw .refused(step: "configure the network of \(title)", errorNumber: refusal)
    }
  }

  /// Changes what the kernel lets it change, in order.
  func configureWherePossible(_ messages: [NetlinkMessage]) {
    _ = configuration.carryOut(messages)
  }

  /// Waits until interfaces can send.
  ///
  /// The end of a cable that was switched on first can send once a worker of the kernel's has seen
  /// the other end: at once where asking for its state makes it look, else within a second.
  func waitUntilUp(_ interfaces: [Int32]) throws(RehearsalError) {
    for interface in interfaces {
      var attempts = 0
      while !configuration.isUp(interface) {
        attempts += 1
        guard attempts < 1500 else {
          throw .refused(step: "bring up the network of \(title)", errorNumber: ENETDOWN)
        }
        usleep(2000)
      }
    }
  }

  /// Adds rules to its packet filter.
  func filter(_ messages: [NetlinkMessage]) throws(RehearsalError) {
    let socket = NetlinkSocket(
      try socket(AF_NETLINK, SOCK_RAW, Int(NETLINK_NETFILTER)))
    let refusal = socket.carryOutAsTransaction(messages)
    guard refusal == 0 else {
      throw .refused(step: "set the packet filter (nf_tables) of \(title)", errorNumber: refusal)
    }
  }

  private func enter() throws(RehearsalError) {
    guard setns(descriptor.number, network_namespace) == 0 else {
      throw .refused(step: "enter the network namespace of \(title)", errorNumber: errno)
    }
  }
}

private func openSocket(
  _ family: Int32, _ kind: __socket_type, _ transport: Int32, of title: String
) throws(RehearsalError) -> Descriptor {
  let flags = kind.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue
  let opened = Glibc.socket(family, Int32(flags), transport)
  guard opened >= 0 else {
    throw .refused(step: "open a socket in the network of \(title)", errorNumber: errno)
  }
  return Descriptor(adopting: opened)
}
