import Testing

@testable import LabCore

/// Rules on prefixes that meet in one VM, behind NAT, or in another lab.
@Suite struct OverlapRulesTests {
  @Test func overlappingAdapters() throws {
    try expect(
      .overlappingAdapters,
      in: lab(
        [
          network("out", .nat), network("shared", .natNetwork, "10.0.2.0/24"),
          network("own", .nat, "10.0.3.0/24"), network("wide", .nat, "172.20.0.0/24"),
        ],
        [
          vm("a", on("out"), on("shared", "10.0.2.9")), vm("b", on("own"), on("out")),
          vm("c", on("wide"), on("wide")),
        ]),
      finds: """
        error /vms/0/adapters/1: 10.0.2.0/24 of adapter 2 of "a" overlaps 10.0.2.0/24 of its \
        adapter 1
          see /vms/0/adapters/0
          replace /networks/1/ipv4 "10.0.4.0/24"
          replace /vms/0/adapters/1/address "10.0.4.9"
        error /vms/1/adapters/1: 10.0.3.0/24 of adapter 2 of "b" overlaps 10.0.3.0/24 of its \
        adapter 1
          see /vms/1/adapters/0
          add /networks/0/ipv4 "10.0.5.0/24"
        error /vms/2/adapters/1: 172.20.0.0/24 of adapter 2 of "c" overlaps 172.20.0.0/24 of its \
        adapter 1
          see /vms/2/adapters/0
        """)
    // It is the slot that counts; and what is not on NAT is another rule's.
    try expect(
      .overlappingAdapters,
      isSilentOn: lab(
        [network("out", .nat), network("shared", .natNetwork, "10.0.2.0/24")],
        [vm("a", on("shared"), on("out")), vm("b", on("out"), on("out"))]),
      lab(
        [network("x", .internal, "10.9.0.0/24"), network("y", .internal, "10.9.0.0/24")],
        [vm("a", on("x"), on("y"))]))
  }

  @Test func natOverlapsHostOnly() throws {
    let admin = network("admin", .hostOnly, "10.0.3.0/24")
    try expect(
      .natOverlapsHostOnly,
      in: lab(
        [network("out", .nat), admin],
        [vm("a", on("admin")), vm("b", on(nil), on("out"))], host: host(.windows)),
      finds: """
        warning /networks/1/ipv4: 10.0.3.0/24 of "admin" overlaps 10.0.3.0/24, which VMs on "out" \
        have behind their NAT; they cannot get there
          see /networks/0
          replace /networks/1/ipv4 "192.168.56.0/24"
        """)
    try expect(
      .natOverlapsHostOnly,
      isSilentOn: lab([network("out", .nat), admin], [vm("a", on("admin")), vm("b", on("out"))]))
  }

  @Test func prefixOverlapsOtherLab() throws {
    let other = lab(
      [
        network("mgmt", .hostOnly, "192.168.56.0/24"), network("tier", .internal, "10.20.0.0/24"),
        network("wan", .natNetwork, "10.0.2.0/24"),
      ], [], name: "other")
    try expect(
      .prefixOverlapsOtherLab,
      in: lab(
        [network("admin", .hostOnly), network("shared", .natNetwork, "192.168.56.0/25")],
        [vm("a", on("admin", "192.168.56.9"))]), sharingHost: [other],
      finds: """
        error /networks/0: 192.168.56.0/24 of "admin" overlaps 192.168.56.0/24 of "mgmt" in lab \
        "other" on the same host
          add /networks/0/ipv4 "192.168.57.0/24"
          replace /vms/0/adapters/0/address "192.168.57.9"
        warning /networks/1/ipv4: 192.168.56.0/25 of "shared" overlaps 192.168.56.0/24 of "mgmt" \
        in lab "other" on the same host
          replace /networks/1/ipv4 "10.0.3.0/25"
        """)
    // Switches of VMs alone do not meet, nor do NAT networks; those of one name are one anyway.
    try expect(
      .prefixOverlapsOtherLab,
      in: lab(
        [
          network("tier", .internal, "10.20.0.0/24"), network("wan2", .natNetwork, "10.0.2.0/24"),
          network("mgmt", .hostOnly, "192.168.56.0/24"),
        ], []),
      sharingHost: [other], finds: "")
  }

  @Test func nestedLibvirtOverlap() throws {
    let outer = network("shared", .natNetwork, "192.168.122.0/24")
    try expect(
      .nestedLibvirtOverlap,
      in: lab([outer], [vm("a", on("shared")), vm("kvm", on("shared"), tags: ["kvm"])]),
      finds: """
        warning /networks/0/ipv4: 192.168.122.0/24 of "shared" overlaps 192.168.122.0/24, which \
        libvirt inside "kvm" takes for its own guests
          see /vms/1/adapters/0
          replace /networks/0/ipv4 "10.0.2.0/24"
        """)
    try expect(
      .nestedLibvirtOverlap,
      isSilentOn: lab([outer], [vm("a", on("shared"), tags: ["client"])]),
      lab(
        [network("shared", .natNetwork, "192.168.123.0/24")],
        [vm("kvm", on("shared"), tags: ["kvm"])]))
  }
}
