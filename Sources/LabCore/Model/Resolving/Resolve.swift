/// Turns a document into a lab in which every reference holds, or lists every fault it has.
///
/// Faults stand in document order. A part that is missing is reported here; a part that was
/// written but could not be read is nil in the draft too, so whoever read the document leaves out
/// the faults found here at places it has reported itself (see `merged(with:)`).
public func resolve(_ draft: LabDraft) -> Result<Lab, InvalidLab> {
  var resolver = Resolver(draft: draft)
  return resolver.run()
}

/// A document that is no lab, with all its faults.
public struct InvalidLab: Error, Hashable, Sendable {
  /// Never empty.
  public let faults: [Fault]
}

/// The names that requirements and matrices use for endpoints that are no VMs.
public let reservedMachineNames: Set<String> = ["host", "lan", "internet", "vms"]

/// The name of the endpoint behind the LAN's routers; reserved only in labs that have it.
public let siteName = "site"

/// A document while it is resolved, with the faults found so far.
struct Resolver {
  let draft: LabDraft
  /// Every tag that a VM has.
  lazy var tags = Set(draft.vms.flatMap(\.tags))
  /// How many names may still be compared with unknown ones. Small labs never use them up.
  private var comparisonsLeft = 50_000
  var faults = FaultLog()
  var networkIndex: [DNSLabel: Int] = [:]
  var machineIndex: [DNSLabel: Int] = [:]
  /// By address: the VM that the document gives it to.
  lazy var owners = ownersOfAddresses()
  private let hypervisor: Hypervisor
  /// The host's.
  let system: Host.OperatingSystem
  let product: ProductProfile

  init(draft: LabDraft) {
    self.draft = draft
    hypervisor = Hypervisor(
      product: draft.hypervisor?.product ?? .virtualbox, version: draft.hypervisor?.version)
    system = draft.host?.os ?? hypervisor.product.facts.systems.first ?? .linux
    product = ProductProfile(hypervisor, on: system)
  }

  /// Whether there is a machine behind a router of the LAN.
  var hasSite: Bool { !(draft.host?.uplink?.routes.isEmpty ?? true) }

  mutating func run() -> Result<Lab, InvalidLab> {
    if draft.name == nil { report(.missing, .root["name"], "the lab needs a name") }
    indexNetworks()
    indexMachines()
    let host = resolveHost()
    let networks = draft.networks.indices.map { resolveNetwork($0) }
    let machines = draft.vms.indices.map { resolveMachine($0) }
    let forwards = draft.portForwards.indices.map { resolveForward($0, machines: machines) }
    checkForwardNames()
    let requirements = draft.requirements.indices.map { resolveRequirement($0) }
    checkConstraints()
    guard faults.isEmpty, let name = draft.name else {
      return .failure(InvalidLab(faults: faults.faults))
    }
    let known = machines.compactMap { $0 }
    return .success(
      Lab(
        name: name, hypervisor: hypervisor, product: product, host: host,
        networks: networks.compactMap { $0 }, machines: known,
        portForwards: forwards.compactMap { $0 }, requirements: requirements.compactMap { $0 },
        draft: draft, switches: switches(of: networks.compactMap { $0 }),
        machinesInNameOrder: known.indices.sorted { known[$0].name < known[$1].name }))
  }

  mutating func report(_ code: Fault.Code, _ pointer: JSONPointer, _ detail: String) {
    faults.append(Fault(code, at: pointer, detail))
  }

  // MARK: Names

  private mutating func indexNetworks() {
    for (index, network) in draft.networks.enumerated() {
      let pointer = JSONPointer.root["networks"][index]["name"]
      guard let name = network.name else {
        report(.missing, pointer, "the network needs a name")
        continue
      }
      if let first = networkIndex[name] {
        report(
          .duplicateName, pointer,
          "the network name \"\(name)\" is already taken by /networks/\(first)")
      } else {
        networkIndex[name] = index
      }
    }
  }

  private mutating func indexMachines() {
    for (index, machine) in draft.vms.enumerated() {
      let pointer = JSONPointer.root["vms"][index]["name"]
      guard let name = machine.name else {
        report(.missing, pointer, "the VM needs a name")
        continue
      }
      if reservedMachineNames.contains(name.text) || hasSite && name.text == siteName {
        report(
          .reservedName, pointer,
          "\"\(name)\" is reserved for an endpoint of the matrix; choose another name for the VM")
      }
      if let first = machineIndex[name] {
        report(.duplicateName, pointer, "the VM name \"\(name)\" is already taken by /vms/\(first)")
      } else {
        machineIndex[name] = index
      }
    }
  }

  private mutating func checkForwardNames() {
    var seen: [String: Int] = [:]
    for (index, forward) in draft.portForwards.enumerated() {
      guard let name = forward.name else { continue }
      if let first = seen[name] {
        report(
          .duplicateName, .root["port_forwards"][index]["name"],
          "the port forward name \"\(name)\" is already taken by /port_forwards/\(first)")
      } else {
        seen[name] = index
      }
    }
  }

  // MARK: Sentences

  /// What a name in a document may be the name of.
  enum Named: String {
    case network
    case machine = "VM"
    case tag
  }

  mutating func reportUnknown(_ name: DNSLabel, _ kind: Named, _ pointer: JSONPointer) {
    var hint = ""
    if comparisonsLeft > 0, !faults.isFull {
      let known = names(of: kind)
      comparisonsLeft -= known.count
      let nearest = nearestNames(to: name.text, among: known.map(\.text)).first
      hint = nearest.map { "; did you mean \"\($0)\"?" } ?? ""
    }
    report(.unknownReference, pointer, "there is no \(kind.rawValue) \"\(name)\"\(hint)")
  }

  private mutating func names(of kind: Named) -> [DNSLabel] {
    switch kind {
    case .network: draft.networks.compactMap(\.name)
    case .machine: draft.vms.compactMap(\.name)
    case .tag: tags.sorted()
    }
  }

  mutating func checkInside<Address: IPAddress>(
    _ address: Address?, _ prefix: Prefix<Address>, _ pointer: JSONPointer, of owner: String
  ) {
    if let address { checkUsable(address, in: prefix, at: pointer, of: owner) }
  }

  mutating func checkUsable<Address: IPAddress>(
    _ address: Address, in prefix: Prefix<Address>, at pointer: JSONPointer, of owner: String
  ) {
    guard prefix.contains(address) else {
      report(.outsidePrefix, pointer, "\(address) is outside \(prefix) of \(owner)")
      return
    }
    guard !prefix.hosts.contains(address) else { return }
    let role = address == prefix.network ? "network" : "broadcast"
    report(
      .unusableAddress, pointer,
      "\(address) is the \(role) address of \(prefix) and cannot be a machine's own")
  }

  func listed<Value: RawRepresentable>(_ values: [Value]) -> String
  where Value.RawValue == String {
    values.map(\.rawValue).joined(separator: ", ")
  }
}
