import LabFormats
import TestSupport
import Testing

@testable import LabCore

/// What holds for the drawing of every lab.
@Suite struct DrawingPropertyTests {
  private static func scene(_ draft: LabDraft) throws -> Scene {
    try Plan(try resolve(draft).get()).drawing()
  }

  @Test func nothingOverlapsAndLinesMeetWhatTheyJoin() throws {
    try RandomLabs(60, hasRoles: true).hold { try SceneCheck(scene: Self.scene($0)).fault }
  }

  @Test func theSameHoldsForManyVMs() throws {
    try RandomLabs(12, maximumMachines: 60).hold { try SceneCheck(scene: Self.scene($0)).fault }
  }

  @Test func theSameHoldsForCables() throws {
    for seed in 1...40 as ClosedRange<UInt64> {
      var source = CableLab(seed: seed)
      let draft = source.draft()
      guard try SceneCheck(scene: Self.scene(draft)).fault != nil else { continue }
      let smallest = shrink(draft) { (try? SceneCheck(scene: Self.scene($0)).fault) ?? nil != nil }
      let fault = try SceneCheck(scene: Self.scene(smallest)).fault
      Issue.record("seed \(seed): \(fault ?? "") in \(LabDocumentWriter.yaml(smallest))")
      return
    }
  }

  @Test func everyVMAndNetworkIsNamedOnce() throws {
    try RandomLabs(40, maximumMachines: 30, hasRoles: true).hold { draft in
      let scene = try Self.scene(draft)
      let vms = scene.boxes.filter { $0.kind == .vm }.map(\.node)
      guard vms == draft.vms.compactMap(\.name?.text) else { return "VMs: \(vms)" }
      let nets = Set(scene.bars.flatMap(\.networks) + scene.lines.flatMap(\.networks))
      let missing = draft.networks.compactMap(\.name?.text).filter { !nets.contains($0) }
      guard missing.isEmpty else { return "not drawn: \(missing)" }
      let ids = scene.boxes.map(\.id) + scene.bars.map(\.id) + scene.frames.map(\.id)
      return Set(ids).count == ids.count ? nil : "an id twice in \(ids)"
    }
  }

  @Test func theSameLabIsDrawnTheSame() throws {
    try RandomLabs(20, maximumMachines: 30).hold { draft in
      let scenes = try [Self.scene(draft), Self.scene(draft)]
      return SVGWriter.document(of: scenes[0]) == SVGWriter.document(of: scenes[1])
        ? nil : "two drawings differ"
    }
  }

  // MARK: Order

  @Test func renamingKeepsEverybodysPlace() throws {
    try RandomLabs(40).hold { draft in
      var renamed = draft
      for index in draft.vms.indices { renamed.vms[index].name = label("renamed-\(100 - index)") }
      for forward in draft.portForwards.indices {
        let vm = draft.vms.firstIndex { $0.name == draft.portForwards[forward].vm }
        renamed.portForwards[forward].vm = vm.flatMap { renamed.vms[$0].name }
      }
      let names = Dictionary(
        uniqueKeysWithValues: zip(
          renamed.vms.compactMap(\.name?.text), draft.vms.compactMap(\.name?.text)))
      let before = SceneCheck(scene: try Self.scene(draft)).order
      let after = SceneCheck(scene: try Self.scene(renamed)).order.map { names[$0] ?? $0 }
      return before == after ? nil : "\(before) became \(after)"
    }
  }

  @Test func whatIsAddedMakesNoOthersChangePlaces() throws {
    try RandomLabs(30).hold { draft in
      let before = try Self.scene(draft)
      for network in [nil] + draft.networks.map(\.name) {
        var more = draft
        more.networks.append(NetworkDraft(name: label("zz-net"), mode: .internal))
        more.vms.append(
          VirtualMachineDraft(name: label("zz-new"), adapters: [AdapterDraft(network: network)]))
        let after = try Self.scene(more)
        // A cable that gets a third end makes another picture of its zone.
        guard !(before.lines + after.lines).contains(where: { $0.kind == .cable }) else { continue }
        let order = SceneCheck(scene: after).order.filter { $0 != "zz-new" }
        guard order == SceneCheck(scene: before).order else {
          return "with a VM on \(network?.text ?? "nothing"): \(order)"
        }
      }
      return nil
    }
  }

  // MARK: Ways

  @Test func waysRunAlongTheLinesFromBoxToBox() throws {
    try RandomLabs(10, hasRoles: true).hold { draft in
      let plan = Plan(try resolve(draft).get())
      for source in plan.lab.endpoints {
        for target in plan.lab.endpoints where target != source {
          let pair = explain(
            from: source, to: target, of: plan.lab, in: plan.fabric, query: ConnectivityQuery())
          let scene = try plan.drawing(of: pair)
          if let fault = SceneCheck(scene: scene).fault(ofWayOf: pair) {
            return "\(scene.way?.title ?? ""): \(fault)"
          }
        }
      }
      return nil
    }
  }
}
