import TestSupport
import Testing

@testable import LabCore

/// No answer contradicts another, on whatever host and version: three rules that hold of random
/// labs. `make properties` tries many.
@Suite struct ThreeRulesTests {
  private static let versions = ["6.0.24", "6.1", "7.0.10", "7.1", "7.2.0", "7.2.8"]

  /// A random lab of a seed, on a host and a version of its own.
  private func draft(_ labs: RandomLabs, _ seed: UInt64) throws -> LabDraft {
    var draft = labs.draft(seed)
    var host = draft.host ?? HostDraft()
    // Those that VirtualBox runs on.
    let systems: [Host.OperatingSystem] = [.linux, .windows, .macos]
    host.os = systems[Int(seed % UInt64(systems.count))]
    draft.host = host
    let version = Self.versions[Int(seed / 3 % UInt64(Self.versions.count))]
    draft.hypervisor = HypervisorDraft(version: try HypervisorVersion(parsing: version))
    return draft
  }

  private static let asked = [
    [
      RequirementDraft(from: .vms, to: .internet),
      RequirementDraft(from: .lan, to: .vms, allow: false),
    ],
    [RequirementDraft(from: .vms, to: .vms), RequirementDraft(from: .host, to: .vms, port: 22)],
    [
      RequirementDraft(from: .vms, to: .internet),
      RequirementDraft(from: .vms, to: .lan, allow: false),
    ],
  ]

  /// What is said not to work shows in the cells: to or from a VM that has another's address, or a
  /// service's, something is blocked or doubtful.
  @Test func errorsShowInTheCells() throws {
    let rules: Set = ["duplicate-address", "address-of-service", "unmet-requirement"]
    let labs = RandomLabs(20, maximumMachines: 5, hasRoles: true)
    for seed in labs.seeds {
      var draft = try draft(labs, seed)
      draft.requirements = Self.asked[Int(seed % 3)]
      let lab = try resolve(draft).get()
      let plan = Plan(lab)
      let matrix = plan.connectivity()
      let doubtful = Set(matrix.doubts.flatMap { [$0.source, $0.target] })
      for finding in findings(in: lab, plan: plan.addresses)
      where finding.severity == .error && rules.contains(finding.rule) {
        let named = ([finding.pointer] + finding.related).compactMap(machine)
        let isShown = named.contains { machine in
          doubtful.contains(.machine(machine)) || isBlocked(machine, in: matrix)
        }
        let isForbidden = finding.detail.contains("must not be possible")
        #expect(isShown || isForbidden || named.isEmpty, "seed \(seed): \(finding.detail)")
      }
    }
  }

  /// The VM in which a place of the document is.
  private func machine(_ pointer: JSONPointer) -> Int? {
    let path = pointer.description.split(separator: "/")
    return path.first == "vms" && path.count > 1 ? Int(path[1]) : nil
  }

  private func isBlocked(_ machine: Int, in matrix: ConnectivityMatrix) -> Bool {
    guard let place = matrix.endpoints.firstIndex(of: .machine(machine)) else { return false }
    return matrix.endpoints.indices.contains { other in
      other != place
        && (!matrix[place, other].isReachable || !matrix[other, place].isReachable)
    }
  }

  /// A fix adds no error, nor anything as bad as what it mends.
  @Test func fixesAddNothingAsBad() throws {
    let labs = RandomLabs(20, maximumMachines: 5, hasRoles: true)
    for seed in labs.seeds {
      var draft = try draft(labs, seed)
      draft.requirements = []
      let before = try findings(in: draft)
      for finding in before where !finding.fix.isEmpty && finding.severity > .info {
        let after = try findings(in: try draft.applying(finding.fix))
        let worse = after.filter { $0.severity >= finding.severity }
        #expect(
          worse.count < before.count { $0.severity >= finding.severity } + 1,
          "seed \(seed): \(rendered(finding))\nleads to \(worse.map(rendered))")
      }
    }
  }

  /// A recommended lab that is put back has no error, and is said to be what it is.
  @Test func recommendedLabsHaveNoErrors() throws {
    let labs = RandomLabs(12, maximumMachines: 3)
    for seed in labs.seeds {
      var draft = try draft(labs, seed)
      draft.requirements = Self.asked[Int(seed % 3)]
      draft.host?.occupied = []
      guard case .success(let lab) = resolve(draft) else { continue }
      let report = recommend(for: lab, effort: SearchEffort(steps: 500))
      for recommendation in report.recommendations {
        let found = try findings(in: recommendation.lab).filter { $0.severity == .error }
        #expect(
          found.isEmpty, "seed \(seed), \(recommendation.summary): \(found.map(rendered))")
        #expect(recommendation.cost.unmet == 0)
      }
    }
  }
}
