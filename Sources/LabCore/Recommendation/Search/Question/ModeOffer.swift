/// What tells the shared networks of a product's modes apart for the search: who is on one, and
/// whether it leads out.
///
/// **Invariant:** no two modes of a product that give networks a segment have the same traits, but
/// for their words.
struct NetworkTraits: Hashable {
  /// The document's word.
  let mode: NetworkMode
  /// Whether it is the LAN.
  let isLAN: Bool
  /// Whether the host has an address on its switch.
  let hasHost: Bool
  /// Whether its router translates.
  let isTranslated: Bool
  /// Whether making one takes administrator rights.
  let needsAdministrator: Bool

  /// Nil for a mode that gives each adapter a segment of its own.
  init?(_ profile: ModeProfile) {
    guard profile.segment != .adapter else { return nil }
    mode = profile.mode
    isLAN = profile.segment == .uplink
    hasHost = profile.host.isOnSwitch
    isTranslated = profile.isSharedBehindNAT
    needsAdministrator = profile.needsAdministrator
  }

  /// Whether there is nothing but VMs on it.
  var isCutOff: Bool { !isLAN && !hasHost && !isTranslated }

  /// Whether each VM on it may need its address set by hand.
  var takesTyping: Bool { !isLAN && !isTranslated }
}

/// What a search may build with.
struct ModeOffer {
  /// The mode that gives each adapter a router of its own.
  let privateNAT: NetworkMode?
  /// The others, the plainest first: the LAN, what translates, what the host is on, what is cut off.
  let shared: [NetworkTraits]
  let hasLAN: Bool
  let hasHostNetworks: Bool
  let hasSharedNAT: Bool
  let hasCutOff: Bool

  /// - Parameter modes: those that may be used.
  init(_ modes: [ModeProfile]) {
    privateNAT = modes.first { $0.segment == .adapter }?.mode
    let traits = modes.compactMap(NetworkTraits.init)
    shared =
      traits.filter(\.isLAN) + traits.filter(\.isTranslated)
      + traits.filter { $0.hasHost && !$0.isTranslated } + traits.filter(\.isCutOff)
    hasLAN = traits.contains(where: \.isLAN)
    hasHostNetworks = traits.contains { $0.hasHost && !$0.isTranslated }
    hasSharedNAT = traits.contains(where: \.isTranslated)
    hasCutOff = traits.contains(where: \.isCutOff)
  }

  /// Whether a VM can have a way out that is translated.
  var hasNAT: Bool { privateNAT != nil || hasSharedNAT }
}
