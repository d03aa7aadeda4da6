internal import CNamespaces
internal import Glibc
internal import LabCore

/// Where a route leads.
enum NextHop: Hashable {
  /// To a router, through an interface or through the one on whose prefix the router is.
  case router(AnyAddress, interface: Int32?)
  /// To the machine itself, on an interface.
  case onLink(interface: Int32)
  /// Into this namespace, whatever the address is.
  case here
  /// Nowhere: its sender is told so.
  case away
}

/// Requests about addresses, routes and the choice of a routing table (rtnetlink).
enum RouteRequests {
  /// The number of the routing table by which a transparent proxy takes every packet for its own.
  static let proxyTable: UInt8 = 100
  static let loopbackInterface: Int32 = 1

  /// Gives an interface an address, without asking the link first whether it is taken.
  static func address(
    _ address: AnyAddress, prefixLength: Int, interface: Int32, hasRoute: Bool = true
  ) -> NetlinkMessage {
    let header = ifaddrmsg(
      ifa_family: UInt8(address.family.socketFamily), ifa_prefixlen: UInt8(prefixLength),
      ifa_flags: UInt8(IFA_F_NODAD), ifa_scope: UInt8(RT_SCOPE_UNIVERSE.rawValue),
      ifa_index: UInt32(bitPattern: interface))
    var message = NetlinkMessage(
      type: RTM_NEWADDR, flags: NLM_F_CREATE | NLM_F_EXCL, header: header)
    message.add(IFA_LOCAL, address)
    message.add(IFA_ADDRESS, address)
    if !hasRoute {
      message.add(IFA_FLAGS, UInt32(IFA_F_NODAD) | UInt32(IFA_F_NOPREFIXROUTE))
    }
    return message
  }

  /// Adds a route; the kernel refuses one whose router is not on a prefix of the machine's, and one
  /// to a prefix that has a route already.
  static func route(
    to destination: AnyPrefix, _ nextHop: NextHop, table: UInt8 = UInt8(RT_TABLE_MAIN.rawValue)
  ) -> NetlinkMessage {
    var header = rtmsg()
    header.rtm_family = UInt8(destination.family.socketFamily)
    header.rtm_dst_len = UInt8(destination.length)
    header.rtm_table = table
    header.rtm_protocol = UInt8(RTPROT_STATIC)
    header.rtm_scope = UInt8(nextHop.scope.rawValue)
    header.rtm_type = UInt8(nextHop.kind)
    var message = NetlinkMessage(
      type: RTM_NEWROUTE, flags: NLM_F_CREATE | NLM_F_EXCL, header: header)
    if destination.length > 0 { message.add(Int(RTA_DST.rawValue), destination.network) }
    switch nextHop {
    case .router(let address, let interface):
      message.add(Int(RTA_GATEWAY.rawValue), address)
      if let interface { message.add(Int(RTA_OIF.rawValue), UInt32(bitPattern: interface)) }
    case .onLink(let interface):
      message.add(Int(RTA_OIF.rawValue), UInt32(bitPattern: interface))
    case .away: break
    case .here:
      message.add(Int(RTA_OIF.rawValue), UInt32(bitPattern: loopbackInterface))
    }
    return message
  }

  /// Makes packets that come in by an interface follow the proxy's table.
  static func proxyRule(arrivingBy interface: String, family: AddressFamily) -> NetlinkMessage {
    var header = fib_rule_hdr()
    header.family = UInt8(family.socketFamily)
    header.table = proxyTable
    header.action = UInt8(FR_ACT_TO_TBL)
    var message = NetlinkMessage(
      type: RTM_NEWRULE, flags: NLM_F_CREATE | NLM_F_EXCL, header: header)
    message.add(FRA_IIFNAME, interface)
    return message
  }
}

extension NextHop {
  fileprivate var scope: rt_scope_t {
    switch self {
    case .router, .away: RT_SCOPE_UNIVERSE
    case .onLink: RT_SCOPE_LINK
    case .here: RT_SCOPE_HOST
    }
  }

  fileprivate var kind: Int {
    switch self {
    case .router, .onLink: RTN_UNICAST
    case .here: RTN_LOCAL
    case .away: RTN_UNREACHABLE
    }
  }
}

extension AnyPrefix {
  fileprivate var length: Int {
    switch self {
    case .ipv4(let prefix): prefix.length
    case .ipv6(let prefix): prefix.length
    }
  }

  fileprivate var network: AnyAddress {
    switch self {
    case .ipv4(let prefix): .ipv4(prefix.network)
    case .ipv6(let prefix): .ipv6(prefix.network)
    }
  }
}
