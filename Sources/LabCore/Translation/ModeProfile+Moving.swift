/// What a form of a mode takes over from another product's.
extension ModeProfile {
  /// Whether it offers a DHCP server, or brings one.
  var offersDHCP: Bool {
    switch dhcp {
    case .fixed, .uplink: true
    case .server(let server): server.isOffered
    }
  }

  /// Whether a server of its own pins addresses.
  var hasReservations: Bool {
    if case .server(let server) = dhcp { server.isOffered && server.hasReservations } else { false }
  }

  /// Whether its VMs find the host's loopback without a word of the document.
  var reachesHostLoopback: Bool { router.engine?.loopback.access == .open }

  /// Whether a network keeps its prefix.
  func takes(_ prefix: IPv4Prefix, from old: ModeProfile) -> Bool {
    switch segment {
    case .uplink: old.segment == .uplink
    case .adapter:
      old.segment == .adapter && !router.lendsHostAddress
        && prefixes.lengths.contains(prefix.length)
    case .network: !prefixes.isUnknown && prefixes.lengths.contains(prefix.length)
    }
  }

  /// Whether adapters keep static addresses.
  func takesAddresses(from old: ModeProfile) -> Bool {
    switch segment {
    case .uplink: old.segment == .uplink
    case .adapter: old.segment == .adapter && !router.lendsHostAddress
    case .network: !prefixes.isUnknown && old.segment == .network
    }
  }
}

extension Network {
  /// Whether the document asks the hypervisor for a DHCP server.
  var asksForDHCP: Bool {
    if case .on = dhcp { true } else { false }
  }
}

extension ProductFacts {
  /// Why an adapter's promiscuous policy means nothing.
  var absentPolicy: String {
    switch learning {
    case .byPolicy: "\(name) has such policies"
    case .learns: "the switches of \(name) learn where addresses are, and have no such policy"
    case .refuses: "\(name) has no such policy; it mirrors ports instead"
    }
  }
}
