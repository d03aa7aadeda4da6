/// A lab laid out for checking: who is on which segment, and where each part stands in the
/// document.
struct LabSurvey {
  let lab: Lab
  let plan: AddressPlan
  /// What other labs of the same host take of it.
  let neighbours: [HostShare]
  /// By network: the adapters attached to it, in document order, plugged in or not.
  let members: [[AdapterReference]]
  /// Where broadcasts of more than one adapter can meet.
  let segments: [SharedSegment]
  /// The LAN's prefixes, as far as the document says or implies them.
  let lanPrefixes: (ipv4: IPv4Prefix?, ipv6: IPv6Prefix?)
  /// Which requirements the lab meets.
  let verdicts: RequirementVerdicts
  /// By VM, then by adapter in slot order: the adapter's index in the document.
  private let documentIndices: [[Int]]

  init(
    lab: Lab, plan: AddressPlan, sharingHost others: [HostShare], budget: Budget
  ) throws(BudgetExhausted) {
    self.lab = lab
    self.plan = plan
    neighbours = others.filter { $0.lab != lab.name }
    members = attachedAdapters(of: lab)
    segments = sharedSegments(of: lab, members: members)
    lanPrefixes = (
      FabricCompiler<IPv4Address>.knownLAN(lab: lab, plan: plan),
      FabricCompiler<IPv6Address>.knownLAN(lab: lab, plan: plan)
    )
    verdicts = try judgeRequirements(of: lab, plan: plan, budget: budget)
    documentIndices = lab.draft.vms.map(Self.documentIndices)
  }

  /// A lab's machine keeps its adapters in slot order; a document need not.
  private static func documentIndices(of machine: VirtualMachineDraft) -> [Int] {
    var slots: [Int] = []
    for adapter in machine.adapters {
      slots.append(adapter.slot ?? (slots.last ?? 0) + 1)
    }
    return slots.indices.sorted { slots[$0] < slots[$1] }
  }

  // MARK: Parts

  func adapter(_ reference: AdapterReference) -> Adapter {
    lab.machines[reference.machine].adapters[reference.adapter]
  }

  /// The adapter as the document has it.
  func draft(_ reference: AdapterReference) -> AdapterDraft {
    lab.draft.vms[reference.machine].adapters[
      documentIndices[reference.machine][reference.adapter]]
  }

  func adapterPlan(_ reference: AdapterReference) -> AdapterPlan {
    plan.adapters[reference.machine][reference.adapter]
  }

  /// "adapter 2 of "web"".
  func title(_ reference: AdapterReference) -> String {
    "adapter \(adapter(reference).slot) of \"\(lab.machines[reference.machine].name)\""
  }

  /// A network's name in quotes.
  func title(network index: Int) -> String { "\"\(lab.networks[index].name)\"" }

  /// A VM's name in quotes.
  func title(machine index: Int) -> String { "\"\(lab.machines[index].name)\"" }

  // MARK: Places

  func pointer(network index: Int) -> JSONPointer { .root["networks"][index] }

  func pointer(machine index: Int) -> JSONPointer { .root["vms"][index] }

  func pointer(forward index: Int) -> JSONPointer { .root["port_forwards"][index] }

  func pointer(requirement index: Int) -> JSONPointer { .root["requirements"][index] }

  func pointer(_ reference: AdapterReference) -> JSONPointer {
    pointer(machine: reference.machine)["adapters"][
      documentIndices[reference.machine][reference.adapter]]
  }

  /// The place of a part where the document has it, of the whole where it leaves the part out.
  func pointer(_ whole: JSONPointer, _ key: String, isWritten: Bool) -> JSONPointer {
    isWritten ? whole[key] : whole
  }
}

/// The adapters attached to each network of a lab, in document order.
func attachedAdapters(of lab: Lab) -> [[AdapterReference]] {
  var members = [[AdapterReference]](repeating: [], count: lab.networks.count)
  for (machine, virtualMachine) in lab.machines.enumerated() {
    for (position, adapter) in virtualMachine.adapters.enumerated() {
      guard let network = adapter.network else { continue }
      members[network].append(AdapterReference(machine: machine, adapter: position))
    }
  }
  return members
}

extension VirtualMachine {
  /// The first of its tags that is one of these.
  func firstTag(of known: Set<String>) -> DNSLabel? {
    tags.first { known.contains($0.text) }
  }
}
