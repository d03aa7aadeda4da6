import TestSupport
import Testing

@testable import LabCore

/// Networks of every form that a product has, VLANs among them.
@Suite struct DrawnProductTests {
  @Test(arguments: Hypervisor.Product.allCases)
  func everyFormIsDrawnWithTheWaysThroughIt(product: Hypervisor.Product) throws {
    for seed in 1...6 as ClosedRange<UInt64> {
      let plan = Plan(try resolve(draft(of: product, seed: seed)).get())
      for source in plan.lab.endpoints {
        for target in plan.lab.endpoints where target != source {
          let pair = explain(
            from: source, to: target, of: plan.lab, in: plan.fabric, query: ConnectivityQuery())
          let scene = try plan.drawing(of: pair)
          let fault = SceneCheck(scene: scene).fault(ofWayOf: pair)
          #expect(fault == nil, "\(product) seed \(seed): \(scene.way?.title ?? "")")
          if fault != nil { return }
        }
      }
    }
  }

  private func draft(of product: Hypervisor.Product, seed: UInt64) -> LabDraft {
    var random = SeededGenerator(seed: seed)
    let table = ProductProfile(
      Hypervisor(product: product), on: product.facts.systems.first ?? .linux)
    var draft = LabDraft(
      name: label("forms"), hypervisor: HypervisorDraft(product: product),
      host: HostDraft(uplink: .example))
    draft.host?.uplink?.vlans = [UplinkVLAN(id: 20, gateway: address4("10.77.20.1"))]
    for number in 1...Int.random(in: 2...5, using: &random) {
      let form = random.pick(table.modes + table.variants)
      var network = NetworkDraft.of("net\(number)", form.mode)
      network.variant = form.variant
      let mayHaveVLAN = form.segment != .adapter && !form.isSharedBehindNAT && form.router != .host
      if product.facts.hasVLANs, mayHaveVLAN, random.oneIn(2) {
        network.vlan = random.pick([20, 20, 30])
      }
      draft.networks.append(network)
      for twin in 1...random.pick([1, 2]) {
        let other = random.oneIn(3) ? [AdapterDraft(network: draft.networks[0].name)] : []
        draft.vms.append(
          VirtualMachineDraft(
            name: label("vm\(number)-\(twin)"),
            adapters: [AdapterDraft(network: network.name)] + other))
      }
    }
    return draft
  }

  @Test func aVLANOfTheLANHangsOnTheRouterThatIsNamedForIt() throws {
    let lab = try TestLab(
      yaml: """
        name: vlans
        hypervisor: {product: proxmox}
        host:
          uplink:
            ipv4: 192.168.1.20/24
            vlans: [{id: 20, ipv4: 10.20.0.5/24, gateway: 10.20.0.1}]
        networks:
          - {name: office, mode: bridged, vlan: 20}
          - {name: guests, mode: bridged, vlan: 30}
          - {name: desks, mode: bridged, vlan: 20}
        vms:
          - {name: a, adapters: [{network: office}]}
          - {name: b, adapters: [{network: guests}]}
          - {name: c, adapters: [{network: desks}]}
        """)
    let scene = try draw(lab.lab, addresses: lab.plan)
    #expect(scene.bars.map(\.networks) == [[], ["office", "desks"], ["guests"]])
    let texts = scene.bars.map { $0.labels.map(\.text).joined(separator: " ") }
    #expect(texts[1] == "office, desks bridged · VLAN 20 · 10.20.0.0/24")
    let ends = scene.lines.filter { $0.networks == ["office", "desks"] }.map(\.ends)
    #expect(ends.contains(["router:lan"]) && ends.contains(["host"]))
    let guests = scene.lines.filter { $0.networks == ["guests"] }.map(\.ends)
    #expect(guests == [["vm:b"]])
  }
}
