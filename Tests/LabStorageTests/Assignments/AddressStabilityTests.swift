import Foundation
import LabCore
import TestSupport
import Testing

@testable import LabStorage

/// No adapter moves because of another one: random scripts of edits, written to a store one by one.
@Suite struct AddressStabilityTests {
  /// How many scripts; `LABPLAN_EDIT_SCRIPTS` says more.
  private static let scripts =
    ProcessInfo.processInfo.environment["LABPLAN_EDIT_SCRIPTS"].flatMap(Int.init) ?? 60

  @Test func noEditMovesAnotherAdapter() throws {
    for seed in 0..<UInt64(Self.scripts) {
      var random = SeededGenerator(seed: seed)
      let script = (0..<30).map { _ in Edit(using: &random) }
      let start = World(setsPrefixes: seed.isMultiple(of: 2))
      guard let complaint = try complaint(of: script, from: start) else { continue }
      let shortest = try shrink(script, from: start)
      Issue.record(
        """
        seed \(seed): \(try self.complaint(of: shortest, from: start) ?? complaint) \
        after \(shortest)
        """)
      return
    }
  }

  /// What is wrong after a script; nil where all is well.
  private func complaint(of script: [Edit], from start: World) throws -> String? {
    let store = try LabStore(path: ":memory:")
    let forgetful = try LabStore(path: ":memory:")
    var world = start
    var time: Int64 = 0
    for edit in script {
      time += edit.pause
      world.apply(edit)
      let lab = try resolve(world.draft).get()
      try store.write(lab.name, from: .at(time)) { _ in .store(lab) }
      let memory = try store.addressedLab(named: lab.name)?.memory
      guard try store.keptRowsAreStored(of: lab.name) else {
        return "what is kept of the lab is not what is stored"
      }
      // What is kept, and worked out ahead, makes no difference.
      forgetful.recentLabs.forgetAll()
      try forgetful.write(lab.name, from: .at(time)) { _ in .store(lab) }
      guard try store.hasTheSame(of: lab.name, as: forgetful) else {
        return "a store that forgets everything has other rows"
      }
      // Nothing changes when the same is sent again.
      try store.write(lab.name, from: .at(time + 1)) { _ in .store(lab) }
      guard let again = try store.addressedLab(named: lab.name)?.memory, again == memory else {
        return "the same document again changed something"
      }
      let plan = assignedAddresses(in: lab, rememberedAs: again)
      if let complaint = world.check(plan, at: time) { return complaint }
    }
    return nil
  }

  /// Takes edits out as long as something is wrong.
  private func shrink(_ script: [Edit], from first: World) throws -> [Edit] {
    var script = script
    var size = max(1, script.count / 2)
    while true {
      var start = 0
      var isShorter = false
      while start < script.count {
        var shorter = script
        shorter.removeSubrange(start..<min(start + size, script.count))
        if try complaint(of: shorter, from: first) != nil {
          script = shorter
          isShorter = true
        } else {
          start += size
        }
      }
      if size == 1 && !isShorter { return script }
      size = max(1, size / 2)
    }
  }
}

extension LabStore {
  fileprivate func hasTheSame(of name: DNSLabel, as other: LabStore) throws -> Bool {
    let (mine, theirs) = (try addressedLab(named: name), try other.addressedLab(named: name))
    guard mine?.lab == theirs?.lab,
      mine.map({ Set($0.memory.prefixes) }) == theirs.map({ Set($0.memory.prefixes) }),
      mine.map({ Set($0.memory.addresses) }) == theirs.map({ Set($0.memory.addresses) }),
      mine.map({ Set($0.memory.hardwareAddresses) })
        == theirs.map({ Set($0.memory.hardwareAddresses) })
    else { return false }
    let last = try lastSequence() - 1
    return try changes(after: last, limit: 1).map(\.patch)
      == other.changes(after: other.lastSequence() - 1, limit: 1).map(\.patch)
  }
}

/// One edit. Its numbers pick from whatever there is, so that a script without some of its edits is
/// a script too.
private struct Edit: CustomStringConvertible {
  enum Kind: CaseIterable {
    case addMachine, removeMachine, renameMachine, moveMachine
    case addNetwork, removeNetwork, renameNetwork, moveNetwork
    case addAdapter, removeAdapter, moveAdapter, describe
  }

  let kind: Kind
  let first: Int
  let second: Int
  /// Milliseconds before it.
  let pause: Int64

  init(using random: inout SeededGenerator) {
    kind = Kind.allCases.randomElement(using: &random) ?? .describe
    first = Int.random(in: 0..<1000, using: &random)
    second = Int.random(in: 0..<1000, using: &random)
    pause = Int64.random(in: 1...(10 * 60 * 60 * 1000), using: &random)
  }

  var description: String { "\(kind)(\(first), \(second))" }
}

/// A lab whose parts are known whatever they are called and wherever they stand.
private struct World {
  private struct Network {
    let id: Int
    var name: String
    let mode: NetworkMode
  }

  private struct Machine {
    let id: Int
    var name: String
    /// Each with the network that it is on; never two of a VM on one network, which nobody could
    /// tell apart.
    var adapters: [(id: Int, network: Int)] = []
    var tags: [DNSLabel] = []
  }

  private struct Seat: Hashable {
    let network: Int
    let address: IPv4Address
  }

  /// Whether the document sets its networks' prefixes, so that the planner chooses none.
  let setsPrefixes: Bool
  private var networks: [Network] = []
  private var machines: [Machine] = []
  private var count = 0
  private var known: [Int: (address: IPv4Address?, mac: MACAddress)] = [:]
  /// When which VM gave an address up: it gets it again if it comes back.
  private var left: [Seat: (time: Int64, machine: Int)] = [:]
  private var owners: [Int: (seat: Seat, machine: Int)] = [:]

  init(setsPrefixes: Bool) {
    self.setsPrefixes = setsPrefixes
  }

  private mutating func number() -> Int {
    count += 1
    return count
  }

  mutating func apply(_ edit: Edit) {
    switch edit.kind {
    case .addMachine:
      let id = number()
      machines.insert(Machine(id: id, name: "vm\(id)"), at: edit.first % (machines.count + 1))
    case .addNetwork:
      let id = number()
      let modes: [NetworkMode] = [.natNetwork, .internal, .hostOnly]
      networks.insert(
        Network(id: id, name: "net\(id)", mode: modes[edit.second % 3]),
        at: edit.first % (networks.count + 1))
    case .addAdapter:
      guard !machines.isEmpty, !networks.isEmpty else { return }
      let machine = edit.first % machines.count
      let network = networks[edit.second % networks.count].id
      guard !machines[machine].adapters.contains(where: { $0.network == network }) else { return }
      let place = (edit.first / 7) % (machines[machine].adapters.count + 1)
      machines[machine].adapters.insert((number(), network), at: place)
    default:
      if !machines.isEmpty { changeMachine(edit, at: edit.first % machines.count) }
      if !networks.isEmpty { changeNetwork(edit, at: edit.first % networks.count) }
    }
  }

  private mutating func changeMachine(_ edit: Edit, at index: Int) {
    let adapters = machines[index].adapters.count
    switch edit.kind {
    case .removeMachine: machines.remove(at: index)
    case .renameMachine: machines[index].name = "vm\(number())"
    case .moveMachine:
      let machine = machines.remove(at: index)
      machines.insert(machine, at: edit.second % (machines.count + 1))
    case .removeAdapter where adapters > 0:
      machines[index].adapters.remove(at: edit.second % adapters)
    case .moveAdapter where adapters > 0:
      let adapter = machines[index].adapters.remove(at: edit.second % adapters)
      machines[index].adapters.insert(adapter, at: (edit.second / 7) % adapters)
    case .describe:
      machines[index].tags = (try? [DNSLabel(parsing: "t\(edit.second)")]) ?? []
    default: break
    }
  }

  private mutating func changeNetwork(_ edit: Edit, at index: Int) {
    switch edit.kind {
    case .removeNetwork:
      let id = networks.remove(at: index).id
      for machine in machines.indices {
        machines[machine].adapters.removeAll { $0.network == id }
      }
    case .renameNetwork: networks[index].name = "net\(number())"
    case .moveNetwork:
      let network = networks.remove(at: index)
      networks.insert(network, at: edit.second % (networks.count + 1))
    default: break
    }
  }

  var draft: LabDraft {
    get throws {
      let names = Dictionary(uniqueKeysWithValues: networks.map { ($0.id, $0.name) })
      var draft = LabDraft(name: try label("lab"))
      draft.networks = try networks.map {
        NetworkDraft(
          name: try label($0.name), mode: $0.mode,
          ipv4: setsPrefixes ? try IPv4Prefix(parsing: "10.\($0.id).0.0/24") : nil)
      }
      draft.vms = try machines.map { machine in
        VirtualMachineDraft(
          name: try label(machine.name), tags: machine.tags,
          adapters: try machine.adapters.map {
            AdapterDraft(network: try label(names[$0.network] ?? ""))
          })
      }
      return draft
    }
  }

  /// Holds a plan against the one before it.
  mutating func check(_ plan: AddressPlan, at time: Int64) -> String? {
    var now: [Int: (address: IPv4Address?, mac: MACAddress)] = [:]
    var seats: [Seat: Int] = [:]
    for (machine, plans) in zip(machines, plan.adapters) {
      for (adapter, planned) in zip(machine.adapters, plans) {
        now[adapter.id] = (planned.ipv4.address, planned.mac)
        let name = "adapter \(adapter.id) of \(machine.name)"
        guard let address = planned.ipv4.address else { return "\(name) has no address" }
        let seat = Seat(network: adapter.network, address: address)
        if let other = seats.updateValue(adapter.id, forKey: seat) {
          return "\(name) and adapter \(other) have \(address)"
        }
        if let before = known[adapter.id] {
          guard before.address == address else {
            return "\(name) moved from \(before.address.map(\.description) ?? "") to \(address)"
          }
          guard before.mac == planned.mac else {
            return "\(name) changed from \(before.mac) to \(planned.mac)"
          }
        } else if let left = left[seat], left.machine != machine.id,
          time < left.time + AddressMemory.usualRest
        {
          return "\(name) has \(address), which is to rest"
        }
        left[seat] = nil
        owners[adapter.id] = (seat, machine.id)
      }
    }
    for (id, owner) in owners where now[id] == nil {
      left[owner.seat] = (time, owner.machine)
      owners[id] = nil
    }
    known = now
    return nil
  }
}
