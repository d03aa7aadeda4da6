import TestSupport
import Testing

@testable import LabCore

/// How much work drawings are.
@Suite struct DrawingBudgetTests {
  @Test func anExhaustedBudgetEndsTheDrawing() throws {
    let plan = Plan(try resolve(CableLab.spinesAndLeaves(spines: 4, leaves: 7, servers: 3)).get())
    for steps in [0, 1, 300, 600] {
      #expect(throws: BudgetExhausted.steps) { try plan.drawing(budget: Budget(steps: steps)) }
    }
  }

  private static let shapes: [(name: String, make: @Sendable (Int) -> LabDraft)] = [
    ("one network", { flat($0, .internal) }),
    ("one network of NAT", { flat($0, .nat) }),
    ("a network for each VM", { chains($0, step: .max) }),
    ("a chain", { chains($0, step: 1) }),
    ("a star", { star($0) }),
    ("rings of networks that overlap", { chains($0, step: 7) }),
  ]

  /// Twice the lab is about twice the work, whatever its shape.
  @Test(arguments: 0..<shapes.count)
  func theWorkGrowsWithTheLab(shape: Int) throws {
    let (name, make) = Self.shapes[shape]
    let small = try Self.steps(of: make(250))
    let large = try Self.steps(of: make(1000))
    #expect(large <= 5 * small, "\(name): \(small) steps for 250 VMs, \(large) for 1,000")
  }

  /// In steps of 256, as often as a budget looks around.
  private static func steps(of draft: LabDraft) throws -> Int {
    let plan = Plan(try resolve(draft).get())
    var looks = 0
    let budget = Budget {
      looks += 1
      return nil
    }
    _ = try plan.drawing(budget: budget)
    return looks * 256
  }

  private static func flat(_ count: Int, _ mode: NetworkMode) -> LabDraft {
    LabDraft(
      name: label("flat"), networks: [.of("net", mode)],
      vms: (0..<count).map {
        VirtualMachineDraft(
          name: label("vm\($0)"), forwarding: true, adapters: [AdapterDraft(network: label("net"))])
      })
  }

  /// VMs each with a network of its own, which the VM so many places farther on joins.
  private static func chains(_ count: Int, step: Int) -> LabDraft {
    LabDraft(
      name: label("chains"), networks: (0..<count).map { .of("net\($0)", .internal) },
      vms: (0..<count).map { index in
        let far = index >= step ? [AdapterDraft(network: label("net\(index - step)"))] : []
        return VirtualMachineDraft(
          name: label("vm\(index)"), adapters: [AdapterDraft(network: label("net\(index)"))] + far)
      })
  }

  private static func star(_ count: Int) -> LabDraft {
    var vms = [VirtualMachineDraft(name: label("hub"))]
    for index in 0..<count {
      if index % 8 < 7 {
        vms[vms.count - 1].adapters.append(AdapterDraft(network: label("net\(index)")))
      }
      vms.append(
        VirtualMachineDraft(
          name: label("vm\(index)"), adapters: [AdapterDraft(network: label("net\(index)"))]))
    }
    return LabDraft(
      name: label("star"), networks: (0..<count).map { .of("net\($0)", .internal) }, vms: vms)
  }
}
