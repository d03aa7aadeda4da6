internal import CNamespaces
internal import Glibc
internal import LabCore

/// The rule sets a rebuilt lab needs, as requests to nf_tables.
enum PacketFilter {
  /// A home router: nothing comes in by the outside interface that does not answer something that
  /// went out there; over IPv4, what goes out bears the router's own address.
  /// What some of its ports lead to is let in.
  static func homeRouter(
    outside: String, letting redirections: [BlueprintRedirection] = [], family: AddressFamily
  ) -> [NetlinkMessage] {
    var messages = [
      table(family),
      chain("through", of: family, kind: "filter", hook: .forward, priority: 0),
      rule("through", of: family) { rule in
        rule.matchRedirected()
        rule.accept()
      },
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
    return messages + self.redirections(redirections, family)
  }

  /// A router or a firewall as its rules describe it.
  static func rules(_ rules: BlueprintRules, family: AddressFamily) -> [NetlinkMessage] {
    var messages = [table(family)]
    if let inbound = rules.inbound {
      messages += filter("inward", hook: .input, inbound, family)
    }
    if let forward = rules.forward {
      messages += filter("through", hook: .forward, forward, family)
    }
    messages += redirections(rules.redirections, family)
    guard !rules.masquerading.isEmpty else { return messages }
    messages.append(chain("source", of: family, kind: "nat", hook: .postrouting, priority: 100))
    return messages
      + rules.masquerading.map { interface in
        rule("source", of: family) { rule in
          rule.matchInterface(NFT_META_OIFNAME, interface)
          rule.expression("masq") { _ in }
        }
      }
  }

  private static func redirections(
    _ redirections: [BlueprintRedirection], _ family: AddressFamily
  ) -> [NetlinkMessage] {
    guard !redirections.isEmpty else { return [] }
    let chain = chain("target", of: family, kind: "nat", hook: .prerouting, priority: -100)
    return [chain]
      + redirections.flatMap { redirection in
        redirection.addresses.map { address in
          rule("target", of: family) { rule in
            if let interface = redirection.interface {
              rule.matchInterface(NFT_META_IIFNAME, interface)
            }
            rule.match(AnyPrefix(of: address), at: .target)
            rule.match(redirection.transport.protocolNumber, port: redirection.port)
            rule.redirect(to: redirection.target, port: redirection.targetPort, family)
          }
        }
      }
  }

  /// A stateful chain.
  private static func filter(
    _ name: String, hook: Hook, _ rules: BlueprintChain, _ family: AddressFamily
  ) -> [NetlinkMessage] {
    var messages = [chain(name, of: family, kind: "filter", hook: hook, priority: 0)]
    messages.append(
      rule(name, of: family) { rule in
        rule.matchAnswer()
        rule.accept()
      })
    if family == .ipv6 {
      // Without neighbour discovery nobody would find the machine at all.
      for type in [UInt8(135), 136] {
        messages.append(
          rule(name, of: family) { rule in
            rule.matchMessage(type)
            rule.accept()
          })
      }
    }
    for exception in rules.exceptions {
      for (source, target) in exception.alternatives(family) {
        messages.append(
          rule(name, of: family) { rule in
            exception.match(source, target, family, in: &rule)
            if rules.accepts { rule.reject(family) } else { rule.accept() }
          })
      }
    }
    if !rules.accepts { messages.append(rule(name, of: family) { $0.reject(family) }) }
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
    case input = 1
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
