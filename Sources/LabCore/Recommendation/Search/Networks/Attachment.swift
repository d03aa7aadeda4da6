/// How one VM of a candidate is attached: which networks it is on, by which its default route
/// leaves, and which of its services are forwarded.
struct Attachment: Hashable {
  /// By what a VM's default route leaves.
  enum Egress: Hashable {
    case none
    /// NAT or a NAT network.
    case translated
    case lan
    /// The VM that is the gateway of a shared network, by the network's bit.
    case router(UInt64)
  }

  /// The shared networks it is on, by bit (`SharedNetwork`).
  var networks: UInt64 = 0
  var isOnNAT = false
  var isBridged = false
  var isHostOnly = false
  var isOnNATNetwork = false
  var egress = Egress.none
  /// The services that are forwarded from all of the host's addresses, by bit.
  var openForwards: UInt64 = 0
  /// The services that are forwarded from the host's loopback alone, by bit.
  var loopbackForwards: UInt64 = 0

  var isTranslated: Bool { egress == .translated }
  /// Whether the host, and whoever is behind a NAT, can dial it.
  var isOpenToHost: Bool { isBridged || isHostOnly }
  var adapterCount: Int { networks.nonzeroBitCount + (isOnNAT ? 1 : 0) }
}

/// A network that VMs of a candidate share; a NAT has none.
struct SharedNetwork: Hashable {
  let traits: NetworkTraits
  /// The VM that is its gateway.
  let gateway: Int?
  /// By index in `Lab.networks`, where it is there already and stays.
  var kept: Int?
  var members = MachineSet()
  /// Whether it has had the same members as the one of its sort before it.
  var isLikePrevious = false

  /// Whether two networks could change places.
  func isOfSort(_ other: SharedNetwork) -> Bool {
    traits == other.traits && gateway == other.gateway && kept == other.kept
  }

  var memberCount: Int { members.count }

  /// The bit of a network by its place; earlier ones weigh more, so that masks compare by the
  /// first network that differs.
  static func bit(_ place: Int) -> UInt64 { 1 << UInt64(63 - place) }
  static let maximumCount = 60
}

extension Attachment {
  /// Puts it on a shared network.
  mutating func join(_ traits: NetworkTraits, _ bit: UInt64) {
    networks |= bit
    if traits.isLAN { isBridged = true }
    if traits.hasHost { isHostOnly = true }
    if traits.isTranslated { isOnNATNetwork = true }
  }
}

extension [SharedNetwork] {
  /// The network of the same sort before the one at a place.
  func place(before place: Int) -> Int? {
    self[..<place].lastIndex { $0.isOfSort(self[place]) }
  }
}
