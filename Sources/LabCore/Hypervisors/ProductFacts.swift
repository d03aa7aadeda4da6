/// What is true of a product as a whole, whatever its modes are.
public struct ProductFacts: Hashable, Sendable {
  /// Whether it is the machine's own system or a program on one.
  public enum Kind: Int, Hashable, Sendable {
    /// It is the host's system, or part of it.
    case bareMetal = 1
    /// It is a program of the host's system.
    case hosted = 2
  }

  /// What decides whether the host routes between its networks.
  public enum Forwarding: Hashable, Sendable {
    /// `host.forwarding`: the product routes for its own networks alone, and leaves the rest of the
    /// host's routing as it is.
    case asDocumented
    /// The product switches it on with the first network that needs it, and then for all.
    case asNeeded
    /// Nothing: the host routes nothing for its VMs.
    case never
  }

  /// What a switch does with frames to hardware addresses that are no adapter's own.
  public enum Learning: Hashable, Sendable {
    /// It passes them on by each adapter's promiscuous policy.
    case byPolicy
    /// It learns where they are, as a Linux bridge does; no adapter sees others' frames.
    case learns
    /// It drops them until a setting of the product allows them.
    case refuses
  }

  /// Where the hardware addresses of its adapters come from.
  public struct Hardware: Hashable, Sendable {
    /// The bytes that they begin with.
    public let prefix: MACAddress
    /// How many of the low bits are free.
    let freeBits: Int
    /// Whether VMs with other addresses are refused or cut off by default.
    public let refusesOthers: Bool

    init(_ prefix: UInt64, freeBits: Int = 24, refusesOthers: Bool = false) {
      self.prefix = MACAddress(bits: prefix)
      self.freeBits = freeBits
      self.refusesOthers = refusesOthers
    }

    /// Whether an address begins as the product's own do.
    func contains(_ address: MACAddress) -> Bool {
      address.bits >> UInt64(freeBits) == prefix.bits >> UInt64(freeBits)
    }
  }

  /// What people call the product.
  public let name: String
  /// Type 1 or type 2.
  public let kind: Kind
  /// The host's systems that it runs on; the first where a document names none.
  public let systems: [Host.OperatingSystem]
  /// The version taken where a document names none.
  public let assumedVersion: HypervisorVersion
  /// Where hardware addresses come from.
  public let hardware: Hardware
  /// How many adapters a VM has room for where neither it nor the document says so.
  public let usualAdapterCount: Int
  /// The most adapters that a VM may have; nil where nobody says.
  public let maximumAdapters: Int?
  /// The network cards that it emulates, by its own names, the usual one first.
  public let models: [String]
  /// Whether networks may have a VLAN.
  public let hasVLANs: Bool
  /// What decides whether the host routes.
  public let forwarding: Forwarding
  /// What its switches do with foreign hardware addresses.
  public let learning: Learning
  /// What lets packets pass between networks or not, as the subject of a sentence.
  public let gatekeeper: String
  /// What does in its place where it lacks a mode of a document.
  public let recipe: String?
  /// What its adapters' VMs lose frames by until a setting is changed, and how; nil where nothing.
  let foreignFrames: String?

  init(
    name: String, kind: Kind, systems: [Host.OperatingSystem], assumedVersion: HypervisorVersion,
    hardware: Hardware, usualAdapterCount: Int = 4, maximumAdapters: Int? = nil,
    models: [String], hasVLANs: Bool = false, forwarding: Forwarding = .asDocumented,
    learning: Learning = .learns, gatekeeper: String = "the host", recipe: String? = nil,
    foreignFrames: String? = nil
  ) {
    self.name = name
    self.kind = kind
    self.systems = systems
    self.assumedVersion = assumedVersion
    self.hardware = hardware
    self.usualAdapterCount = usualAdapterCount
    self.maximumAdapters = maximumAdapters
    self.models = models
    self.hasVLANs = hasVLANs
    self.forwarding = forwarding
    self.learning = learning
    self.gatekeeper = gatekeeper
    self.recipe = recipe
    self.foreignFrames = foreignFrames
  }
}
