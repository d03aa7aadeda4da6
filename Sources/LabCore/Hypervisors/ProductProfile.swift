/// What a hypervisor product is, in one version and on one operating system: a table of its modes.
public struct ProductProfile: Hashable, Sendable {
  /// What is true of the product as a whole.
  public let facts: ProductFacts
  /// What it can attach networks by, in the order of `NetworkMode`; of a mode with several forms,
  /// the one that a document gets without a word.
  public let modes: [ModeProfile]
  /// The other forms of its modes.
  public let variants: [ModeProfile]

  /// The table of a product.
  public init(_ hypervisor: Hypervisor, on system: Host.OperatingSystem) {
    let product = hypervisor.product
    self.init(product.facts, product.modes(hypervisor.version, on: system))
  }

  /// - Parameter forms: of each mode, the usual one first.
  init(_ facts: ProductFacts, _ forms: [ModeProfile]) {
    self.facts = facts
    var usual: [ModeProfile] = []
    var others: [ModeProfile] = []
    for form in forms {
      if usual.contains(where: { $0.mode == form.mode }) {
        others.append(form)
      } else {
        usual.append(form)
      }
    }
    modes = usual
    variants = others
  }

  /// What people call the product.
  public var name: String { facts.name }
  /// How many adapters a VM has room for where neither it nor the document says so.
  public var usualAdapterCount: Int { facts.usualAdapterCount }

  /// What the product makes of a document's word; nil where it has no such mode.
  public subscript(mode: NetworkMode) -> ModeProfile? {
    modes.first { $0.mode == mode }
  }

  /// Every form of a mode, the usual one first; nothing where the product has no such mode.
  public func forms(of mode: NetworkMode) -> [ModeProfile] {
    (modes + variants).filter { $0.mode == mode }
  }

  /// What to do where the product lacks a mode, the best first: modes by their words, and
  /// `router-vm` where a VM between two networks does what the product does not.
  public func substitutes(for mode: NetworkMode) -> [String] {
    let nearest = mode.nearest.filter { self[$0] != nil }.map(\.rawValue)
    return mode.needsRouter && facts.recipe != nil ? nearest + ["router-vm"] : nearest
  }

  /// What the product makes of a network; nil where it has no such mode, or no such form of it.
  func profile(of network: NetworkDraft) -> ModeProfile? {
    guard let mode = network.mode else { return nil }
    guard let variant = network.variant else { return self[mode] }
    return forms(of: mode).first { $0.variant == variant }
  }

  /// The modes that give each adapter a router of its own.
  var privateNAT: [ModeProfile] { modes.filter { $0.segment == .adapter } }
  /// Those whose VMs share a router that translates.
  var sharedNAT: [ModeProfile] { modes.filter(\.isSharedBehindNAT) }
  /// Those that put VMs on the LAN.
  var onLAN: [ModeProfile] { modes.filter { $0.segment == .uplink } }
  /// Those on whose switch the host is, and no router.
  var withHost: [ModeProfile] {
    modes.filter { $0.host.isOnSwitch && !$0.isSharedBehindNAT }
  }
  /// Those that have nothing but VMs.
  var cutOff: [ModeProfile] { modes.filter(\.isCutOff) }

  /// What prefixes of a mode's networks are taken from; nothing for modes whose prefixes are not the
  /// planner's to choose.
  func pools(of mode: NetworkMode) -> [[AddressRange<IPv4Address>]] {
    forms(of: mode).map(\.prefixes.pools).first { !$0.isEmpty } ?? []
  }
}
