import Testing

@testable import LabCore

/// The facts of VirtualBox's modes that differ by version and by host.
@Suite struct VirtualBoxTests {
  private func profile(
    _ mode: NetworkMode, _ version: String = "7.1", on system: Host.OperatingSystem = .linux
  ) throws -> ModeProfile {
    let version = try #require(HypervisorVersion(parsing: version))
    return try #require(ProductProfile(Hypervisor(version: version), on: system)[mode])
  }

  @Test func everyWordOfADocumentButRoutedIsAModeOfItsOwn() {
    let product = ProductProfile(Hypervisor(), on: .linux)
    #expect(product.modes.map(\.mode) == NetworkMode.allCases.filter { $0 != .routed })
  }

  /// Each kind of network that search and remedies ask for is one mode.
  @Test func factsTellTheModesApart() {
    let product = ProductProfile(Hypervisor(), on: .linux)
    #expect(product.privateNAT.map(\.mode) == [.nat])
    #expect(product.sharedNAT.map(\.mode) == [.natNetwork])
    #expect(product.onLAN.map(\.mode) == [.bridged])
    #expect(product.withHost.map(\.mode) == [.hostOnly])
    #expect(product.cutOff.map(\.mode) == [.internal])
  }

  @Test(
    arguments: [
      ("6.1", .nat, 2, .open), ("7.0", .nat, 2, .closedByDefault),
      ("7.2", .nat, 2, .closedByDefault),
      ("7.1", .natNetwork, 2, .open), ("7.2", .natNetwork, 1, .open),
    ] as [(String, NetworkMode, UInt32, LoopbackAlias.Access)])
  func theHostsLoopbackIsWhereTheVersionHasIt(
    version: String, mode: NetworkMode, offset: UInt32, access: LoopbackAlias.Access
  ) throws {
    let alias = try #require(try profile(mode, version).router.engine).loopback
    #expect(alias == LoopbackAlias(offset: offset, access: access))
  }

  @Test(
    arguments: [
      ("7.0", nil), ("7.1.11", "fd00::/64"), ("7.1.12", "fd17:625c:f037:2::/64"),
      ("7.1", "fd17:625c:f037:2::/64"),
    ] as [(String, String?)])
  func natAnnouncesIPv6BySeries(version: String, prefix: String?) throws {
    let nat = try profile(.nat, version)
    let announced = nat.announcedIPv6.prefix(beside: nat.prefixes.prefix(ofAdapterIn: 1))
    #expect(announced?.description == prefix)
  }

  /// The slot counts; after the last octet it begins again.
  @Test(arguments: [(1, "10.0.2.0/24"), (2, "10.0.3.0/24"), (36, "10.0.37.0/24")])
  func natCountsItsPrefixesBySlot(slot: Int, prefix: String) throws {
    #expect(try profile(.nat).prefixes.prefix(ofAdapterIn: slot)?.description == prefix)
  }

  @Test(
    arguments: [
      (.linux, "7.1", .at(1)), (.windows, "7.1", .at(1)), (.macos, "6.1", .at(1)),
      (.macos, "7.0", .first),
    ] as [(Host.OperatingSystem, String, HostFoot)])
  func macOSHasHostOnlyNetworksOfItsOwn(
    system: Host.OperatingSystem, version: String, host: HostFoot
  ) throws {
    let profile = try profile(.hostOnly, version, on: system)
    #expect(profile.host == host)
    #expect(profile.obeysPromiscuousPolicy == (host == .at(1)))
  }

  /// A row a prefix: where server and pool are when a document asks for a server and says no more.
  @Test(
    arguments: [
      (.natNetwork, "10.0.2.0/24", "10.0.2.3", "10.0.2.4-10.0.2.254"),
      (.internal, "10.10.0.0/24", "10.10.0.2", "10.10.0.3-10.10.0.254"),
      (.hostOnly, "192.168.57.0/24", "192.168.57.100", "192.168.57.101-192.168.57.254"),
      (.hostOnly, "192.168.57.0/25", "192.168.57.2", "192.168.57.3-192.168.57.126"),
    ] as [(NetworkMode, String, String, String)])
  func serversAreWhereTheModeHasThem(
    mode: NetworkMode, prefix: String, server: String, pool: String
  ) throws {
    guard case .server(let served) = try profile(mode).dhcp else {
      Issue.record("\(mode) has no server")
      return
    }
    let plan = try #require(served.plan(.standard, in: IPv4Prefix(parsing: prefix), host: nil))
    #expect(plan.server?.description == server)
    #expect("\(plan.pool.first)-\(plan.pool.last)" == pool)
  }
}
