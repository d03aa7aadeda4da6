extension LabSurvey {
  /// An endpoint as it stands in a sentence.
  func title(_ endpoint: Endpoint) -> String {
    switch endpoint {
    case .machine(let index): title(machine: index)
    case .host: "the host"
    case .lan: "the LAN"
    case .internet: "the internet"
    case .site: "the other site"
    }
  }

  /// "tcp port 22 of "web"", or the target alone where every TCP port is meant.
  func title(of requirement: Requirement, _ target: Endpoint) -> String {
    switch (requirement.transport, requirement.port) {
    case (.tcp, nil): title(target)
    case (.udp, nil): "\(title(target)) by udp"
    case (.icmp, _): "\(title(target)) by ping"
    case (.multicast, nil): "\(title(target)) by multicast"
    case (let transport, let port?): "\(transport) port \(port) of \(title(target))"
    }
  }

  /// " (and 3 more pairs)" behind the first pair that fails.
  func others(_ failure: RequirementFailure) -> String {
    switch failure.pairCount {
    case 1: ""
    case 2: " (and 1 more pair)"
    default: " (and \(failure.pairCount - 1) more pairs)"
    }
  }

  /// A VM's place in the document; nil for endpoints that are no VMs.
  func pointer(_ endpoint: Endpoint) -> JSONPointer? {
    guard case .machine(let index) = endpoint else { return nil }
    return pointer(machine: index)
  }
}
