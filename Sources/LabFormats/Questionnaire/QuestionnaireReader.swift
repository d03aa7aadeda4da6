public import LabCore

/// Reads a beginner's answers, `{"vms": 3, "needs": ["vm-to-vm", "internet"]}`, as the lab document
/// that says the same.
///
/// `vms` is how many there are, or a list of their names. Besides, there may be what a lab document
/// says of `name`, `hypervisor`, `host` and `constraints`.
public enum QuestionnaireReader {
  /// How many VMs can be asked about, all alike.
  public static let machineCounts = 1...100

  /// Whether a document is a questionnaire: it says `needs` where a lab says `requirements`.
  public static func isQuestionnaire(_ document: DocumentNode) -> Bool {
    document.isObject && document["needs"] != nil
  }

  /// Reads the answers; the faults are all that there are, with pointers into the answers.
  public static func read(_ document: DocumentNode) -> (lab: LabDraft, faults: [Fault]) {
    var reader = PartReader()
    let lab = reader.readQuestionnaire(document)
    return (lab, reader.faults)
  }
}

extension PartReader {
  static let questionnaireKeys = ["name", "hypervisor", "host", "vms", "needs", "constraints"]

  fileprivate mutating func readQuestionnaire(_ node: DocumentNode) -> LabDraft {
    var lab = LabDraft(name: nil)
    readMembers(of: node, "a questionnaire", keys: Self.questionnaireKeys) { reader, key, value in
      switch key {
      case "name": lab.name = reader.readName(value)
      case "hypervisor": lab.hypervisor = reader.readHypervisor(value)
      case "host": lab.host = reader.readHost(value)
      case "vms": lab.vms = reader.readMachines(value)
      case "constraints": lab.constraints = reader.readConstraints(value)
      case "needs": lab.requirements = requirements(for: reader.readNeeds(value))
      default: return false
      }
      return true
    }
    guard node.isObject else { return lab }
    if !node.hasValue(atKey: "vms") {
      report(.missing, atKey: "vms", "vms is missing: how many are there to be, or their names?")
    }
    if !node.hasValue(atKey: "needs") {
      report(.missing, atKey: "needs", "needs is missing: one or more of \(Self.needsInWords)")
    }
    lab.name = lab.name ?? (try? DNSLabel(parsing: "lab"))
    return lab
  }

  private static var needsInWords: String {
    Need.allCases.map(\.rawValue).joined(separator: ", ")
  }

  private mutating func readNeeds(_ node: DocumentNode) -> [Need] {
    let known = faultCount
    let needs = readList(node, of: "needs", atMost: .needs) { reader, node in
      reader.readChoice(node, of: Need.self)
    }
    if case .array([]) = node.value {
      report(.missing, "there is no need in the list; it takes one or more of \(Self.needsInWords)")
    }
    // With a need that cannot be read, the places of the others are not those in the list.
    guard faultCount == known else { return needs.compactMap { $0 } }
    for fault in contradictions(in: needs.compactMap { $0 }) { report(fault) }
    return needs.compactMap { $0 }
  }

  /// `vm1`, `vm2`, … for a number of VMs, or one for each name in a list.
  private mutating func readMachines(_ node: DocumentNode) -> [VirtualMachineDraft] {
    let range = QuestionnaireReader.machineCounts
    guard case .array(let nodes) = node.value else {
      guard case .number = node.value else {
        reportType(node, expected: "a number of VMs, or a list of their names,")
        return []
      }
      let count = readInteger(node, "the number of VMs", in: range) ?? 0
      return (0..<count).map { VirtualMachineDraft(name: try? DNSLabel(parsing: "vm\($0 + 1)")) }
    }
    guard range.contains(nodes.count) else {
      report(
        nodes.isEmpty ? .missing : .tooMany,
        "\(range.lowerBound) to \(range.upperBound) names belong here, not \(nodes.count)")
      return []
    }
    var seen: Set<DNSLabel> = []
    return readList(node, of: "names of VMs") { reader, node in
      let name = reader.readName(node)
      if let name { reader.reportUnfit(name, isNew: seen.insert(name).inserted) }
      return VirtualMachineDraft(name: name)
    }
  }

  private mutating func reportUnfit(_ name: DNSLabel, isNew: Bool) {
    if !isNew { report(.duplicateName, "there are two VMs with the name \"\(name)\"") }
    if reservedMachineNames.contains(name.text) {
      report(
        .reservedName,
        "\"\(name)\" is reserved for an endpoint of the matrix; choose another name for the VM")
    }
  }
}
