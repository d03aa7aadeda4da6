import Testing

@testable import LabCore

/// What holds for every lab.
@Suite struct ConnectivityPropertyTests {
  static let labs = RandomLabs(60)

  @Test func aVMThatIsNotAttachedChangesNoOtherCell() throws {
    try Self.labs.hold { draft in
      var more = draft
      more.vms.append(
        VirtualMachineDraft(name: label("zz-idle"), adapters: [AdapterDraft(network: nil)]))
      return try NamedMatrix(draft).difference(from: NamedMatrix(more))
    }
  }

  /// Where the VMs keep their addresses.
  @Test func renamingVMsChangesNothingButNames() throws {
    try Self.labs.hold { draft in
      var (before, memory) = try NamedMatrix.remembered(draft, AddressMemory())
      var renamed = draft
      for (index, machine) in draft.vms.enumerated() {
        guard let name = machine.name else { continue }
        // Turns the order of names around.
        let newName = label("machine-\(100 - index)")
        memory.rename(machine: name, to: newName)
        renamed.vms[index].name = newName
        before.rename(name.text, to: newName.text)
        for forward in draft.portForwards.indices where draft.portForwards[forward].vm == name {
          renamed.portForwards[forward].vm = newName
        }
      }
      return try before.difference(from: NamedMatrix.remembered(renamed, memory).0)
    }
  }

  /// Unless a route of the answering VM's own leads elsewhere, or somebody else claims an address.
  @Test func directIsMutual() throws {
    try Self.labs.hold { draft in
      let matrix = try NamedMatrix(draft)
      let hasRoutes = Set(draft.vms.filter { !$0.routes.isEmpty }.compactMap(\.name?.text))
      return matrix.first { source, target, outcome in
        guard outcome == .direct, !hasRoutes.contains(source), !hasRoutes.contains(target) else {
          return false
        }
        let back = matrix[target, source]
        return back != .direct && back != .addressConflict
      }
    }
  }

  @Test func removingAForwardNeverOpensAPair() throws {
    try Self.labs.hold { draft in
      let before = try NamedMatrix(draft)
      for (index, forward) in draft.portForwards.enumerated() {
        // One of two that clash for a port hands it to the other.
        let isAlone = draft.portForwards.count { $0.hostPort == forward.hostPort } == 1
        guard isAlone else { continue }
        var fewer = draft
        fewer.portForwards.remove(at: index)
        let after = try NamedMatrix(fewer)
        let opened = before.first { source, target, outcome in
          outcome != .itself && !outcome.isReachable && after[source, target]?.isReachable == true
        }
        if let opened { return "without forward \(index), opened: \(opened)" }
      }
      return nil
    }
  }
}
