import LabCore
import Testing

/// What a beginner's words ask for.
@Suite struct NeedTests {
  private static let table: [(needs: [Need], requirements: [String])] = [
    ([], []),
    ([.vmToVM], ["vms to vms"]),
    ([.internet], ["vms to internet"]),
    ([.hostToVM], ["host to vms"]),
    ([.visibleOnLAN], ["lan to vms"]),
    ([.internet, .hiddenFromLAN], ["vms to internet", "lan not to vms"]),
    (
      [.isolated],
      [
        "vms not to internet", "internet not to vms", "vms not to lan", "lan not to vms",
        "vms not to host", "host not to vms",
      ]
    ),
    // The host's answers come back, so that only the rest can be kept away.
    (
      [.isolated, .hostToVM],
      [
        "vms not to internet", "internet not to vms", "vms not to lan", "lan not to vms",
        "host to vms",
      ]
    ),
    // In the order of the needs, each once.
    ([.internet, .vmToVM, .internet], ["vms to internet", "vms to vms"]),
  ]

  @Test func needsAreRequirements() {
    for (needs, expected) in Self.table {
      let found = requirements(for: needs).map { requirement in
        let from = requirement.from.map(\.description) ?? "?"
        let to = requirement.to.map(\.description) ?? "?"
        return "\(from) \(requirement.allow == false ? "not to" : "to") \(to)"
      }
      #expect(found == expected, "\(needs)")
    }
  }

  @Test func contradictionsAreToldInWords() {
    let faults = contradictions(in: [.visibleOnLAN, .isolated, .vmToVM, .internet])
    #expect(faults.map { "\($0.pointer)" } == ["/1", "/3"])
    #expect(faults.allSatisfy { $0.code == .contradiction })
    #expect(
      faults.first?.detail.hasPrefix(
        "\"isolated\" keeps the LAN from the VMs, and \"visible-on-lan\" lets it reach them; ")
        == true)
    #expect(
      faults.last?.detail.hasPrefix(
        "\"isolated\" keeps the VMs from the internet, and \"internet\" lets them reach it; ")
        == true)
    #expect(contradictions(in: [.isolated, .hostToVM, .vmToVM]).isEmpty)
    #expect(
      contradictions(in: [.hiddenFromLAN, .visibleOnLAN]).first?.detail.hasPrefix(
        "\"hidden-from-lan\" keeps the LAN from the VMs, and \"visible-on-lan\" lets it reach them; "
      )
        == true)
  }

  /// Two needs contradict exactly where no lab meets both: what the sentences claim is what the
  /// search finds.
  @Test func whatContradictsIsWhatNoLabMeets() throws {
    for one in Need.allCases {
      for other in Need.allCases where one != other {
        let draft = LabDraft(
          name: try DNSLabel(parsing: "lab"),
          vms: try ["a", "b"].map { VirtualMachineDraft(name: try DNSLabel(parsing: $0)) },
          requirements: requirements(for: [one, other]))
        let report = recommend(for: try resolve(draft).get())
        #expect(one.contradicts(other) == report.recommendations.isEmpty, "\(one), \(other)")
      }
    }
  }
}
