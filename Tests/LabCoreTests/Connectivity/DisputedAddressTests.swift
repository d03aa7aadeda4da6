import Testing

@testable import LabCore

/// A question for a hardware address that seems to come from the machine it is put to.
@Suite struct DisputedAddressTests {
  /// The LAN and a host-only network share a prefix. What the host sends to the router's address on
  /// the LAN comes back by the host-only network, on which the router asks for the host by an
  /// address that the host has as well, or by one of its own.
  @Test(arguments: [("192.168.1.1", Outcome.addressConflict), ("192.168.1.77", .direct)])
  func isNotAnswered(own: String, expected: Outcome) throws {
    var only = NetworkDraft.of("only", .hostOnly)
    only.ipv4 = prefix4("192.168.1.0/24")
    let uplink = Uplink(
      interface: "eth0", ipv4: try InterfaceAddress(parsing: "192.168.1.20/24"),
      gateway: address4("192.168.1.254"))
    var draft = LabDraft(
      name: label("lab"), host: HostDraft(uplink: uplink),
      networks: [NetworkDraft.of("lan", .bridged), only])
    let adapters = [
      AdapterDraft(network: label("only"), address: address4(own)),
      AdapterDraft(network: label("lan")),
    ]
    draft.vms = [VirtualMachineDraft(name: label("vm"), adapters: adapters)]
    #expect(try TestLab(draft).outcome("host", "vm") == expected)
  }
}
