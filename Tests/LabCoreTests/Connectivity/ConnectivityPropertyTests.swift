import Testing

@testable import LabCore

/// What holds for every lab.
@Suite struct ConnectivityPropertyTests {
  static let seeds: Range<UInt64> = 0..<400

  private func matrix(_ draft: LabDraft) throws -> (names: [String], matrix: ConnectivityMatrix) {
    let plan = Plan(try resolve(draft).get())
    return (plan.connectivity.endpoints.map(plan.lab.name), plan.connectivity)
  }

  private func matrix(
    _ draft: LabDraft, remembering memory: AddressMemory
  ) throws -> ((names: [String], matrix: ConnectivityMatrix), AddressMemory) {
    let lab = try resolve(draft).get()
    let (addresses, memory) = assignAddresses(in: lab, remembering: memory, at: 0)
    let plan = Plan(lab, addresses: addresses)
    return ((plan.connectivity.endpoints.map(lab.name), plan.connectivity), memory)
  }

  @Test func aVMThatIsNotAttachedChangesNoOtherCell() throws {
    for seed in Self.seeds {
      var source = RandomLab(seed: seed)
      var draft = source.draft()
      let before = try matrix(draft)
      draft.vms.append(VirtualMachineDraft(name: label("zz-idle")))
      let after = try matrix(draft)
      let kept = after.names.indices.filter { after.names[$0] != "zz-idle" }
      for (row, newRow) in zip(before.names.indices, kept) {
        for (column, newColumn) in zip(before.names.indices, kept) {
          #expect(
            before.matrix[row, column] == after.matrix[newRow, newColumn],
            "seed \(seed): \(before.names[row]) to \(before.names[column])")
        }
      }
    }
  }

  /// Where the VMs keep their addresses.
  @Test func renamingVMsChangesNothingButNames() throws {
    for seed in Self.seeds {
      var source = RandomLab(seed: seed)
      let draft = source.draft()
      var (before, memory) = try matrix(draft, remembering: AddressMemory())
      var renamed = draft
      for index in renamed.vms.indices {
        let name = renamedName(draft, index)
        if let old = draft.vms[index].name { memory.rename(machine: old, to: name) }
        renamed.vms[index].name = name
      }
      for index in renamed.portForwards.indices {
        let target = draft.vms.firstIndex { $0.name == draft.portForwards[index].vm }
        renamed.portForwards[index].vm = target.flatMap { renamedName(draft, $0) }
      }
      let (after, _) = try matrix(renamed, remembering: memory)
      #expect(before.matrix.endpoints.count == after.matrix.endpoints.count)
      for (row, from) in before.matrix.endpoints.enumerated() {
        for (column, to) in before.matrix.endpoints.enumerated() {
          let newRow = try #require(after.matrix.endpoints.firstIndex(of: from))
          let newColumn = try #require(after.matrix.endpoints.firstIndex(of: to))
          #expect(
            before.matrix[row, column] == after.matrix[newRow, newColumn],
            "seed \(seed): \(before.names[row]) to \(before.names[column])")
        }
      }
    }
  }

  /// Turns the order of names around.
  private func renamedName(_ draft: LabDraft, _ index: Int) -> DNSLabel {
    label("machine-\(100 - index)")
  }

  /// Where nobody's address is claimed twice, and no route leads away from a segment's own members.
  @Test func directIsMutual() throws {
    for seed in Self.seeds {
      var source = RandomLab(seed: seed)
      var draft = source.draft()
      for index in draft.vms.indices { draft.vms[index].routes = [] }
      let (names, matrix) = try matrix(draft)
      for row in names.indices {
        for column in names.indices where matrix[row, column] == .direct {
          let back = matrix[column, row]
          #expect(
            back == .direct || back == .addressConflict,
            "seed \(seed): \(names[row]) to \(names[column]) is direct, back \(back)"
          )
        }
      }
    }
  }

  @Test func removingAForwardNeverOpensAPair() throws {
    for seed in Self.seeds {
      var source = RandomLab(seed: seed)
      let draft = source.draft()
      let before = try matrix(draft)
      for index in draft.portForwards.indices {
        var fewer = draft
        fewer.portForwards.remove(at: index)
        // One of two that clash for a port hands it to the other.
        let clashes = draft.portForwards.contains {
          $0 != draft.portForwards[index] && $0.hostPort == draft.portForwards[index].hostPort
        }
        guard !clashes else { continue }
        let after = try matrix(fewer)
        for row in before.names.indices {
          for column in before.names.indices where !before.matrix[row, column].isReachable {
            #expect(
              !after.matrix[row, column].isReachable,
              "seed \(seed): \(before.names[row]) to \(before.names[column])")
          }
        }
      }
    }
  }

  @Test func eachRemedyOpensItsPairAndChangesWhatItSays() throws {
    for seed in Self.seeds where seed % 4 == 0 {
      var source = RandomLab(seed: seed)
      source.maximumMachines = 4
      let plan = Plan(try resolve(source.draft()).get())
      for from in plan.connectivity.endpoints {
        for to in plan.connectivity.endpoints where from != to {
          let found = remedies(from: from, to: to, of: plan.lab, query: ConnectivityQuery())
          #expect(
            found.isEmpty
              || !plan.connectivity[
                plan.connectivity.endpoints.firstIndex(of: from)!,
                plan.connectivity.endpoints.firstIndex(of: to)!
              ].isReachable, "seed \(seed): an open pair needs no remedy")
        }
      }
    }
  }
}
