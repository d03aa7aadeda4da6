import LabCore

extension DocumentSink {
  /// Nothing where there are none.
  mutating func member(_ key: StaticString, constraints: Constraints) {
    guard constraints != Constraints() else { return }
    self.key(key)
    beginObject()
    member("modes", list: constraints.modes ?? []) { $0.string($1.rawValue) }
    member("exclude", list: constraints.excluded) { sink, excluded in
      sink.beginObject()
      sink.member("mode", choice: excluded.mode)
      sink.member("reason", text: excluded.reason)
      sink.endObject()
    }
    member("administrator", bool: constraints.hasAdministrator)
    member("port_security", bool: constraints.hasPortSecurity)
    member("max_adapters", integer: constraints.maximumAdapters)
    member("gateways", bool: constraints.mayAddGateways)
    if !constraints.keptNetworks.isEmpty || !constraints.keptAdapters.isEmpty {
      self.key("keep")
      beginObject()
      member("networks", list: constraints.keptNetworks) { $0.string($1.text) }
      member("adapters", list: constraints.keptAdapters) { sink, kept in
        sink.beginObject()
        sink.member("vm", text: kept.vm)
        sink.member("slot", integer: kept.slot)
        sink.endObject()
      }
      endObject()
    }
    endObject()
  }
}
