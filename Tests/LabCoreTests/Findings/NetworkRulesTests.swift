import Testing

@testable import LabCore

/// Rules on networks and who is on them.
@Suite struct NetworkRulesTests {
  @Test func unusedNetwork() throws {
    try expect(
      .unusedNetwork,
      in: lab(
        [network("a", .internal), network("b", .nat), network("c", .hostOnly)],
        [vm("web", on("b", plugged: false))]),
      finds: """
        info /networks/0: no VM is attached to "a"
          remove /networks/0
        info /networks/2: no VM is attached to "c"
          remove /networks/2
        """)
    // The internal network is the NAT network's switch under another name.
    try expect(
      .unusedNetwork,
      isSilentOn: lab(
        [network("a", .natNetwork), network("b", .internal, called: "a")], [vm("web", on("b"))]))
  }

  @Test func singleMemberNetwork() throws {
    try expect(
      .singleMemberNetwork,
      in: lab(
        [network("a", .internal), network("b", .internal)],
        [vm("web", on("a"), on("a")), vm("db", on("b")), vm("app", on("b"))]),
      finds: """
        warning /networks/0: "web" is alone on "a"; on an internal network it has nobody to talk to
          see /vms/0/adapters/0
        """)
    try expect(
      .singleMemberNetwork,
      isSilentOn: lab(
        [network("a", .hostOnly), network("b", .natNetwork), network("c", .internal, called: "b")],
        [vm("web", on("a"), on("b")), vm("db", on("c"))]))
  }
}
