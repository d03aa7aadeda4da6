/// How much a lab document may hold, so that every question about it is answered in time.
public struct DocumentLimits: Hashable, Sendable {
  /// What is counted.
  public enum Part: CaseIterable, Hashable, Sendable {
    case networks, machines, portForwards, requirements
    case adapters, tags, routes, rules, forwards, insides, secondaries
    case adaptersOfMachine, tagsOfMachine, routesOfMachine
    case rulesOfFirewall, forwardsOfMachine, insideOfMachine, secondaryOfAdapter
    case routesOfHost, routesOfLAN, forwardsOfLAN, vlansOfLAN
    case occupied, modes, excludedModes, needs, descriptionCharacters
  }

  private var changed: [Part: Int] = [:]

  /// The limits that hold where nothing else is said.
  public init() {}

  /// How many of a part there may be.
  public subscript(part: Part) -> Int {
    get { changed[part] ?? part.facts.standard }
    set { changed[part] = newValue }
  }

  /// Limits that nothing exceeds, for documents that were accepted before.
  public static let none: DocumentLimits = {
    var limits = DocumentLimits()
    for part in Part.allCases { limits[part] = .max }
    return limits
  }()
}

extension DocumentLimits.Part {
  /// What a limit is called, what it is counted in, and how large it is by default.
  struct Facts {
    let owner: String
    let words: String
    let standard: Int
  }

  /// The limit by default.
  public var standard: Int { facts.standard }

  /// The limit in words: `networks of a lab`.
  public var description: String { "\(facts.words) of \(facts.owner)" }

  var facts: Facts {
    switch self {
    case .networks: Facts(owner: "a lab", words: "networks", standard: 5000)
    case .machines: Facts(owner: "a lab", words: "VMs", standard: 5000)
    case .portForwards: Facts(owner: "a lab", words: "port forwards", standard: 10_000)
    case .requirements: Facts(owner: "a lab", words: "requirements", standard: 1000)
    case .adapters: Facts(owner: "a lab", words: "adapters in all", standard: 20_000)
    case .tags: Facts(owner: "a lab", words: "tags in all", standard: 20_000)
    case .routes: Facts(owner: "a lab", words: "routes in all", standard: 10_000)
    case .rules: Facts(owner: "a lab", words: "firewall exceptions in all", standard: 10_000)
    case .forwards: Facts(owner: "a lab", words: "forwards of VMs in all", standard: 10_000)
    case .insides: Facts(owner: "a lab", words: "networks within VMs in all", standard: 5000)
    case .secondaries: Facts(owner: "a lab", words: "secondary addresses in all", standard: 10_000)
    // The most that any of VirtualBox's chipsets has, ICH9 (PlatformPropertiesImpl.cpp).
    case .adaptersOfMachine: Facts(owner: "a VM", words: "adapters", standard: 36)
    case .tagsOfMachine: Facts(owner: "a VM", words: "tags", standard: 64)
    case .routesOfMachine: Facts(owner: "a VM", words: "routes", standard: 256)
    case .rulesOfFirewall:
      Facts(owner: "a firewall", words: "exceptions in one direction", standard: 256)
    case .forwardsOfMachine: Facts(owner: "a VM", words: "forwards", standard: 256)
    case .insideOfMachine: Facts(owner: "a VM", words: "networks within", standard: 64)
    case .secondaryOfAdapter: Facts(owner: "an adapter", words: "secondary addresses", standard: 64)
    case .routesOfHost: Facts(owner: "a host", words: "routes", standard: 256)
    case .routesOfLAN: Facts(owner: "an uplink", words: "routes", standard: 256)
    case .forwardsOfLAN: Facts(owner: "an uplink", words: "forwards", standard: 256)
    case .vlansOfLAN: Facts(owner: "an uplink", words: "VLANs", standard: 256)
    case .occupied: Facts(owner: "a host", words: "occupied prefixes", standard: 1000)
    case .modes: Facts(owner: "a lab", words: "modes that may be used", standard: 100)
    case .excludedModes: Facts(owner: "a lab", words: "excluded modes", standard: 100)
    case .needs: Facts(owner: "a questionnaire", words: "needs", standard: 100)
    case .descriptionCharacters:
      Facts(owner: "a description", words: "characters", standard: 65_536)
    }
  }
}

extension DocumentLimits.Part {
  /// The sentence for a document that has more than it may.
  func excess(of count: Int, over limit: Int) -> String {
    "\(facts.owner) has at most \(limit) \(facts.words), this has \(count)"
  }
}
