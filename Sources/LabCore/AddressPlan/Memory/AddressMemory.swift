/// What a stored lab's planner knows from one version of the lab to the next, so that addresses
/// stay what they are.
///
/// It is made of rows that can be kept in tables as they are. Times are milliseconds since
/// 1970-01-01 UTC.
public struct AddressMemory: Hashable, Sendable {
  /// The prefixes that networks have or had.
  public var prefixes: [RememberedPrefix]
  /// The addresses that adapters have or had, and those that are reserved for something else.
  public var addresses: [RememberedAddress]
  /// The hardware addresses that adapters have.
  public var hardwareAddresses: [RememberedHardwareAddress]

  /// A memory of the given rows, in any order; empty by default.
  public init(
    prefixes: [RememberedPrefix] = [], addresses: [RememberedAddress] = [],
    hardwareAddresses: [RememberedHardwareAddress] = []
  ) {
    self.prefixes = prefixes
    self.addresses = addresses
    self.hardwareAddresses = hardwareAddresses
  }

  /// Whether there is nothing in it.
  public var isEmpty: Bool {
    prefixes.isEmpty && addresses.isEmpty && hardwareAddresses.isEmpty
  }

  /// How long what an adapter or a network gives up rests before another may have it, where nobody
  /// says otherwise: 24 hours.
  public static let usualRest: Int64 = 24 * 60 * 60 * 1_000

  /// How many addresses, and how many prefixes, of a lab may rest; those that were given up first
  /// are free before their time where there are more.
  public static let mostResting = 65_536
}

/// A prefix that a network has or had.
public struct RememberedPrefix: Hashable, Sendable {
  /// Whose it is.
  public var network: NetworkIdentity
  /// The mode for which it was chosen.
  public var mode: NetworkMode
  /// The prefix.
  public var prefix: IPv4Prefix
  /// When it was given up; nil as long as it is in use.
  public var freedAt: Int64?

  /// A row of the given parts.
  public init(
    network: NetworkIdentity, mode: NetworkMode, prefix: IPv4Prefix, freedAt: Int64? = nil
  ) {
    self.network = network
    self.mode = mode
    self.prefix = prefix
    self.freedAt = freedAt
  }
}

/// An address that someone has or had on a network.
public struct RememberedAddress: Hashable, Sendable {
  /// Who may hold an address.
  public enum Holder: Hashable, Sendable {
    /// An adapter of the lab.
    case adapter(AdapterIdentity)
    /// Something outside the lab, under a number of the store's; the planner leaves it alone.
    case reservation(Int64)
  }

  /// The network it is on.
  public var network: NetworkIdentity
  /// The address.
  public var address: AnyAddress
  /// Whose it is.
  public var holder: Holder
  /// Whether the document gave it. Once the document no longer does, the adapter keeps it only if
  /// nobody else has it.
  public var isStatic: Bool
  /// When it was given up; nil as long as it is in use.
  public var freedAt: Int64?

  /// A row of the given parts.
  public init(
    network: NetworkIdentity, address: AnyAddress, holder: Holder, isStatic: Bool = false,
    freedAt: Int64? = nil
  ) {
    self.network = network
    self.address = address
    self.holder = holder
    self.isStatic = isStatic
    self.freedAt = freedAt
  }
}

/// The hardware address that an adapter has.
public struct RememberedHardwareAddress: Hashable, Sendable {
  /// Whose it is.
  public var adapter: AdapterIdentity
  /// The hardware address.
  public var address: MACAddress

  /// A row of the given parts.
  public init(adapter: AdapterIdentity, address: MACAddress) {
    self.adapter = adapter
    self.address = address
  }
}

// MARK: Renaming

extension AddressMemory {
  /// Gives all that is remembered of a network to the name that it has from now on.
  ///
  /// A network that turns up under another name with the same adapters is recognised without it.
  public mutating func rename(network old: DNSLabel, to new: DNSLabel) {
    for index in prefixes.indices where prefixes[index].network == .named(old) {
      prefixes[index].network = .named(new)
    }
    for index in addresses.indices where addresses[index].network == .named(old) {
      addresses[index].network = .named(new)
    }
  }

  /// Gives all that is remembered of a VM to the name that it has from now on.
  ///
  /// Without it a VM of another name is another VM.
  public mutating func rename(machine old: DNSLabel, to new: DNSLabel) {
    func renamed(_ identity: AdapterIdentity) -> AdapterIdentity {
      guard case .named(old, let slot) = identity else { return identity }
      return .named(machine: new, slot: slot)
    }
    for index in addresses.indices {
      if case .adapter(let adapter) = addresses[index].holder {
        addresses[index].holder = .adapter(renamed(adapter))
      }
    }
    for index in hardwareAddresses.indices {
      hardwareAddresses[index].adapter = renamed(hardwareAddresses[index].adapter)
    }
  }
}
