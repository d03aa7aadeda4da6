import Testing

@testable import LabCore

/// Rules that read the profiles of products other than VirtualBox.
@Suite struct ProductRulesTests {
  private func lab(
    of product: Hypervisor.Product, _ networks: [NetworkDraft], _ vms: [VirtualMachineDraft],
    forwards: [PortForwardDraft] = [], host: HostDraft? = nil
  ) -> LabDraft {
    LabDraft(
      name: label("lab"), hypervisor: HypervisorDraft(product: product), host: host,
      networks: networks, vms: vms, portForwards: forwards)
  }

  private func form(_ network: NetworkDraft, _ variant: String) -> NetworkDraft {
    var network = network
    network.variant = variant
    return network
  }

  @Test func aHostThatTheProductDoesNotRunOn() throws {
    try expect(
      .hostSystemNotSupported,
      in: lab(of: .esxi, [], [], host: HostDraft(os: .windows)),
      finds: """
        error /host/os: ESXi does not run on windows, but on esxi
          remove /host/os
        """)
    try expect(
      .hostSystemNotSupported,
      isSilentOn: lab(of: .esxi, [], []), lab(of: .qemu, [], [], host: HostDraft(os: .macos)))
  }

  @Test func aSecondNATNetwork() throws {
    let networks = [network("a", .natNetwork), network("b", .natNetwork)]
    try expect(
      .oneNATNetwork, in: lab(of: .hyperV, networks, []),
      finds: """
        error /networks/1/mode: Hyper-V has 1 NAT network on a host; "b" is number 2
          see /networks/0
        """)
    try expect(
      .oneNATNetwork, isSilentOn: lab(of: .libvirt, networks, []),
      lab(of: .vmwareWorkstation, [networks[0]], []))
  }

  @Test func aNATNetworkThatKeepsNobodyOut() throws {
    let vms = [vm("a", on("n"))]
    try expect(
      .notIsolated, in: lab(of: .proxmox, [network("n", .natNetwork)], vms),
      finds: """
        warning /networks/0/mode: "n" (vmbr with masquerading) keeps nobody out: whoever has a \
        route to it by way of the host reaches its VMs
        """)
    try expect(
      .notIsolated, isSilentOn: lab(of: .libvirt, [network("n", .natNetwork)], vms),
      lab(of: .proxmox, [network("n", .routed)], vms))
  }

  @Test func ipv6ThatANATNetworkLetsIn() throws {
    let open = lab(of: .libvirt, [network("n", .natNetwork, ipv6: "fd00::/64")], [])
    try expect(
      .ipv6Open, in: open,
      finds: """
        warning /networks/0/ipv6: over IPv6 "n" is open: libvirt lets new connections in, which \
        over IPv4 it rejects
        """)
    try expect(
      .ipv6Open, isSilentOn: lab(of: .libvirt, [network("n", .natNetwork)], []),
      lab(of: .proxmox, [network("n", .natNetwork, ipv6: "fd00::/64")], []))
  }

  @Test func forwardingThatOneNetworkSwitchesOn() throws {
    let networks = [network("n", .natNetwork), network("h", .hostOnly)]
    try expect(
      .forwardingSideEffect,
      in: lab(of: .proxmox, networks, [vm("a", on("h"))], host: HostDraft(forwarding: false)),
      finds: """
        warning /host/forwarding: Proxmox VE makes the host route for "n", whatever forwarding says
          see /networks/0
          remove /host/forwarding
        info /networks/1: the host routes because of "n": VMs on "h" that have it as their gateway \
        reach other networks
          see /networks/0
        """)
    try expect(
      .forwardingSideEffect, isSilentOn: lab(of: .libvirt, networks, [vm("a", on("h"))]),
      lab(of: .proxmox, [networks[1]], [vm("a", on("h"))]))
  }

  @Test func dockersPolicy() throws {
    let docker = HostDraft(occupied: [try AnyPrefix(parsing: "172.17.0.0/16")])
    let networks = [network("b", .bridged), network("n", .natNetwork)]
    try expect(
      .dockerForwardDrop,
      in: lab(of: .libvirt, networks, [vm("a", on("b"), on("n"))], host: docker),
      finds: """
        warning /networks/0: Docker's policy for FORWARD (DROP) closes "b" (bridge) until a rule lets \
        its packets pass
          see /host/occupied/0
        """)
    try expect(
      .dockerForwardDrop, isSilentOn: lab(of: .libvirt, networks, [vm("a", on("b"))]),
      lab(of: .virtualbox, networks, [vm("a", on("b"))], host: docker))
  }

  @Test func macvtapWithoutTheHost() throws {
    let networks = [form(network("b", .bridged), "macvtap-bridge")]
    try expect(
      .macvtapNoHost, in: lab(of: .libvirt, networks, [vm("a", on("b"))]),
      finds: """
        info /networks/0/variant: the host and VMs on "b" (macvtap, bridge) do not reach each other
          remove /networks/0/variant
        """)
  }

  @Test func aVLANThatTheUplinkDoesNotName() throws {
    var office = network("office", .bridged)
    office.vlan = 10
    let vms = [vm("a", on("office"))]
    try expect(
      .vlanWithoutUplinkVLAN, in: lab(of: .esxi, [office], vms),
      finds: """
        warning /networks/0/vlan: VLAN 10 of "office" is not among the uplink's vlans; its VMs have \
        no router
          add /host {uplink: {vlans: [{id: 10}]}}
        """)
    try expect(
      .vlanWithoutUplinkVLAN,
      isSilentOn: lab(
        of: .esxi, [office], vms, host: HostDraft(uplink: Uplink(vlans: [UplinkVLAN(id: 10)]))))
  }

  @Test func anOverlapThatLibvirtDoesNotRefuse() throws {
    let networks = [
      network("a", .natNetwork, "10.1.0.0/16"), network("b", .routed, "10.1.2.0/24"),
    ]
    try expect(
      .prefixOverlapNotRefused, in: lab(of: .libvirt, networks, []),
      finds: """
        warning /networks/1/ipv4: libvirt does not refuse 10.1.2.0/24 of "b", although "a" has \
        10.1.0.0/16
          see /networks/0/ipv4
        """)
    try expect(.prefixOverlapNotRefused, isSilentOn: lab(of: .proxmox, networks, []))
  }

  @Test func dhcpThatNobodyOffers() throws {
    let networks = [network("n", .natNetwork, dhcp: .standard)]
    try expect(
      .dhcpNotOffered, in: lab(of: .proxmox, networks, []),
      finds: """
        warning /networks/0/dhcp: Proxmox VE has no DHCP server for "n" (vmbr with masquerading)
          remove /networks/0/dhcp
        """)
    try expect(
      .dhcpNotOffered, isSilentOn: lab(of: .libvirt, networks, []),
      lab(of: .proxmox, [form(networks[0], "sdn-simple-snat")], []))
  }

  @Test func aStaticAddressOnTheDefaultSwitch() throws {
    try expect(
      .staticOnChangingPrefix,
      in: lab(of: .hyperV, [network("n", .natNetwork)], [vm("a", on("n", "172.20.0.5"))]),
      finds: """
        error /vms/0/adapters/0/address: adapter 1 of "a" has a static address, but the prefix of \
        "n" (Default Switch) changes from boot to boot
          remove /vms/0/adapters/0/address
        """)
  }

  @Test func moreAdaptersThanTheProductTakes() throws {
    var machine = vm("a")
    machine.adapters = Array(repeating: on("n"), count: 11)
    try expect(
      .adapterLimit, in: lab(of: .esxi, [network("n", .internal)], [machine]),
      finds: #"error /vms/0/adapters: "a" has 11 adapters; ESXi gives a VM at most 10"#)
    try expect(
      .adapterLimit, isSilentOn: lab(of: .libvirt, [network("n", .internal)], [machine]))
  }

  @Test func foreignHardwareAddresses() throws {
    let machine = vm("a", on("n", mac: "08:00:27:00:00:01"), on("n", mac: "00:50:56:3f:00:01"))
    try expect(
      .foreignMAC, in: lab(of: .esxi, [network("n", .internal)], [machine]),
      finds: """
        warning /vms/0/adapters/0/mac: 08:00:27:00:00:01 of adapter 1 of "a" is none of ESXi's, which \
        begin as 00:50:56:00:00:00 does
          remove /vms/0/adapters/0/mac
        """)
    try expect(.foreignMAC, isSilentOn: lab(of: .libvirt, [network("n", .internal)], [machine]))
  }

  @Test func qemusOneHardwareAddress() throws {
    let vms = [vm("a", on("n")), vm("b", on("n"))]
    try expect(
      .defaultMAC, in: lab(of: .qemu, [network("n", .internal)], vms),
      finds: """
        info /networks/0: QEMU gives 2 adapters on "n" the same hardware address unless their \
        command lines name the planned ones (mac=)
          see /vms/0/adapters/0
          see /vms/1/adapters/0
        """)
    try expect(
      .defaultMAC, isSilentOn: lab(of: .qemu, [network("n", .nat)], vms),
      lab(of: .libvirt, [network("n", .internal)], vms))
  }

  @Test func framesThatTheSwitchDrops() throws {
    let vms = [vm("a", on("n"), tags: ["nested"]), vm("b", on("n"))]
    try expect(
      .forgedTransmits, in: lab(of: .hyperV, [network("n", .internal)], vms),
      finds: """
        warning /vms/0/adapters/0: the switch of "n" may drop frames that do not come from adapter 1 \
        of "a" itself; switch MacAddressSpoofing on for the adapter (Set-VMNetworkAdapter)
        """)
    try expect(.forgedTransmits, isSilentOn: lab(of: .libvirt, [network("n", .internal)], vms))
  }

  @Test func forwardsThatNothingServes() throws {
    try expect(
      .forwardNotBehindNAT,
      in: lab(
        of: .libvirt, [network("n", .natNetwork)], [vm("a", on("n"))],
        forwards: [forward(2222, to: "a", 22, slot: 1)]),
      finds: """
        warning /port_forwards/0: tcp port 2222 of the host leads nowhere: libvirt forwards no ports \
        to "n" (NAT), where adapter 1 of "a" is
          remove /port_forwards/0
        """)
  }
}
