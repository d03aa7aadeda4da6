import Testing

@testable import LabCore

/// A port forward listens on IPv4 alone.
@Suite struct ForwardFamilyTests {
  @Test(arguments: [NetworkMode.nat, .natNetwork])
  func aForwardOpensNothingOverIPv6(mode: NetworkMode) throws {
    var out = NetworkDraft.of("out", mode)
    if mode == .natNetwork { out.ipv6 = try IPv6Prefix(parsing: "fd00::/64") }
    var uplink = Uplink.example
    uplink.ipv6 = try InterfaceAddress(parsing: "2001:db8:1::20/64")
    let lab = try TestLab(
      networks: [out], vms: [("web", ["out"])], forwards: [.tcp(2222, to: "web", 22)],
      host: HostDraft(uplink: uplink))
    for source in ["host", "lan"] {
      #expect(lab.outcome(source, "web") == .forwarded)
      let outcome = lab.outcome(source, "web", ConnectivityQuery(family: .ipv6))
      #expect(outcome?.isReachable == false)
    }
  }
}
