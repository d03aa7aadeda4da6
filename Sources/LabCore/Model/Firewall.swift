/// What a VM lets in and lets through. Answers to what was let pass always pass.
public struct Firewall: Hashable, Sendable {
  /// Firewalls that many machines have from their installation on.
  public enum Preset: String, CaseIterable, Hashable, Sendable {
    /// Windows on a network that its user called public: answers and DHCP come in, no echo.
    case windowsPublic = "windows-public"
    /// Windows on a private network: echo and file sharing come in from the machine's own link.
    case windowsPrivate = "windows-private"
  }

  /// What may reach the VM itself.
  public let inbound: FirewallChain
  /// What the VM may forward.
  public let forward: FirewallChain
}

/// A policy and what it does not apply to; the order of the exceptions means nothing.
public struct FirewallChain: Hashable, Sendable {
  /// What happens to packets.
  public enum Policy: String, CaseIterable, Hashable, Sendable {
    case accept, deny
  }

  /// What happens to what no exception matches; the others get the opposite.
  public let policy: Policy
  /// What the policy does not apply to.
  public let exceptions: [FirewallRule]

  /// Lets everything pass.
  public static let open = FirewallChain(policy: .accept, exceptions: [])

  /// Whether it lets everything pass.
  public var isOpen: Bool { policy == .accept && exceptions.isEmpty }
}

/// Matches the packets that have everything it names.
public struct FirewallRule: Hashable, Sendable {
  /// What a packet may carry.
  public enum Transport: String, CaseIterable, Hashable, Sendable {
    case tcp, udp, icmp
  }

  /// The index in the VM's `adapters` of the one by which the packet comes in; nil for any.
  public let adapter: Int?
  /// Who sends it; nil for anybody.
  public let from: FirewallPeer?
  /// Whom it is for; nil for anybody.
  public let to: FirewallPeer?
  /// Nil for any.
  public let transport: Transport?
  /// Of TCP or UDP; nil for any.
  public let port: Int?

  /// A rule of the given parts.
  init(
    adapter: Int? = nil, from: FirewallPeer? = nil, to: FirewallPeer? = nil,
    transport: Transport? = nil, port: Int? = nil
  ) {
    self.adapter = adapter
    self.from = from
    self.to = to
    self.transport = transport
    self.port = port
  }
}

/// Whom a firewall's rule means.
public enum FirewallPeer: Hashable, Sendable {
  /// By index in `Lab.machines`.
  case machine(Int)
  /// The VMs of a tag; at least one has it.
  case tag(DNSLabel)
  /// Every VM.
  case machines
  case host, lan, site, internet
  case prefix(AnyPrefix)
  /// Whoever is in a prefix of the adapter by which the packet comes in.
  case sameLink
}

extension Firewall {
  /// What a preset stands for.
  ///
  /// Source: Microsoft Learn, "Windows Firewall rules", and the predefined groups Core Networking
  /// (DHCP-In) and File and Printer Sharing (Echo Request, SMB-In) of Windows 10 and 11.
  init(_ preset: Preset) {
    var exceptions = [FirewallRule(transport: .udp, port: 68)]
    if preset == .windowsPrivate {
      exceptions.append(FirewallRule(from: .sameLink, transport: .icmp))
      exceptions.append(FirewallRule(from: .sameLink, transport: .tcp, port: 445))
    }
    inbound = FirewallChain(policy: .deny, exceptions: exceptions)
    forward = .open
  }
}
