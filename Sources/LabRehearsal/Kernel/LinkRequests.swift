internal import CNamespaces
internal import Glibc
internal import LabCore

/// An end of a virtual cable.
struct CableEnd {
  let namespace: NetworkNamespace
  /// The interface's number in its namespace.
  let index: Int32
  let name: String
  /// The kernel chooses one where this is nil.
  let mac: MACAddress?
}

/// Requests about interfaces (rtnetlink, RTM_*LINK).
enum LinkRequests {
  /// A cable between two namespaces, still switched off; goes to the namespace of the first.
  static func cable(_ near: CableEnd, _ far: CableEnd) -> NetlinkMessage {
    var message = NetlinkMessage(
      type: RTM_NEWLINK, flags: NLM_F_CREATE | NLM_F_EXCL, header: interface(near.index, up: false))
    describe(near, in: &message)
    message.nest(IFLA_LINKINFO) { info in
      info.add(IFLA_INFO_KIND, "veth")
      info.nest(IFLA_INFO_DATA) { data in
        data.nest(VETH_INFO_PEER, header: interface(far.index, up: false)) { peer in
          describe(far, in: &peer)
          peer.add(IFLA_NET_NS_FD, UInt32(far.namespace.descriptorNumber))
        }
      }
    }
    return message
  }

  /// A switch, up, that forwards from the first moment on.
  static func bridge(index: Int32, name: String) -> NetlinkMessage {
    var message = NetlinkMessage(
      type: RTM_NEWLINK, flags: NLM_F_CREATE | NLM_F_EXCL, header: interface(index, up: true))
    message.add(IFLA_IFNAME, name)
    message.nest(IFLA_LINKINFO) { info in
      info.add(IFLA_INFO_KIND, "bridge")
      info.nest(IFLA_INFO_DATA) { data in
        data.add(IFLA_BR_STP_STATE, UInt32(0))
        data.add(IFLA_BR_FORWARD_DELAY, UInt32(0))
        data.add(IFLA_BR_MCAST_SNOOPING, UInt8(0))
      }
    }
    return message
  }

  /// Switches an interface on and plugs it into a switch of the same namespace.
  static func plug(_ index: Int32, into bridge: Int32) -> NetlinkMessage {
    var message = NetlinkMessage(type: RTM_NEWLINK, header: interface(index, up: true))
    message.add(IFLA_MASTER, UInt32(bitPattern: bridge))
    return message
  }

  /// Makes a switch pass nothing from a port to others that are kept apart (bridge(8), `isolated`).
  static func keepApart(_ index: Int32) -> NetlinkMessage {
    var message = NetlinkMessage(type: RTM_NEWLINK, header: interface(index, up: true))
    message.nest(IFLA_LINKINFO) { info in
      info.add(IFLA_INFO_SLAVE_KIND, "bridge")
      info.nest(IFLA_INFO_SLAVE_DATA) { $0.add(IFLA_BRPORT_ISOLATED, UInt8(1)) }
    }
    return message
  }

  /// Switches an interface on.
  static func switchOn(_ index: Int32) -> NetlinkMessage {
    NetlinkMessage(type: RTM_NEWLINK, header: interface(index, up: true))
  }

  /// Asks for an interface's state, which also makes a kernel of 5.17 or later carry out what it
  /// has put off.
  static func state(_ index: Int32) -> NetlinkMessage {
    var message = NetlinkMessage(type: RTM_GETLINK, header: interface(index, up: false))
    message.add(IFLA_EXT_MASK, UInt32(RTEXT_FILTER_SKIP_STATS))
    return message
  }

  /// Makes an interface forget all hardware addresses it has learnt, as a change between needing
  /// and not needing them does.
  static func forgetNeighbours(_ index: Int32) -> [NetlinkMessage] {
    [UInt32(IFF_NOARP), 0].map { flags in
      var header = interface(index, up: true)
      header.ifi_flags |= flags
      header.ifi_change |= UInt32(IFF_NOARP)
      return NetlinkMessage(type: RTM_NEWLINK, header: header)
    }
  }

  private static func describe(_ end: CableEnd, in message: inout NetlinkMessage) {
    message.add(IFLA_IFNAME, end.name)
    if let mac = end.mac {
      message.add(
        IFLA_ADDRESS, (0..<6).map { UInt8(truncatingIfNeeded: mac.bits >> (40 - 8 * $0)) })
    }
  }

  private static func interface(_ index: Int32, up: Bool) -> ifinfomsg {
    var header = ifinfomsg()
    header.ifi_family = UInt8(AF_UNSPEC)
    header.ifi_index = index
    header.ifi_flags = up ? UInt32(IFF_UP) : 0
    header.ifi_change = up ? UInt32(IFF_UP) : 0
    return header
  }
}
