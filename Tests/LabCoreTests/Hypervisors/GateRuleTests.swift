import TestSupport
import Testing

@testable import LabCore

/// Random labs of each product: the matrix says what the rule of the gates says, pair by pair.
@Suite struct GateRuleTests {
  @Test(arguments: Hypervisor.Product.allCases) func theFabricSaysWhatTheRuleSays(
    product: Hypervisor.Product
  ) throws {
    for seed in 1...12 as ClosedRange<UInt64> {
      let lab = try resolve(draft(of: product, seed: seed)).get()
      let plan = Plan(lab)
      let matrix = plan.connectivity()
      let rule = GateRule(lab: lab)
      for (row, source) in lab.endpoints.enumerated() {
        for (column, target) in lab.endpoints.enumerated() where row != column {
          let outcome = matrix[row, column]
          let explained = explain(
            from: source, to: target, of: lab, in: plan.fabric, query: ConnectivityQuery())
          #expect(
            outcome.isReachable == rule.reaches(source, target),
            """
            \(product) seed \(seed): \(lab.name(of: source)) to \(lab.name(of: target)): \(outcome), \
            \(explained.explanation)
            """)
          #expect(explained.outcome == outcome, "\(product) seed \(seed)")
        }
      }
    }
  }

  /// Networks of any form, some of them announced, with one or two VMs each.
  private func draft(of product: Hypervisor.Product, seed: UInt64) -> LabDraft {
    var random = SeededGenerator(seed: seed)
    let profile = ProductProfile(
      Hypervisor(product: product), on: product.facts.systems.first ?? .linux)
    var draft = LabDraft(
      name: label("random"), hypervisor: HypervisorDraft(product: product),
      host: HostDraft(uplink: .example))
    for number in 1...Int.random(in: 2...6, using: &random) {
      let form = (profile.modes + profile.variants).randomElement(using: &random)!
      var network = NetworkDraft.of("net\(number)", form.mode)
      network.variant = form.variant
      if form.host.isOnSwitch { network.announced = Bool.random(using: &random) }
      draft.networks.append(network)
      for twin in 1...Int.random(in: 1...2, using: &random) {
        draft.vms.append(
          VirtualMachineDraft(
            name: label("vm\(number)-\(twin)"),
            adapters: [AdapterDraft(network: label("net\(number)"))]))
      }
    }
    return draft
  }
}
