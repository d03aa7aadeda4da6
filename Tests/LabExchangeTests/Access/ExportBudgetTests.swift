import LabCore
import Testing

@testable import LabExchange

/// Exports that ask who reaches whom do so within the bounds of a request.
@Suite struct ExportBudgetTests {
  @Test(arguments: ["ansible", "hosts", "ssh-config"])
  func anExportEndsWithItsBudget(format: String) throws {
    let format = try #require(ExportFormat.named(format))
    #expect(throws: BudgetExhausted.steps) {
      try format.export(SampleLab.allCases[0].source, budget: Budget(steps: 300))
    }
  }

  /// They are looked up, not searched through for every VM.
  @Test func forwardsAreFoundByVMAndByNetwork() throws {
    let out = try DNSLabel(parsing: "out")
    let names = try (0..<200).map { try DNSLabel(parsing: "v\($0)") }
    var draft = LabDraft(name: try DNSLabel(parsing: "many"))
    draft.networks = [NetworkDraft(name: out, mode: .nat)]
    draft.vms = names.map {
      VirtualMachineDraft(name: $0, adapters: [AdapterDraft(network: out)])
    }
    draft.portForwards = (0..<1000).map { number in
      PortForwardDraft(
        transport: .tcp, hostPort: 20_000 + number, vm: names[number % names.count],
        guestPort: 22)
    }
    let lab = try resolve(draft).get()
    let forwards = ForwardList(of: lab)
    #expect(forwards.all.count == 1000)
    #expect(forwards.through(network: 0).count == 1000)
    let ports = forwards.of(machine: 7).map(\.forward.hostPort)
    #expect(ports == [20_007, 20_207, 20_407, 20_607, 20_807])
    #expect(forwards.of(machine: 7).allSatisfy { lab.portForwards[$0.index] == $0.forward })
  }
}
