internal import LabCore

/// What a machine does with packets by rules of its own, besides routing them.
struct BlueprintRules {
  /// Interfaces by which packets leave with the machine's address.
  var masquerading: [String] = []
  /// Ports that lead elsewhere.
  var redirections: [BlueprintRedirection] = []
  /// For what is for the machine itself; nil lets everything in.
  var inbound: BlueprintChain?
  /// For what it passes on; nil lets everything through.
  var forward: BlueprintChain?

  var isEmpty: Bool {
    masquerading.isEmpty && redirections.isEmpty && inbound == nil && forward == nil
  }
}

/// A port that leads to another machine.
struct BlueprintRedirection {
  /// The only interface by which connections come to it; nil for any.
  let interface: String?
  /// The machine's addresses at which it listens.
  let addresses: [AnyAddress]
  let transport: PortForward.Transport
  let port: UInt16
  let target: AnyAddress
  let targetPort: UInt16
}

/// Lets answers pass, and the rest as its policy says, but for exceptions.
struct BlueprintChain {
  let accepts: Bool
  let exceptions: [BlueprintMatch]
}

/// Packets that have everything that is not nil.
struct BlueprintMatch {
  let interface: String?
  let source: BlueprintPeers?
  let target: BlueprintPeers?
  let transport: FirewallRule.Transport?
  let port: UInt16?
}

/// Addresses in any of some prefixes, or in none of them.
struct BlueprintPeers {
  let prefixes: [AnyPrefix]
  var isInverted = false
}
