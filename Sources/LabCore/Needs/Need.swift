/// What somebody wants of all VMs of a lab alike, in the words of a beginner.
public enum Need: String, CaseIterable, Hashable, Sendable {
  /// Every VM reaches every other.
  case vmToVM = "vm-to-vm"
  /// The VMs reach the internet.
  case internet
  /// The machine that runs the hypervisor reaches the VMs.
  case hostToVM = "host-to-vm"
  /// Other machines of the LAN reach the VMs.
  case visibleOnLAN = "visible-on-lan"
  /// Other machines of the LAN cannot reach the VMs.
  case hiddenFromLAN = "hidden-from-lan"
  /// Nothing passes between the VMs and the LAN or the internet, nor the host unless it is to reach
  /// them.
  case isolated

  /// The need as a question to be answered with yes or no.
  public var question: String {
    switch self {
    case .vmToVM: "Are the VMs to reach each other?"
    case .internet: "Are the VMs to reach the internet?"
    case .hostToVM: "Is this computer to reach the VMs, with SSH or a browser for example?"
    case .visibleOnLAN: "Are other machines of your network to reach the VMs?"
    case .hiddenFromLAN: "Are other machines of your network to be kept from reaching the VMs?"
    case .isolated: "Are the VMs to be kept from everything else, as for malware?"
    }
  }

  /// Whether both cannot be had at once.
  public func contradicts(_ other: Need) -> Bool {
    switch (self, other) {
    case (.isolated, .internet), (.internet, .isolated): true
    case (.isolated, .visibleOnLAN), (.visibleOnLAN, .isolated): true
    case (.hiddenFromLAN, .visibleOnLAN), (.visibleOnLAN, .hiddenFromLAN): true
    default: false
    }
  }
}

/// The requirements of a document that says what a beginner's words say.
///
/// They come in the order of the needs, and each need counts once. `isolated` forbids both ways
/// between the VMs and the LAN and the internet. It forbids the host as well, unless the host is to
/// reach the VMs: then the answers have to come back to it.
public func requirements(for needs: [Need]) -> [RequirementDraft] {
  var seen: Set<Need> = []
  return needs.filter { seen.insert($0).inserted }.flatMap { need -> [RequirementDraft] in
    switch need {
    case .vmToVM: return [RequirementDraft(from: .vms, to: .vms)]
    case .internet: return [RequirementDraft(from: .vms, to: .internet)]
    case .hostToVM: return [RequirementDraft(from: .host, to: .vms)]
    case .visibleOnLAN: return [RequirementDraft(from: .lan, to: .vms)]
    case .hiddenFromLAN: return [RequirementDraft(from: .lan, to: .vms, allow: false)]
    case .isolated:
      let strangers: [EndpointSelector] =
        [.internet, .lan] + (needs.contains(.hostToVM) ? [] : [.host])
      return strangers.flatMap { stranger in
        [
          RequirementDraft(from: .vms, to: stranger, allow: false),
          RequirementDraft(from: stranger, to: .vms, allow: false),
        ]
      }
    }
  }
}

/// Needs that no lab can meet together: a fault at the later of each two, by place in the list.
public func contradictions(in needs: [Need]) -> [Fault] {
  needs.indices.flatMap { later in
    needs[..<later].filter { $0.contradicts(needs[later]) }.map { earlier in
      let conflict = conflict(between: earlier, and: needs[later])
      return Fault(
        .contradiction, at: .root[later],
        "\(conflict); leave one of them out, or write a lab document whose requirements say which"
          + " VM is to have which")
    }
  }
}

private func conflict(between one: Need, and other: Need) -> String {
  let both = [one, other]
  if both.contains(.internet) {
    return "\"isolated\" keeps the VMs from the internet, and \"internet\" lets them reach it"
  }
  let refusal = both.contains(.isolated) ? Need.isolated : .hiddenFromLAN
  return
    "\"\(refusal.rawValue)\" keeps the LAN from the VMs, and \"visible-on-lan\" lets it reach them"
}
