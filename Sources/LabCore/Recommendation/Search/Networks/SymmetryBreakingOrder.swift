/// An order on what the VMs of one symmetry class are on: of candidates in which such VMs only
/// change places, the search tries one.
struct SymmetryBreakingOrder {
  /// The networks of each sort by bit, the first sort deciding.
  private var sorts: [(sort: Int, networks: UInt64)] = []

  init(_ networks: [SharedNetwork]) {
    for (place, network) in networks.enumerated() {
      let bit = SharedNetwork.bit(place)
      if let known = sorts.firstIndex(where: { $0.sort == network.sort }) {
        sorts[known].networks |= bit
      } else {
        sorts.append((network.sort, bit))
      }
    }
    sorts.sort { $0.sort < $1.sort }
  }

  /// Whether a VM may be attached in a way after another of its class, which is on none of the new
  /// networks.
  func allows(_ choice: NetworkChoice, after other: Attachment) -> Bool {
    if choice.attachment.isOnNAT != other.isOnNAT { return other.isOnNAT }
    let firstNew = choice.newNetworks.lazy.map(\.sort).min() ?? Int.max
    for (sort, networks) in sorts where sort <= firstNew {
      let (mine, others) = (choice.attachment.networks & networks, other.networks & networks)
      if mine != others { return mine < others }
    }
    return choice.newNetworks.isEmpty
  }
}

extension SharedNetwork {
  /// By mode and gateway.
  fileprivate var sort: Int {
    let rank = traits.isLAN ? 0 : traits.isTranslated ? 3 : traits.hasHost ? 1 : 2
    return rank << 16 | ((gateway ?? -1) + 1)
  }
}
