import LabCore

extension DocumentSink {
  mutating func firewall(_ firewall: FirewallDraft) {
    switch firewall {
    case .preset(let preset): string(preset.rawValue)
    case .chains(let inbound, let forward):
      beginObject()
      member("inbound", chain: inbound)
      member("forward", chain: forward)
      endObject()
    }
  }

  private mutating func member(_ key: StaticString, chain: FirewallChainDraft?) {
    guard let chain else { return }
    self.key(key)
    beginObject()
    member("policy", choice: chain.policy)
    member("except", list: chain.except) { sink, rule in
      sink.beginObject()
      sink.member("slot", integer: rule.slot)
      sink.member("from", text: rule.from)
      sink.member("to", text: rule.to)
      sink.member("protocol", choice: rule.transport)
      sink.member("port", integer: rule.port)
      sink.endObject()
    }
    endObject()
  }

  /// A forward of a VM or of the LAN's router, which differ in the key of the target.
  mutating func forward(_ forward: DestinationForwardDraft, targetKey: StaticString) {
    beginObject()
    member("slot", integer: forward.slot)
    member("protocol", choice: forward.transport)
    member("port", integer: forward.port)
    member(targetKey, text: forward.target)
    member("to_port", integer: forward.targetPort)
    endObject()
  }
}
