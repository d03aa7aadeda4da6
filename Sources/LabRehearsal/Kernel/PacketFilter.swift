internal import CNamespaces
internal import Glibc
internal import LabCore

/// The rule sets a rebuilt lab needs, as requests to nf_tables.
enum PacketFilter {
  /// A home router: nothing comes in by the outside interface that does not answer something that
  /// went out there; over IPv4, what goes out bears the router's own address.
  static func homeRouter(outside: String, family: AddressFamily) -> [NetlinkMessage] {
    var messages = [
      table(family),
      chain("through", of: family, kind: "filter", hook: .forward, priority: 0),
      rule("through", of: family) { rule in
        rule.matchInterface(NFT_META_IIFNAME, outside)
        rule.matchNoAnswer()
        rule.reject(family)
      },
    ]
    if family == .ipv4 {
      messages += [
        chain("source", of: family, kind: "nat", hook: .postrouting, priority: 100),
        rule("source", of: family) { rule in
          rule.matchInterface(NFT_META_OIFNAME, outside)
          rule.expression("masq") { _ in }
        },
      ]
    }
    return messages
  }

  /// A router that knows no way: what it is to pass on goes back.
  static func deadEnd(_ family: AddressFamily) -> [NetlinkMessage] {
    [
      table(family),
      chain("through", of: family, kind: "filter", hook: .forward, priority: 0),
      rule("through", of: family) { $0.reject(family) },
    ]
  }

  /// A transparent proxy: TCP and UDP that arrive are taken up by its two sockets, whatever
  /// address and port they are for.
  static func transparentProxy(
    family: AddressFamily, tcpPort: UInt16, udpPort: UInt16
  ) -> [NetlinkMessage] {
    var messages = [
      table(family),
      chain("arriving", of: family, kind: "filter", hook: .prerouting, priority: -150),
    ]
    for (transport, port) in [(IPPROTO_TCP, tcpPort), (IPPROTO_UDP, udpPort)] {
      messages.append(
        rule("arriving", of: family) { rule in
          rule.match(NFT_META_L4PROTO, [UInt8(transport)])
          rule.proxy(to: port, family: family)
        })
    }
    return messages
  }

  private static let tableName = "rehearsal"

  /// The points of a packet's way at which rules apply (`enum nf_inet_hooks`).
  private enum Hook: UInt32 {
    case prerouting = 0
    case forward = 2
    case postrouting = 4
  }

  private static func message(
    _ type: nf_tables_msg_types, _ family: AddressFamily
  ) -> NetlinkMessage {
    NetlinkMessage(
      type: Int(NFNL_SUBSYS_NFTABLES) << 8 | Int(type.rawValue),
      flags: NLM_F_CREATE | (type == NFT_MSG_NEWRULE ? NLM_F_APPEND : 0),
      header: nfgenmsg(
        nfgen_family: family.filterFamily, version: UInt8(NFNETLINK_V0), res_id: 0))
  }

  private static func table(_ family: AddressFamily) -> NetlinkMessage {
    var message = message(NFT_MSG_NEWTABLE, family)
    message.add(NFTA_TABLE_NAME, tableName)
    return message
  }

  private static func chain(
    _ name: String, of family: AddressFamily, kind: String, hook: Hook, priority: Int32
  ) -> NetlinkMessage {
    var message = message(NFT_MSG_NEWCHAIN, family)
    message.add(NFTA_CHAIN_TABLE, tableName)
    message.add(NFTA_CHAIN_NAME, name)
    message.nest(NFTA_CHAIN_HOOK) { nested in
      nested.add(NFTA_HOOK_HOOKNUM, bigEndian: hook.rawValue)
      nested.add(NFTA_HOOK_PRIORITY, bigEndian: UInt32(bitPattern: priority))
    }
    message.add(NFTA_CHAIN_TYPE, kind)
    return message
  }

  private static func rule(
    _ chain: String, of family: AddressFamily, _ fill: (inout NetlinkMessage) -> Void
  ) -> NetlinkMessage {
    var message = message(NFT_MSG_NEWRULE, family)
    message.add(NFTA_RULE_TABLE, tableName)
    message.add(NFTA_RULE_CHAIN, chain)
    message.nest(NFTA_RULE_EXPRESSIONS, fill)
    return message
  }
}

extension AddressFamily {
  /// `NFPROTO_IPV4` and `NFPROTO_IPV6`.
  fileprivate var filterFamily: UInt8 {
    switch self {
    case .ipv4: 2
    case .ipv6: 10
    }
  }
}

// The expressions that rules are made of: a register is loaded, then compared or used.
extension NetlinkMessage {
  fileprivate mutating func expression(
    _ name: String, _ fill: (inout NetlinkMessage) -> Void
  ) {
    nest(NFTA_LIST_ELEM) { element in
      element.add(NFTA_EXPR_NAME, name)
      element.nest(NFTA_EXPR_DATA, fill)
    }
  }

  fileprivate mutating func matchInterface(_ key: nft_meta_keys, _ name: String) {
    let bytes = Array(name.utf8)
    match(key, bytes + Array(repeating: 0, count: Int(IFNAMSIZ) - bytes.count))
  }

  fileprivate mutating func match(_ key: nft_meta_keys, _ value: [UInt8]) {
    expression("meta") { meta in
      meta.add(NFTA_META_DREG, bigEndian: NFT_REG_1.rawValue)
      meta.add(NFTA_META_KEY, bigEndian: key.rawValue)
    }
    compare(NFT_CMP_EQ, value)
  }

  /// Matches packets that belong to no connection known already.
  fileprivate mutating func matchNoAnswer() {
    let established: UInt32 = 2
    let related: UInt32 = 4
    expression("ct") { tracked in
      tracked.add(NFTA_CT_DREG, bigEndian: NFT_REG_1.rawValue)
      tracked.add(NFTA_CT_KEY, bigEndian: NFT_CT_STATE.rawValue)
    }
    expression("bitwise") { bitwise in
      bitwise.add(NFTA_BITWISE_SREG, bigEndian: NFT_REG_1.rawValue)
      bitwise.add(NFTA_BITWISE_DREG, bigEndian: NFT_REG_1.rawValue)
      bitwise.add(NFTA_BITWISE_LEN, bigEndian: 4)
      bitwise.value(NFTA_BITWISE_MASK, withUnsafeBytes(of: established | related) { Array($0) })
      bitwise.value(NFTA_BITWISE_XOR, [0, 0, 0, 0])
    }
    compare(NFT_CMP_EQ, [0, 0, 0, 0])
  }

  /// Sends the packet back with an ICMP message, which tells its sender at once.
  fileprivate mutating func reject(_ family: AddressFamily) {
    // "Communication administratively prohibited" (RFC 1812 section 5.2.7.1, RFC 4443 section 3.1).
    let forbiddenByAdministration: UInt8 = family == .ipv4 ? 13 : 1
    expression("reject") { reject in
      reject.add(NFTA_REJECT_TYPE, bigEndian: NFT_REJECT_ICMP_UNREACH.rawValue)
      reject.add(Int(NFTA_REJECT_ICMP_CODE.rawValue), forbiddenByAdministration)
    }
  }

  fileprivate mutating func proxy(to port: UInt16, family: AddressFamily) {
    expression("immediate") { immediate in
      immediate.add(NFTA_IMMEDIATE_DREG, bigEndian: NFT_REG_1.rawValue)
      immediate.value(NFTA_IMMEDIATE_DATA, withUnsafeBytes(of: port.bigEndian) { Array($0) })
    }
    expression("tproxy") { proxy in
      proxy.add(NFTA_TPROXY_FAMILY, bigEndian: UInt32(family.filterFamily))
      proxy.add(NFTA_TPROXY_REG_PORT, bigEndian: NFT_REG_1.rawValue)
    }
  }

  private mutating func compare(_ operation: nft_cmp_ops, _ value: [UInt8]) {
    expression("cmp") { compare in
      compare.add(NFTA_CMP_SREG, bigEndian: NFT_REG_1.rawValue)
      compare.add(NFTA_CMP_OP, bigEndian: operation.rawValue)
      compare.value(NFTA_CMP_DATA, value)
    }
  }

  private mutating func value<Attribute: RawRepresentable<UInt32>>(
    _ attribute: Attribute, _ value: [UInt8]
  ) {
    nest(attribute) { $0.add(Int(NFTA_DATA_VALUE.rawValue), value) }
  }

  fileprivate mutating func nest<Attribute: RawRepresentable<UInt32>>(
    _ attribute: Attribute, _ fill: (inout NetlinkMessage) -> Void
  ) {
    nest(Int(attribute.rawValue), fill)
  }

  fileprivate mutating func add<Attribute: RawRepresentable<UInt32>>(
    _ attribute: Attribute, _ text: String
  ) {
    add(Int(attribute.rawValue), text)
  }

  fileprivate mutating func add<Attribute: RawRepresentable<UInt32>>(
    _ attribute: Attribute, bigEndian number: UInt32
  ) {
    add(Int(attribute.rawValue), number.bigEndian)
  }
}
