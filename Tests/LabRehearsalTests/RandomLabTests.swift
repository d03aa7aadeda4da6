import LabCore
import LabRehearsal
import TestSupport
import Testing

/// What holds in every rehearsal, over labs thrown together at random.
@Suite(.needsNamespaces, .serialized)
struct RandomLabTests {
  @Test(arguments: UInt64(1)...8)
  func everyAnswerIsExplicableAndComesAgain(_ seed: UInt64) throws {
    let sketch = try randomSketch(seed)
    let first = try Rehearsed(sketch)
    for result in first.measurement.results {
      guard case .answered(let answerer) = result.outcome, !result.dial.isForwardedPort else {
        continue
      }
      let owners = first.measurement.addresses.filter { $0.value.contains(result.dial.address) }
      #expect(
        owners.keys.contains(answerer) || answerer == .host && owners.isEmpty,
        "seed \(seed): \(answerer) answered \(result.dial)")
    }
    let second = try Rehearsed(sketch)
    for (one, other) in zip(first.measurement.results, second.measurement.results) {
      #expect(answerer(one) == answerer(other), "seed \(seed): \(one.dial)")
    }
  }

  private func answerer(_ result: Measurement.Result) -> Station? {
    guard case .answered(let station) = result.outcome else { return nil }
    return station
  }

  private func randomSketch(_ seed: UInt64) throws -> LabSketch {
    var dice = SeededGenerator(seed: seed)
    let host = HostDraft(
      internet: dice.chance(80), forwarding: dice.chance(30),
      uplink: dice.chance(50) ? knownLAN : nil)
    var sketch = try LabSketch(host: host, version: dice.pick(["6.1", "7.0", "7.1", "7.2"]))
    let networks = 1...dice.roll(5)
    for index in networks {
      sketch.network(
        "n\(index)", dice.pick(Hypervisor.Product.virtualbox.words),
        called: dice.chance(15) ? "shared" : nil)
    }
    let machines = 1...dice.roll(6)
    for index in machines {
      let adapters = (0..<dice.roll(3)).map { _ in
        on(dice.chance(95) ? "n\(dice.roll(networks.count))" : nil, cable: dice.chance(95))
      }
      sketch.draft.vms.append(
        VirtualMachineDraft(
          name: label("m\(index)"), forwarding: dice.chance(30), adapters: adapters))
    }
    for index in 0..<dice.roll(4) {
      sketch.forward(
        2000 + dice.roll(3), to: "m\(dice.roll(machines.count))", 22 + index,
        at: dice.chance(30) ? "127.0.0.1" : nil)
    }
    return sketch
  }
}

extension SeededGenerator {
  /// One of the numbers from 1.
  fileprivate mutating func roll(_ sides: Int) -> Int { Int.random(in: 1...sides, using: &self) }

  fileprivate mutating func chance(_ percent: Int) -> Bool { roll(100) <= percent }
}
