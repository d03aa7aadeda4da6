internal import CNamespaces
internal import Glibc
internal import LabCore

extension BlueprintMatch {
  /// The pairs of a source and a target that each need a rule: a rule has one of either.
  func alternatives(_ family: AddressFamily) -> [(source: AnyPrefix?, target: AnyPrefix?)] {
    let sources = alternatives(source, family)
    let targets = alternatives(target, family)
    return sources.flatMap { source in targets.map { (source, $0) } }
  }

  private func alternatives(_ peers: BlueprintPeers?, _ family: AddressFamily) -> [AnyPrefix?] {
    guard let peers, !peers.isInverted else { return [nil] }
    return peers.prefixes.filter { $0.family == family }
  }

  /// Writes one alternative into a rule.
  func match(
    _ source: AnyPrefix?, _ target: AnyPrefix?, _ family: AddressFamily,
    in rule: inout NetlinkMessage
  ) {
    if let interface { rule.matchInterface(NFT_META_IIFNAME, interface) }
    if let source { rule.match(source, at: .source) }
    if let target { rule.match(target, at: .target) }
    exclude(self.source, at: .source, family, in: &rule)
    exclude(self.target, at: .target, family, in: &rule)
    if let transport { rule.match(transport.protocolNumber(family), port: port) }
  }

  private func exclude(
    _ peers: BlueprintPeers?, at field: NetlinkMessage.AddressField, _ family: AddressFamily,
    in rule: inout NetlinkMessage
  ) {
    guard let peers, peers.isInverted else { return }
    for prefix in peers.prefixes where prefix.family == family {
      rule.match(prefix, at: field, isInverted: true)
    }
  }
}

extension PortForward.Transport {
  var protocolNumber: Int32 {
    switch self {
    case .tcp: Int32(IPPROTO_TCP)
    case .udp: Int32(IPPROTO_UDP)
    }
  }
}

extension FirewallRule.Transport {
  func protocolNumber(_ family: AddressFamily) -> Int32 {
    switch self {
    case .tcp: Int32(IPPROTO_TCP)
    case .udp: Int32(IPPROTO_UDP)
    case .icmp: Int32(family.pingProtocol)
    }
  }
}
