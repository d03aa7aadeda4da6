import LabCore

extension PartReader {
  static let constraintKeys = [
    "modes", "exclude", "administrator", "port_security", "max_adapters", "gateways", "keep",
  ]
  static let excludedModeKeys = ["mode", "reason"]
  static let keepKeys = ["networks", "adapters"]
  static let keptAdapterKeys = ["vm", "slot"]

  mutating func readConstraints(_ node: DocumentNode) -> Constraints {
    var constraints = Constraints()
    readMembers(of: node, "an object of constraints", keys: Self.constraintKeys) {
      reader, key, value in
      switch key {
      case "modes": constraints.modes = reader.readModes(value)
      case "exclude":
        constraints.excluded =
          reader.readList(value, of: "modes", atMost: .excludedModes) { $0.readExcludedMode($1) }
      case "administrator": constraints.hasAdministrator = reader.readBool(value)
      case "port_security": constraints.hasPortSecurity = reader.readBool(value)
      case "max_adapters": constraints.maximumAdapters = reader.readAdapterLimit(value)
      case "gateways": constraints.mayAddGateways = reader.readBool(value)
      case "keep": reader.readKeep(value, into: &constraints)
      default: return false
      }
      return true
    }
    return constraints
  }

  mutating func readAdapterLimit(_ node: DocumentNode) -> Int? {
    readInteger(node, "a number of adapters", in: Self.slots)
  }

  private mutating func readModes(_ node: DocumentNode) -> [NetworkMode]? {
    let modes: [NetworkMode?] = readList(node, of: "modes", atMost: .modes) { $0.readChoice($1) }
    if case .array(let nodes) = node.value, nodes.isEmpty {
      report(.outOfRange, "at least one mode belongs here; leave the list out to allow all of them")
      return nil
    }
    return modes.compactMap { $0 }
  }

  private mutating func readExcludedMode(_ node: DocumentNode) -> ExcludedMode {
    var excluded = ExcludedMode(mode: nil)
    readMembers(of: node, "a mode that is excluded", keys: Self.excludedModeKeys) {
      reader, key, value in
      switch key {
      case "mode": excluded.mode = reader.readChoice(value)
      case "reason": excluded.reason = reader.readLine(value, characters: 1...200)
      default: return false
      }
      return true
    }
    return excluded
  }

  private mutating func readKeep(_ node: DocumentNode, into constraints: inout Constraints) {
    var networks: [DNSLabel] = []
    var adapters: [KeptAdapter] = []
    readMembers(of: node, "an object of what stays", keys: Self.keepKeys) { reader, key, value in
      switch key {
      case "networks":
        networks = reader.readList(value, of: "names of networks", atMost: .networks) {
          $0.readName($1)
        }.compactMap { $0 }
      case "adapters":
        adapters =
          reader.readList(value, of: "adapters", atMost: .adapters) { $0.readKeptAdapter($1) }
      default: return false
      }
      return true
    }
    constraints.keptNetworks = networks
    constraints.keptAdapters = adapters
  }

  private mutating func readKeptAdapter(_ node: DocumentNode) -> KeptAdapter {
    var kept = KeptAdapter(vm: nil, slot: nil)
    readMembers(of: node, "an adapter that stays", keys: Self.keptAdapterKeys) {
      reader, key, value in
      switch key {
      case "vm": kept.vm = reader.readName(value)
      case "slot": kept.slot = reader.readSlot(value)
      default: return false
      }
      return true
    }
    return kept
  }
}
