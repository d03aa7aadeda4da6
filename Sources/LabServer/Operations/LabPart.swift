import LabCore
import LabFormats

/// A part of a lab that has a place of its own: a network or a VM.
protocol LabPart: Sendable {
  /// What a path names with it.
  static var sought: Sought { get }
  /// The key of the list it stands in, and the last but one segment of its path.
  static var collection: String { get }
  /// The list it stands in.
  static var list: any WritableKeyPath<LabDraft, [Self]> & Sendable { get }

  /// Its name.
  var name: DNSLabel? { get set }
  /// Itself as JSON.
  func write(to writer: inout JSONWriter)
  /// Itself as YAML.
  var yaml: String { get }
  /// Itself as a tree, for patches.
  var document: DocumentNode { get }

  /// Reads one from its document.
  static func read(
    _ document: DocumentNode, within limits: DocumentLimits
  ) -> (part: Self, faults: [Fault])
  /// The places of a lab that name it, each with a few words.
  static func uses(of name: DNSLabel, in lab: LabDraft) -> [(place: JSONPointer, user: String)]
  /// Lets whatever names the part follow it to another name.
  static func rename(_ name: DNSLabel, to new: DNSLabel, in lab: inout LabDraft)
}

extension LabPart {
  /// What it is called in sentences.
  static var kind: String { sought.noun }
  /// What stands in braces for its name in paths.
  static var parameter: String { sought.parameter }

  /// Where the part of a name stands in its list.
  static func index(of name: DNSLabel, in lab: LabDraft) -> Int? {
    lab[keyPath: list].firstIndex { $0.name == name }
  }
}

extension NetworkDraft: LabPart {
  static let sought = Sought.network
  static let collection = "networks"
  static var list: any WritableKeyPath<LabDraft, [NetworkDraft]> & Sendable { \.networks }

  func write(to writer: inout JSONWriter) { writer.document(self) }
  var yaml: String { LabDocumentWriter.yaml(self) }
  var document: DocumentNode { LabDocumentWriter.document(self) }

  static func read(
    _ document: DocumentNode, within limits: DocumentLimits
  ) -> (part: NetworkDraft, faults: [Fault]) {
    let (network, faults) = LabDocumentReader.readNetwork(document, within: limits)
    return (network, faults)
  }

  static func uses(of name: DNSLabel, in lab: LabDraft) -> [(place: JSONPointer, user: String)] {
    lab.vms.enumerated().flatMap { index, machine in
      machine.adapters.indices.filter { machine.adapters[$0].network == name }.map { adapter in
        (
          JSONPointer.root["vms"][index]["adapters"][adapter]["network"],
          "adapter \(slot(of: adapter, in: machine)) of VM \"\(machine.name?.text ?? "")\""
        )
      }
    }
  }

  static func rename(_ name: DNSLabel, to new: DNSLabel, in lab: inout LabDraft) {
    for machine in lab.vms.indices {
      for adapter in lab.vms[machine].adapters.indices
      where lab.vms[machine].adapters[adapter].network == name {
        lab.vms[machine].adapters[adapter].network = new
      }
    }
    lab.constraints.keptNetworks = lab.constraints.keptNetworks.map { $0 == name ? new : $0 }
  }

  /// The slot of an adapter: its own, or one more than the adapter before it.
  private static func slot(of index: Int, in machine: VirtualMachineDraft) -> Int {
    machine.adapters[...index].reduce(0) { $1.slot ?? $0 + 1 }
  }
}

extension VirtualMachineDraft: LabPart {
  static let sought = Sought.machine
  static let collection = "vms"
  static var list: any WritableKeyPath<LabDraft, [VirtualMachineDraft]> & Sendable { \.vms }

  func write(to writer: inout JSONWriter) { writer.document(self) }
  var yaml: String { LabDocumentWriter.yaml(self) }
  var document: DocumentNode { LabDocumentWriter.document(self) }

  static func read(
    _ document: DocumentNode, within limits: DocumentLimits
  ) -> (part: VirtualMachineDraft, faults: [Fault]) {
    let (machine, faults) = LabDocumentReader.readMachine(document, within: limits)
    return (machine, faults)
  }

  static func uses(of name: DNSLabel, in lab: LabDraft) -> [(place: JSONPointer, user: String)] {
    let forwards = lab.portForwards.enumerated().filter { $0.element.vm == name }.map {
      (JSONPointer.root["port_forwards"][$0.offset]["vm"], "port forward \($0.offset + 1)")
    }
    let requirements = lab.requirements.enumerated().flatMap { index, requirement in
      let place = JSONPointer.root["requirements"][index]
      return [(requirement.from, "from"), (requirement.to, "to")]
        .filter { $0.0 == .vm(name) }
        .map { (place[$0.1], "requirement \(index + 1)") }
    }
    return forwards + requirements + lab.roles(ofMachine: name)
  }

  static func rename(_ name: DNSLabel, to new: DNSLabel, in lab: inout LabDraft) {
    for index in lab.portForwards.indices where lab.portForwards[index].vm == name {
      lab.portForwards[index].vm = new
    }
    for index in lab.requirements.indices {
      if lab.requirements[index].from == .vm(name) { lab.requirements[index].from = .vm(new) }
      if lab.requirements[index].to == .vm(name) { lab.requirements[index].to = .vm(new) }
    }
    lab.renameRoles(ofMachine: name, to: new)
    for index in lab.constraints.keptAdapters.indices
    where lab.constraints.keptAdapters[index].vm == name {
      lab.constraints.keptAdapters[index].vm = new
    }
  }
}
