/// Who gives a network's VMs their addresses.
public enum DHCPProfile: Hashable, Sendable {
  /// The engine leases its only guest the address at an offset.
  case fixed(guest: UInt32)
  /// The LAN's own server.
  case uplink
  /// A server of the hypervisor's, where document or habit asks for one.
  case server(DHCPServerProfile)
}

/// A DHCP server that the hypervisor runs on a network.
public struct DHCPServerProfile: Hashable, Sendable {
  /// When the server runs although the document says nothing of it.
  enum Habit: Hashable, Sendable {
    case never
    case always
    /// On this prefix alone, which the product ships with a server.
    case onlyOn(IPv4Prefix)
  }

  /// Where the server and its pool are, as offsets.
  struct Layout: Hashable, Sendable {
    enum Server: Hashable, Sendable {
      case host
      case at(UInt32)
    }

    enum PoolEnd: Hashable, Sendable {
      case at(UInt32)
      case lastHost
      /// At three quarters of the prefix.
      case threeQuarters
    }

    let server: Server
    let first: UInt32
    let last: PoolEnd
  }

  let habit: Habit
  /// On a /24.
  let usual: Layout
  /// On prefixes of other lengths.
  let other: Layout
  /// Whether the server can pin an address to an adapter.
  let hasReservations: Bool
  /// Whether the product has such a server at all; where it has none, only a VM can serve.
  let isOffered: Bool

  /// The product has no server on such networks.
  static let none = DHCPServerProfile(
    habit: .never, usual: Layout(server: .host, first: 2, last: .lastHost), hasReservations: false,
    isOffered: false)

  init(
    habit: Habit, usual: Layout, other: Layout? = nil, hasReservations: Bool = true,
    isOffered: Bool = true
  ) {
    self.habit = habit
    self.usual = usual
    self.other = other ?? usual
    self.hasReservations = hasReservations
    self.isOffered = isOffered
  }
}

extension DHCPServerProfile {
  /// Whether it is the host's own system that serves, at the host's address.
  var isHost: Bool { isOffered && usual.server == .host }

  /// What is served on a prefix where the document says nothing.
  func request(on prefix: IPv4Prefix) -> DHCPRequest {
    switch habit {
    case .never: .off
    case .always: .standard
    case .onlyOn(let only): prefix == only ? .standard : .off
    }
  }

  /// The server that a document asks for, with the product's layout where it leaves a part out; nil
  /// where it asks for none, or where the prefix has no room for one.
  ///
  /// - Parameter host: the host's address there.
  func plan(
    _ request: DHCPRequest?, in prefix: IPv4Prefix, host: IPv4Address?
  ) -> DHCPPlan<IPv4Address>? {
    if case .on = request, !isOffered { return nil }
    let layout = prefix.length == 24 ? usual : other
    guard let (server, first, last) = (request ?? self.request(on: prefix)).parts,
      let first = first ?? prefix.address(at: layout.first),
      let last = last ?? layout.last.address(in: prefix),
      let pool = AddressRange(first: first, last: last),
      prefix.contains(pool.first), prefix.contains(pool.last)
    else { return nil }
    if case .served = request { return DHCPPlan(server: nil, pool: pool) }
    return DHCPPlan(server: server ?? layout.server.address(in: prefix, host: host), pool: pool)
  }
}

extension DHCPServerProfile.Layout.Server {
  fileprivate func address(in prefix: IPv4Prefix, host: IPv4Address?) -> IPv4Address? {
    switch self {
    case .host: host
    case .at(let offset): prefix.address(at: offset)
    }
  }
}

extension DHCPServerProfile.Layout.PoolEnd {
  fileprivate func address(in prefix: IPv4Prefix) -> IPv4Address? {
    switch self {
    case .at(let offset): prefix.address(at: offset)
    case .lastHost: prefix.hosts.last
    case .threeQuarters: prefix.address(at: UInt32(prefix.addressCount / 4 * 3))
    }
  }
}
