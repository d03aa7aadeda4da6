import LabCore

// What VMs, and the LAN's router, filter and translate.
extension PartReader {
  static let firewallKeys = ["inbound", "forward"]
  static let chainKeys = ["policy", "except"]
  static let ruleKeys = ["slot", "from", "to", "protocol", "port"]
  static let machineForwardKeys = ["slot", "protocol", "port", "vm", "to_port"]
  static let lanForwardKeys = ["protocol", "port", "to", "to_port"]

  // MARK: Firewalls

  /// A preset's name, or an object with `inbound` and `forward`.
  mutating func readFirewall(_ node: DocumentNode) -> FirewallDraft? {
    switch node.value {
    case .string: return readChoice(node).map(FirewallDraft.preset)
    case .object: break
    default:
      let presets = Firewall.Preset.allCases.map(\.rawValue).joined(separator: ", ")
      report(
        .wrongType,
        "an object with inbound and forward, or one of \(presets), belongs here,"
          + " not \(node.typeInWords)")
      return nil
    }
    var inbound: FirewallChainDraft?
    var forward: FirewallChainDraft?
    readMembers(of: node, "a firewall", keys: Self.firewallKeys) { reader, key, value in
      switch key {
      case "inbound": inbound = reader.readChain(value)
      case "forward": forward = reader.readChain(value)
      default: return false
      }
      return true
    }
    return .chains(inbound: inbound, forward: forward)
  }

  private mutating func readChain(_ node: DocumentNode) -> FirewallChainDraft {
    var chain = FirewallChainDraft(policy: nil)
    readMembers(of: node, "a policy and its exceptions", keys: Self.chainKeys) {
      reader, key, value in
      switch key {
      case "policy": chain.policy = reader.readChoice(value)
      case "except":
        chain.except = reader.readList(value, of: "exceptions", atMost: .rulesOfFirewall) {
          $0.readRule($1)
        }
      default: return false
      }
      return true
    }
    return chain
  }

  private mutating func readRule(_ node: DocumentNode) -> FirewallRuleDraft {
    var rule = FirewallRuleDraft()
    if node.isObject, !Self.ruleKeys.contains(where: node.hasValue) {
      report(.missing, "say what the exception is: a slot, from, to, protocol or port")
    }
    readMembers(of: node, "an exception", keys: Self.ruleKeys) { reader, key, value in
      switch key {
      case "slot": rule.slot = reader.readSlot(value)
      case "from": rule.from = reader.readPeer(value)
      case "to": rule.to = reader.readPeer(value)
      case "protocol": rule.transport = reader.readChoice(value)
      case "port": rule.port = reader.readPort(value)
      default: return false
      }
      return true
    }
    return rule
  }

  /// Dots, and colons but that of `tag:`, are in prefixes alone.
  private mutating func readPeer(_ node: DocumentNode) -> FirewallPeerDraft? {
    guard case .string(let text) = node.value, !text.hasPrefix("tag:"),
      text.contains(where: { "./:".contains($0) })
    else { return readSelector(node).map(FirewallPeerDraft.endpoints) }
    if let address = try? AnyAddress(parsing: text) {
      let length = address.family == .ipv4 ? 32 : 128
      report(.invalidValue, "\"\(address)\" is not a prefix; \"\(address)/\(length)\" would do")
      return nil
    }
    return readAnyPrefix(node).map(FirewallPeerDraft.prefix)
  }

  // MARK: Destination NAT

  /// One of a VM's `forwards`.
  mutating func readMachineForward(_ node: DocumentNode) -> DestinationForwardDraft {
    readForward(node, "a forward of a VM", keys: Self.machineForwardKeys)
  }

  /// One of the LAN's router's `forwards`.
  mutating func readLANForward(_ node: DocumentNode) -> DestinationForwardDraft {
    readForward(node, "a forward of the LAN's router", keys: Self.lanForwardKeys)
  }

  private mutating func readForward(
    _ node: DocumentNode, _ part: String, keys: [String]
  ) -> DestinationForwardDraft {
    var forward = DestinationForwardDraft(port: nil, target: nil)
    readMembers(of: node, part, keys: keys) { reader, key, value in
      guard keys.contains(key) else { return false }
      switch key {
      case "slot": forward.slot = reader.readSlot(value)
      case "protocol": forward.transport = reader.readChoice(value)
      case "port": forward.port = reader.readPort(value)
      case "vm", "to": forward.target = reader.readReference(value)
      case "to_port": forward.targetPort = reader.readPort(value)
      default: return false
      }
      return true
    }
    return forward
  }
}
