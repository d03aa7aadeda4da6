/// A prefix and the network that has it.
struct PlacedPrefix<Address: IPAddress> {
  /// By index in `Lab.networks`.
  let network: Int
  let prefix: Prefix<Address>
}

extension LabSurvey {
  /// The prefixes of the lab's switches, in document order: of all modes but NAT and bridged.
  func switchPrefixes<Address: DocumentFamily>(_: Address.Type) -> [PlacedPrefix<Address>] {
    segments.compactMap { segment in
      guard !segment.isLAN,
        let prefix = Address.addresses(plan.networks[segment.network])?.prefix
      else { return nil }
      return PlacedPrefix(network: segment.network, prefix: prefix)
    }
  }

  /// The prefixes that adapters on NAT have behind their private routers, each network's once.
  func natPrefixes<Address: DocumentFamily>(_: Address.Type) -> [PlacedPrefix<Address>] {
    lab.networks.indices.flatMap { index -> [PlacedPrefix<Address>] in
      guard lab.networks[index].profile.segment == .adapter else { return [] }
      let slots = Set(members[index].map { adapter($0).slot })
      var prefixes: [Prefix<Address>] = []
      for slot in slots.sorted() {
        let link = Address.natLink(lab.networks[index], prefix: nil, slot: slot, in: lab)
        if let link, !prefixes.contains(link.prefix) { prefixes.append(link.prefix) }
      }
      return prefixes.map { PlacedPrefix(network: index, prefix: $0) }
    }
  }

  /// The prefix of the LAN, as far as the document says or implies it.
  func lanPrefix<Address: DocumentFamily>(_: Address.Type) -> Prefix<Address>? {
    Address.lanPrefix(self)
  }

  /// Where a network's prefix stands in the document; the network where it leaves it out.
  func prefixPointer<Address: DocumentFamily>(_ placed: PlacedPrefix<Address>) -> JSONPointer {
    pointer(
      pointer(network: placed.network), Address.family.rawValue,
      isWritten: Address.prefix(lab.networks[placed.network]) != nil)
  }
}
