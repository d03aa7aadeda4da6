import Testing

@testable import LabCore

/// Rules that depend on the host's system and on VirtualBox's version.
@Suite struct HypervisorRulesTests {
  private func found(
    _ rule: FindingRule, _ system: Host.OperatingSystem, _ version: String,
    _ networks: [NetworkDraft], _ vms: [VirtualMachineDraft]
  ) throws -> [String] {
    try findings(in: lab(networks, vms, version: version, host: host(system)))
      .filter { $0.rule == rule.id }.map { "\($0.severity) \($0.pointer): \($0.detail)" }
  }

  @Test(arguments: [
    (Host.OperatingSystem.macos, "7.0", true), (.macos, "7.2", true), (.macos, "6.1.36", false),
    (.linux, "7.1", false), (.windows, "7.1", false),
  ])
  func hostOnlyOnMacOS(system: Host.OperatingSystem, version: String, isFound: Bool) throws {
    let text =
      "info /networks/0/mode: VirtualBox \(version) on macOS has host-only networks in the place of "
      + "host-only adapters; \"admin\" is made with VBoxManage hostonlynet"
    let networks = [network("admin", .hostOnly), network("tier", .internal)]
    #expect(try found(.hostOnlyOnMacOS, system, version, networks, []) == (isFound ? [text] : []))
  }

  @Test(
    arguments: [
      (Host.OperatingSystem.windows, "7.0.20", nil),
      (.windows, "7.1", "the Windows update KB5089466 breaks those of VirtualBox 7.1"),
      (.windows, "7.2.4", "the Windows update KB5089466 breaks those of VirtualBox 7.2.4"),
      (.windows, "7.3", nil),
      (.windows, "7.2.0", "those of VirtualBox 7.2.0 fail on Windows until 7.2.2"),
      (.macos, "7.2.0", "those of VirtualBox 7.2.0 fail on macOS until 7.2.2"),
      (.macos, "7.2.2", nil), (.macos, "7.1", nil), (.linux, "7.2.0", nil),
    ] as [(Host.OperatingSystem, String, String?)])
  func natNetworkRegression(
    system: Host.OperatingSystem, version: String, cause: String?
  ) throws {
    let networks = [network("a", .natNetwork), network("unused", .natNetwork), network("b", .nat)]
    let text = cause.map { "warning /networks/0/mode: the NAT network \"a\" may not work: \($0)" }
    let vms = [vm("web", on("a"), on("b"))]
    let found = try found(.natNetworkRegression, system, version, networks, vms)
    #expect(found == [text].compactMap { $0 })
  }

  @Test(
    arguments: [
      (Host.OperatingSystem.linux, "7.2.0", "7.2.2", "7.2.2"), (.linux, "7.2.1", "7.2.2", "7.2.2"),
      (.linux, "7.2.2", nil, "7.2.8"), (.linux, "7.2.7", nil, "7.2.8"), (.linux, "7.2.8", nil, nil),
      (.linux, "7.2", nil, nil), (.linux, "7.1.12", nil, nil), (.macos, "7.2.0", nil, nil),
    ] as [(Host.OperatingSystem, String, String?, String?)])
  func natNameResolution(
    system: Host.OperatingSystem, version: String, nat: String?, natNetwork: String?
  ) throws {
    func text(_ network: String, _ index: Int, _ mendedIn: String?) -> String? {
      guard let mendedIn else { return nil }
      let symptom =
        mendedIn == "7.2.2"
        ? "VirtualBox \(version) hands the host's resolver 127.0.0.53 to VMs"
        : "with VirtualBox \(version) VMs do not reach the LAN's name servers"
      return "warning /networks/\(index)/mode: \(symptom) on \"\(network)\"; VirtualBox "
        + "\(mendedIn) mends it"
    }
    let found = try found(
      .natNameResolution, system, version,
      [network("out", .nat), network("shared", .natNetwork), network("tier", .internal)],
      [vm("web", on("out"), on("shared"), on("tier"))])
    #expect(found == [text("out", 0, nat), text("shared", 1, natNetwork)].compactMap { $0 })
  }

  @Test func hostOnlyIPv6OnWindows() throws {
    let networks = [
      network("a", .hostOnly, ipv6: "fe80::/64"), network("b", .hostOnly, ipv6: "fd00::/64"),
      network("c", .internal, ipv6: "fd01::/64"),
    ]
    let vms = [vm("web", on("b", address6: "fd00::9"))]
    try expect(
      .hostOnlyIPv6OnWindows, in: lab(networks, vms, host: host(.windows)),
      finds: """
        warning /networks/0/ipv6: VirtualBox on Windows cannot give the host an IPv6 address on "a"
          remove /networks/0/ipv6
        warning /networks/1/ipv6: VirtualBox on Windows cannot give the host an IPv6 address on "b"
        """)
    try expect(.hostOnlyIPv6OnWindows, isSilentOn: lab(networks, vms))
  }

  @Test func bridgedOverWiFi() throws {
    let networks = [network("lan", .bridged), network("out", .nat), network("spare", .bridged)]
    let vms = [vm("web", on("lan"), on("out"))]
    try expect(
      .bridgedOverWiFi, in: lab(networks, vms, host: host(uplink: uplink(kind: .wireless))),
      finds: """
        warning /networks/0/mode: "lan" is bridged to a Wi-Fi interface, where its VMs may get no \
        address and only IP passes
          see /host/uplink/kind
        """)
    try expect(
      .bridgedOverWiFi, isSilentOn: lab(networks, vms),
      lab(networks, vms, host: host(uplink: uplink(kind: .wired))))
  }
}
