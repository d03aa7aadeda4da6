import Testing

@testable import LabCore

@Suite("Prefixes of networks")
struct PrefixPlanningTests {
  /// A lab of so many networks of a mode, without VMs.
  private func lab(_ count: Int, _ mode: NetworkMode) throws -> Lab {
    try resolve(
      LabDraft(
        name: label("wide"),
        host: HostDraft(occupied: [.ipv4(prefix4("172.17.0.0/16"))]),
        networks: (0..<count).map { .of("net\($0)", mode) })
    ).get()
  }

  @Test(
    "Where a mode's own pool is full, prefixes come from other private space",
    arguments: [NetworkMode.natNetwork, .internal, .hostOnly])
  func overflow(mode: NetworkMode) throws {
    let lab = try lab(5_000, mode)
    let prefixes = planPrefixes(of: lab).compactMap { $0 }
    #expect(prefixes.count == 5_000)
    let sorted = prefixes.sorted()
    #expect(zip(sorted, sorted.dropFirst()).allSatisfy { !$0.overlaps($1) })
    #expect(!prefixes.contains { $0.overlaps(prefix4("172.17.0.0/16")) })
    #expect(prefixes.allSatisfy { $0.network.isPrivate && $0.last.isPrivate })
  }
}
