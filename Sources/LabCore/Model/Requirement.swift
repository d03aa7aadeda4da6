/// What a lab must, or must not, let through.
public struct Requirement: Hashable, Sendable {
  /// What a flow may be made of.
  public enum Transport: String, CaseIterable, Hashable, Sendable {
    case tcp, udp, icmp
    /// UDP to a group of one link (mDNS, SSDP); no router passes it on.
    case multicast
  }

  /// Who opens the connection.
  public let from: EndpointSelector
  /// Whom it is to reach.
  public let to: EndpointSelector
  /// TCP where the document says nothing.
  public let transport: Transport
  /// The target's own port; nil asks for every port.
  public let port: Int?
  /// Whether it must be possible (true) or must not be (false).
  public let allow: Bool
}

/// One or more endpoints, as a requirement names them.
public enum EndpointSelector: Hashable, Sendable, CustomStringConvertible {
  case vms, host, lan, internet
  /// A machine behind a router of the LAN, in labs whose uplink has routes. No text is read as it:
  /// elsewhere `site` is a VM's name.
  case site
  case tag(DNSLabel)
  case vm(DNSLabel)

  /// Reads `vms`, `host`, `lan`, `internet`, `tag:NAME` or a VM's name.
  public init(parsing text: String) throws(NameSyntaxError) {
    switch text {
    case "vms": self = .vms
    case "host": self = .host
    case "lan": self = .lan
    case "internet": self = .internet
    case _ where text.hasPrefix("tag:"):
      self = .tag(try DNSLabel(parsing: String(text.dropFirst(4))))
    default: self = .vm(try DNSLabel(parsing: text))
    }
  }

  /// The selector as a document writes it.
  public var description: String {
    switch self {
    case .vms: "vms"
    case .host: "host"
    case .lan: "lan"
    case .internet: "internet"
    case .site: "site"
    case .tag(let tag): "tag:\(tag)"
    case .vm(let name): name.text
    }
  }
}
