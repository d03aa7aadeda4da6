import TestSupport

@testable import LabCore

/// Makes labs whose networks join two VMs each, with others between them.
struct CableLab {
  var random: SeededGenerator

  init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
  }

  mutating func draft() -> LabDraft {
    let count = Int.random(in: 3...24, using: &random)
    var networks = [NetworkDraft.of("office", .hostOnly), .of("out", .nat)]
    var adapters: [[AdapterDraft]] = (0..<count).map { _ in
      var own: [AdapterDraft] = []
      if random.oneIn(3) { own.append(AdapterDraft(network: label("office"))) }
      if random.oneIn(6) { own.append(AdapterDraft(network: label("out"))) }
      return own
    }
    for index in 0..<Int.random(in: 2...2 * count, using: &random) {
      let name = "cable-\(index)"
      networks.append(.of(name, .internal))
      for _ in 0..<random.pick([2, 2, 2, 2, 2, 3, 1]) {
        let machine = Int.random(in: 0..<count, using: &random)
        if adapters[machine].count < 8 {
          adapters[machine].append(AdapterDraft(network: label(name)))
        }
      }
    }
    return LabDraft(
      name: label("cables"), networks: networks,
      vms: adapters.enumerated().map { index, adapters in
        VirtualMachineDraft(name: label("vm\(index)"), adapters: adapters)
      })
  }

  /// Spines that are joined to every leaf, and servers on each leaf.
  static func spinesAndLeaves(spines: Int, leaves: Int, servers: Int) -> LabDraft {
    var networks = [NetworkDraft.of("manage", .hostOnly)]
    var vms: [VirtualMachineDraft] = []
    func adapter(_ name: String) -> AdapterDraft { AdapterDraft(network: label(name)) }
    for spine in 1...spines {
      vms.append(
        VirtualMachineDraft(
          name: label("spine\(spine)"), os: .linux, forwarding: true,
          adapters: [adapter("manage")]
            + (1...leaves).map { adapter("s\(spine)-l\($0)") }))
    }
    for leaf in 1...leaves {
      var adapters = [adapter("manage")]
      for spine in 1...spines {
        networks.append(.of("s\(spine)-l\(leaf)", .internal))
        adapters.append(adapter("s\(spine)-l\(leaf)"))
      }
      for server in 1...servers {
        networks.append(.of("l\(leaf)-\(server)", .internal))
        adapters.append(adapter("l\(leaf)-\(server)"))
      }
      vms.append(
        VirtualMachineDraft(
          name: label("leaf\(leaf)"), os: .linux, forwarding: true, adapters: adapters))
    }
    for leaf in 1...leaves {
      for server in 1...servers {
        vms.append(
          VirtualMachineDraft(
            name: label("server\(leaf)-\(server)"), os: .linux,
            adapters: [adapter("l\(leaf)-\(server)")]))
      }
    }
    return LabDraft(name: label("spine-leaf"), networks: networks, vms: vms)
  }
}
