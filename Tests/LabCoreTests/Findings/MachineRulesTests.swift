import Testing

@testable import LabCore

/// Rules on VMs and their adapters.
@Suite struct MachineRulesTests {
  @Test func tooManyAdapters() throws {
    let many = (1...9).map { _ in on("admin") }
    var crowded = vm("e")
    crowded.adapters = many
    try expect(
      .tooManyAdapters,
      in: lab(
        [network("n", .internal), network("admin", .hostOnly)],
        [
          vm("a", on("n", slot: 5), on("n", slot: 1)), vm("b", on("n", slot: 9)),
          vm("c", on("n", slot: 37)), vm("d", on("n", slot: 8)), crowded,
        ]),
      finds: """
        error /vms/2/adapters/0: "c" has an adapter 37; no chipset of VirtualBox has more than 36
        error /vms/4/adapters: "e" has 9 host-only adapters; VirtualBox takes 8
        warning /vms/1/adapters/0: "b" has an adapter 9; the VM needs the ICH9 chipset, for PIIX3 \
        has 8
        warning /vms/4/adapters/8: "e" has an adapter 9; the VM needs the ICH9 chipset, for PIIX3 \
        has 8
        info /vms/0/adapters/0: "a" has an adapter 5; VirtualBox's window shows 4, VBoxManage \
        knows more
        info /vms/3/adapters/0: "d" has an adapter 8; VirtualBox's window shows 4, VBoxManage \
        knows more
        """)
    try expect(
      .tooManyAdapters,
      isSilentOn: lab([network("n", .internal)], [vm("a", on("n"), on("n"), on("n"), on("n"))]))
  }

  @Test func adapterModelUnavailable() throws {
    let vms = [
      vm("a", on("n", model: .intel82583V)),
      vm("b", on("n", model: .am79C960), on("n", model: .virtio)),
    ]
    try expect(
      .adapterModelUnavailable, in: lab([network("n", .internal)], vms, version: "6.0"),
      finds: """
        error /vms/0/adapters/0/model: 82583V of adapter 1 of "a" exists from VirtualBox 7.2.2 on, \
        not in 6.0
          remove /vms/0/adapters/0/model
        error /vms/1/adapters/0/model: Am79C960 of adapter 1 of "b" exists from VirtualBox 6.1.0 \
        on, not in 6.0
          remove /vms/1/adapters/0/model
        """)
    try expect(
      .adapterModelUnavailable,
      isSilentOn: lab([network("n", .internal)], vms, version: "7.2.2"),
      lab([network("n", .internal)], vms, version: "7.2"))
  }

  @Test func virtioNeedsDrivers() throws {
    try expect(
      .virtioNeedsDrivers,
      in: lab(
        [network("n", .internal)],
        [vm("win", on("n"), on("n", model: .virtio), on("n", model: .virtio), os: .windows)]),
      finds: """
        info /vms/0/adapters/1/model: adapter 2 of "win" is virtio, for which Windows has to be \
        given drivers
        """)
    try expect(
      .virtioNeedsDrivers,
      isSilentOn: lab(
        [network("n", .internal)],
        [vm("tux", on("n", model: .virtio), os: .linux), vm("win", on("n"), os: .windows)]))
  }

  @Test func promiscuousIgnored() throws {
    let networks = [network("out", .nat), network("admin", .hostOnly), network("n", .internal)]
    let vms = [
      vm(
        "a", on("out", promiscuous: .allowAll), on("admin", promiscuous: .allowVMs),
        on("n", promiscuous: .allowAll), on("out", promiscuous: .deny))
    ]
    try expect(
      .promiscuousIgnored, in: lab(networks, vms),
      finds: """
        info /vms/0/adapters/0/promiscuous: promiscuous of adapter 1 of "a" has no effect on a NAT \
        network
          remove /vms/0/adapters/0/promiscuous
        """)
    try expect(
      .promiscuousIgnored, in: lab(networks, vms, host: host(.macos)),
      finds: """
        info /vms/0/adapters/0/promiscuous: promiscuous of adapter 1 of "a" has no effect on a NAT \
        network
          remove /vms/0/adapters/0/promiscuous
        info /vms/0/adapters/1/promiscuous: promiscuous of adapter 2 of "a" has no effect on a \
        host-only network
          remove /vms/0/adapters/1/promiscuous
        """)
  }

  @Test func nestedNeedsPromiscuous() throws {
    let networks = [
      network("out", .nat), network("lan", .bridged), network("n", .internal),
      network("admin", .hostOnly),
    ]
    try expect(
      .nestedNeedsPromiscuous,
      in: lab(
        networks,
        [
          vm(
            "pve", on("out"), on("lan"), on("n", promiscuous: .deny), on("admin", plugged: false),
            tags: ["client", "proxmox"])
        ]),
      finds: """
        warning /vms/0/adapters/1: adapter 2 of "pve" drops frames for the guests inside, which \
        the tag "proxmox" speaks of
          add /vms/0/adapters/1/promiscuous "allow-all"
        warning /vms/0/adapters/2/promiscuous: adapter 3 of "pve" drops frames for the guests \
        inside, which the tag "proxmox" speaks of
          replace /vms/0/adapters/2/promiscuous "allow-vms"
        """)
    try expect(
      .nestedNeedsPromiscuous,
      isSilentOn: lab(
        networks,
        [
          vm("pve", on("lan", promiscuous: .allowAll), on("out"), tags: ["proxmox"]),
          vm("web", on("lan"), tags: ["docker"]),
        ]))
  }

  @Test func clusterNodeOnNAT() throws {
    let networks = [network("out", .nat), network("n", .internal), network("lan", .bridged)]
    try expect(
      .clusterNodeOnNAT,
      in: lab(
        networks,
        [
          vm("a", on("out"), on("n"), tags: ["k8s"]), vm("b", on("out"), on("n"), tags: ["k8s"]),
          vm("c", on(nil), on("out"), on("n"), tags: ["k8s"]),
        ]),
      finds: """
        warning /vms/0/adapters/0: 2 nodes of "k8s" would register as 10.0.2.15, which all of them \
        have on NAT; tell them which other address is theirs
          see /vms/1/adapters/0
        """)
    try expect(
      .clusterNodeOnNAT,
      isSilentOn: lab(
        networks,
        [
          vm("a", on("out"), on("n"), tags: ["k8s"]), vm("b", on("lan"), on("out"), tags: ["k8s"]),
          vm("c", on("out"), on("n"), tags: ["web"]), vm("d", on("out"), on("n"), tags: ["web"]),
        ]))
  }
}
