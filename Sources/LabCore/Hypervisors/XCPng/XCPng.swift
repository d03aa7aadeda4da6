/// What XCP-ng does: switches of Open vSwitch, and nothing that routes, translates or hands out
/// addresses.
///
/// Sources: xcp-ng-org docs fc40a42 (networking); xl-network-configuration(5). VLANs measured with
/// Open vSwitch 3.1.
enum XCPng {
  static let facts = ProductFacts(
    name: "XCP-ng", kind: .bareMetal, systems: [.xcpNG],
    assumedVersion: HypervisorVersion(major: 8, minor: 3), hardware: .init(0x0016_3e00_0000),
    maximumAdapters: 7, models: ["netfront", "rtl8139", "e1000"], hasVLANs: true,
    forwarding: .never,
    recipe: "put a router VM between a bridged and an internal network: it routes, translates and "
      + "serves DHCP in the host's place")

  static let modes: [ModeProfile] = [
    .onLAN(native: NativeName("network with a PIF", "xe network-create; xe pif-plug")),
    .cutOff(native: NativeName("private network", "xe network-create")),
  ]
}
