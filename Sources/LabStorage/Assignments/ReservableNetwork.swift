public import LabCore

/// A network of a stored lab from which addresses are reserved, as its document says at a revision.
public struct ReservableNetwork: Sendable {
  /// The lab's name.
  public let lab: DNSLabel
  /// The network's name.
  public let name: DNSLabel
  /// The revision of the lab that the rest was worked out from.
  public let revision: Int
  /// The networks on the same switch, this one among them.
  let namesOnSwitch: [DNSLabel]
  /// What no adapter has and the planner may give, in order; nil where there is nothing to give
  /// from, as on NAT and bridged networks.
  let ipv4: [AddressRange<IPv4Address>]?
  let ipv6: [AddressRange<IPv6Address>]?
  /// What is free now, with reservations and what rests.
  let free: @Sendable (AddressMemory, _ time: Int64, _ rest: Int64) -> NetworkFreeAddresses

  /// A network of a planned lab.
  ///
  /// - Parameters:
  ///   - network: an index in `Lab.networks`.
  ///   - plan: the addresses that the lab has at the revision.
  public init(_ network: Int, of lab: Lab, plan: AddressPlan, revision: Int) {
    self.lab = lab.name
    self.revision = revision
    name = lab.networks[network].name
    namesOnSwitch = lab.networks.indices
      .filter { lab.switches[$0] == lab.switches[network] }.map { lab.networks[$0].name }
    free = { memory, time, rest in
      freeAddresses(of: network, in: lab, plan: plan, remembering: memory, at: time, rest: rest)
    }
    let document = free(AddressMemory(), 0, 0)
    ipv4 = document.ipv4?.ranges
    ipv6 = document.ipv6?.ranges
  }

  /// Whether addresses of a family can be reserved at all.
  public func gives(_ family: AddressFamily) -> Bool {
    switch family {
    case .ipv4: ipv4 != nil
    case .ipv6: ipv6 != nil
    }
  }
}

/// What is asked for on a network.
public struct ReservationRequest: Hashable, Sendable {
  /// How many may be asked for at once.
  public static let counts = 1...1000

  /// How many addresses, all or none.
  public var count: Int
  /// Of which family.
  public var family: AddressFamily
  /// What they are for.
  public var note: String?

  /// A request for some addresses; by default, for one of IPv4.
  public init(count: Int = 1, family: AddressFamily = .ipv4, note: String? = nil) {
    self.count = count
    self.family = family
    self.note = note
  }
}

/// What became of a request for addresses.
public enum ReservationOutcome: Hashable, Sendable {
  /// They are reserved, lowest first.
  case reserved([AnyAddress])
  /// Nothing was reserved: so many are left.
  case exhausted(left: UInt128)
  /// The lab has another revision by now; what is free has to be worked out again.
  case outdated
}

/// What became of a release.
public enum ReleaseOutcome: Hashable, Sendable {
  /// The address rests from now on.
  case released
  /// It is not reserved.
  case notReserved
  /// There is no such lab.
  case noLab
  /// The precondition does not hold; the lab's revision is this one.
  case preconditionFailed(revision: Int)
}

/// An address that is reserved for something outside the lab.
public struct ReservedAddress: Hashable, Sendable {
  /// The address.
  public let address: AnyAddress
  /// What it is for.
  public let note: String?
  /// Since when.
  public let reservedAt: Timestamp
}
