/// A row or a column of the matrix.
public enum Endpoint: Hashable, Sendable {
  /// By index in `Lab.machines`.
  case machine(Int)
  /// The machine that runs the hypervisor.
  case host
  /// Another machine on the uplink's prefix.
  case lan
  /// A machine out there.
  case internet
  /// A machine behind a router of the LAN.
  case site
}

extension Lab {
  /// The matrix's rows and columns: VMs in name order, then `host`, `lan`, `site` where the LAN has
  /// routes to one, `internet`.
  public var endpoints: [Endpoint] {
    machinesInNameOrder.map(Endpoint.machine) + [.host, .lan] + (hasSite ? [.site] : [])
      + [.internet]
  }

  /// Whether the LAN has routers to further prefixes, and with them an endpoint `site`.
  public var hasSite: Bool { !host.siteRoutes.isEmpty }

  /// An endpoint's name in answers.
  public func name(of endpoint: Endpoint) -> String {
    switch endpoint {
    case .machine(let index): machines[index].name.text
    case .host: "host"
    case .lan: "lan"
    case .internet: "internet"
    case .site: siteName
    }
  }

  /// The endpoint of a name; nil where there is none.
  public func endpoint(named name: String) -> Endpoint? {
    switch name {
    case "host": .host
    case "lan": .lan
    case "internet": .internet
    case siteName where hasSite: .site
    default: machines.firstIndex { $0.name.text == name }.map(Endpoint.machine)
    }
  }
}

extension Fabric {
  /// The node that an endpoint is.
  func node(of endpoint: Endpoint) -> Int {
    switch endpoint {
    case .machine(let index): index
    case .host: hostNode
    case .lan: lanPeerNode
    case .internet: internetNode
    case .site: siteNode
    }
  }
}
