extension Resolver {
  mutating func resolveRequirement(_ index: Int) -> Requirement? {
    let requirement = draft.requirements[index]
    let pointer = JSONPointer.root["requirements"][index]
    if requirement.from == nil {
      report(.missing, pointer["from"], "the requirement needs a source")
    }
    if requirement.to == nil { report(.missing, pointer["to"], "the requirement needs a target") }
    let from = requirement.from.map { resolveSelector($0, at: pointer["from"]) }
    let to = requirement.to.map { resolveSelector($0, at: pointer["to"]) }
    if requirement.transport == .icmp, requirement.port != nil {
      report(.contradiction, pointer["port"], "ICMP has no ports; leave the port out")
    }
    guard let from, let to else { return nil }
    return Requirement(
      from: from, to: to, transport: requirement.transport ?? .tcp, port: requirement.port,
      allow: requirement.allow ?? true)
  }

  mutating func checkConstraints() {
    let constraints = draft.constraints
    let pointer = JSONPointer.root["constraints"]
    for (index, excluded) in constraints.excluded.enumerated() {
      let pointer = pointer["exclude"][index]["mode"]
      guard let mode = excluded.mode else {
        report(.missing, pointer, "say which mode is excluded")
        continue
      }
      if constraints.modes?.contains(mode) == true {
        report(.contradiction, pointer, "\(mode.rawValue) is among the modes that may be used")
      }
    }
    let keep = pointer["keep"]
    for (index, name) in constraints.keptNetworks.enumerated() where networkIndex[name] == nil {
      reportUnknown(name, .network, keep["networks"][index])
    }
    for (index, kept) in constraints.keptAdapters.enumerated() {
      checkKept(kept, keep["adapters"][index])
    }
  }

  private mutating func checkKept(_ kept: KeptAdapter, _ pointer: JSONPointer) {
    guard let vm = kept.vm, let slot = kept.slot else {
      if kept.vm == nil { report(.missing, pointer["vm"], "say whose adapter stays") }
      if kept.slot == nil { report(.missing, pointer["slot"], "say in which slot it is") }
      return
    }
    guard let machine = machineIndex[vm] else {
      return reportUnknown(vm, .machine, pointer["vm"])
    }
    var slots: [Int] = []
    for adapter in draft.vms[machine].adapters {
      slots.append(adapter.slot ?? (slots.last ?? 0) + 1)
    }
    if !slots.contains(slot) {
      report(.unknownReference, pointer["slot"], "\(vm) has no adapter in slot \(slot)")
    }
  }

  /// What a selector means in this lab; a fault where nothing has its name.
  mutating func resolveSelector(
    _ selector: EndpointSelector, at pointer: JSONPointer
  ) -> EndpointSelector {
    switch selector {
    case .vm(let name) where hasSite && name.text == siteName: return .site
    case .vm(let name) where machineIndex[name] == nil:
      reportUnknown(name, .machine, pointer)
    case .tag(let tag) where !tags.contains(tag):
      reportUnknown(tag, .tag, pointer)
    default: break
    }
    return selector
  }
}
