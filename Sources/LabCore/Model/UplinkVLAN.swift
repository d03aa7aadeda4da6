/// A VLAN of the LAN besides the one that the host's own address is in (IEEE 802.1Q).
public struct UplinkVLAN: Hashable, Sendable {
  /// 1…4094.
  public var id: Int?
  /// The host's own address there, or the VLAN's prefix where the host has none.
  public var ipv4: InterfaceAddress<IPv4Address>?
  /// The address of the LAN's router there.
  public var gateway: IPv4Address?
  /// What the VLAN's DHCP server hands out.
  public var dhcp: AddressRange<IPv4Address>?

  /// A VLAN of which nothing is known but what is given.
  public init(
    id: Int?, ipv4: InterfaceAddress<IPv4Address>? = nil, gateway: IPv4Address? = nil,
    dhcp: AddressRange<IPv4Address>? = nil
  ) {
    self.id = id
    self.ipv4 = ipv4
    self.gateway = gateway
    self.dhcp = dhcp
  }

  /// What VLANs are numbered by.
  public static let identifiers = 1...4094

  /// The host's own address; nil where it has none, or where nobody says.
  public var hostAddress: IPv4Address? {
    ipv4.flatMap { $0.address == $0.prefix.network ? nil : $0.address }
  }
}

extension Uplink {
  /// The VLAN of a number; nil where the document does not name it.
  public func vlan(_ id: Int) -> UplinkVLAN? { vlans.first { $0.id == id } }

  /// The LAN as it is in one of its VLANs; of one that nobody names, nothing is known.
  func asSeen(fromVLAN vlan: Int?) -> Uplink {
    guard let vlan else { return self }
    let known = self.vlan(vlan)
    return Uplink(ipv4: known?.ipv4, gateway: known?.gateway, dhcp: known?.dhcp)
  }
}
