import LabCore
import LabFormats

/// The keys of a document's part that have no column of their own, as the JSON of a document that
/// says nothing else.
extension HostDraft {
  /// Nil where there are none.
  var otherKeys: String? {
    var rest = self
    (rest.name, rest.os, rest.internet, rest.forwarding) = (nil, nil, nil, nil)
    rest.occupied = []
    rest.uplink = nil
    if let uplink {
      let part = Uplink(
        clientIsolation: uplink.clientIsolation, routes: uplink.routes,
        forwards: uplink.forwards, vlans: uplink.vlans)
      if part != Uplink() { rest.uplink = part }
    }
    guard rest != HostDraft() else { return nil }
    return text(LabDocumentWriter.json(LabDraft(name: nil, host: rest)))
  }

  mutating func add(otherKeys text: String) throws(StoreError) {
    guard let rest = LabDocumentReader.readLab(try json(text), within: .none).lab.host else {
      return
    }
    masquerade = rest.masquerade
    routes = rest.routes
    uplink?.clientIsolation = rest.uplink?.clientIsolation
    uplink?.routes = rest.uplink?.routes ?? []
    uplink?.forwards = rest.uplink?.forwards ?? []
    uplink?.vlans = rest.uplink?.vlans ?? []
  }
}

extension VirtualMachineDraft {
  /// Nil where there are none. Adapters stand at their places.
  var otherKeys: String? {
    let cards = adapters.map {
      AdapterDraft(network: nil, masquerade: $0.masquerade, secondary: $0.secondary)
    }
    let hasCards = cards.contains { $0 != AdapterDraft(network: nil) }
    let rest = VirtualMachineDraft(
      name: nil, adapters: hasCards ? cards : [], firewall: firewall, forwards: forwards,
      copyOf: copyOf, inside: inside)
    guard rest != VirtualMachineDraft(name: nil) else { return nil }
    return text(LabDocumentWriter.json(rest))
  }

  /// Adapters have been read before.
  mutating func add(otherKeys text: String) throws(StoreError) {
    let rest = LabDocumentReader.readMachine(try json(text), within: .none).machine
    firewall = rest.firewall
    forwards = rest.forwards
    copyOf = rest.copyOf
    inside = rest.inside
    for (index, card) in zip(adapters.indices, rest.adapters) {
      adapters[index].masquerade = card.masquerade
      adapters[index].secondary = card.secondary
    }
  }
}

private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

private func json(_ text: String) throws(StoreError) -> DocumentNode {
  do { return try JSONReader.read(Array(text.utf8)) } catch {
    throw StoreError(.corrupt, "other_keys holds no JSON: \(error)")
  }
}
