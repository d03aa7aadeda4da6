import LabCore
import LabStorage
import Testing

func label(_ text: String) throws -> DNSLabel { try DNSLabel(parsing: text) }

/// A lab of one NAT network and some VMs on it, told apart by its description.
func plainLab(_ name: String, _ description: String? = nil, machines: Int = 1) throws -> Lab {
  var draft = LabDraft(name: try label(name), description: description)
  draft.networks = [NetworkDraft(name: try label("shared"), mode: .natNetwork)]
  draft.vms = try (0..<machines).map { index in
    VirtualMachineDraft(
      name: try label("vm\(index)"), adapters: [AdapterDraft(network: try label("shared"))])
  }
  return try resolve(draft).get()
}

extension LabStore {
  /// Stores a lab at a time of no interest.
  @discardableResult
  func put(_ lab: Lab, if precondition: WritePrecondition = .none) throws -> WriteOutcome {
    try write(lab.name, if: precondition, from: .at(0)) { _ in .store(lab) }
  }

  @discardableResult
  func delete(_ name: String, if precondition: WritePrecondition = .none) throws -> WriteOutcome {
    try write(label(name), if: precondition, from: .at(0)) { _ in .delete }
  }
}

extension ChangeOrigin {
  /// A change by nobody.
  static func at(_ milliseconds: Int64) -> ChangeOrigin {
    ChangeOrigin(at: Timestamp(milliseconds: milliseconds))
  }
}

extension WriteOutcome {
  /// The lab as the write left it.
  var lab: StoredLab? {
    switch self {
    case .created(let lab), .replaced(let lab), .unchanged(let lab): lab
    case .deleted, .notFound, .preconditionFailed: nil
    }
  }
}
