import LabCore

/// What promiscuous adapters hear, in sentences.
struct ListenerLines {
  private let lab: Lab

  /// Sentences on a lab.
  init(_ lab: Lab) {
    self.lab = lab
  }

  var text: String {
    visibility(in: lab).flatMap { segment in
      segment.listeners.filter { $0.policy != .deny }.map { sentence($0, on: segment) + "\n" }
    }.joined()
  }

  private func sentence(
    _ listener: SegmentVisibility.Listener, on segment: SegmentVisibility
  ) -> String {
    let network = lab.networks[segment.network]
    let who =
      "\(lab.machines[listener.machine].name), adapter \(listener.slot) on \"\(network.name)\""
    let all = names(listener.captures)
    let partly = names(listener.capturesWithMachines)
    let heard = [
      all.map { "every frame of \($0)" },
      partly.map { "those that \($0) exchanges with this computer and its VMs" },
    ].compactMap { $0 }.joined(separator: ", and ")
    let wire =
      listener.capturesWithMachines.contains(.lan)
      ? "; what other machines of the LAN say to each other does not come here" : ""
    let isWireless = !wire.isEmpty && lab.host.uplink.kind == .wireless
    let radio =
      isWireless
      ? "; over Wi-Fi it hears still less, since the access point sends it the host's frames alone"
      : ""
    return "\(who): \(heard.isEmpty ? "nobody else's frames" : heard)\(wire)\(radio)"
  }

  private func names(_ endpoints: [Endpoint]) -> String? {
    let told = endpoints.prefix(8).map { endpoint in
      endpoint.isVirtualMachine ? lab.name(of: endpoint) : "the \(lab.name(of: endpoint))"
    }
    let rest = endpoints.count - told.count
    let all = rest > 0 ? told + ["\(rest) more"] : told
    guard let last = all.last else { return nil }
    return all.count == 1 ? last : all.dropLast().joined(separator: ", ") + " and " + last
  }
}

extension Endpoint {
  fileprivate var isVirtualMachine: Bool {
    if case .machine = self { true } else { false }
  }
}
