import LabCore

extension LabDraft {
  /// The lab in a few lines, for whoever looks into a disagreement.
  var sketch: String {
    let networks = networks.map { network in
      let router = network.gateway.map { ", gateway \($0)" } ?? ""
      return "  \(text(network.name)): \(network.mode?.rawValue ?? "?")\(router)"
    }
    let machines = vms.map { machine in
      let adapters = machine.adapters.map { adapter in
        text(adapter.network) + (adapter.address.map { " at \($0)" } ?? "")
      }
      let tags = machine.tags.isEmpty ? "" : " (\(machine.tags.map(\.text).joined(separator: " ")))"
      let routes = machine.forwarding == true ? " routing" : ""
      return "  \(text(machine.name))\(tags)\(routes): [\(adapters.joined(separator: ", "))]"
    }
    let forwards = portForwards.map { forward in
      let address = forward.hostAddress?.description ?? "*"
      return "  \(address):\(forward.hostPort ?? 0) \((forward.transport ?? .tcp).rawValue) to"
        + " \(text(forward.vm)) slot \(forward.slot ?? 0) port \(forward.guestPort ?? 0)"
    }
    return (networks + machines + forwards).joined(separator: "\n")
  }

  private func text(_ name: DNSLabel?) -> String { name?.text ?? "-" }
}

extension Question: CustomStringConvertible {
  /// The question in a few lines.
  public var description: String {
    let machines = tags.enumerated().map { index, tags in
      Setting.names[index] + (tags.isEmpty ? "" : " (\(tags.joined(separator: " ")))")
    }
    let modes = Hypervisor.Product.virtualbox.words.filter(limits.modes.contains).map(\.rawValue)
    let lines = requirements.map { requirement in
      let from = requirement.from?.description ?? "?"
      let to = requirement.to?.description ?? "?"
      let transport = requirement.transport.map { " \($0.rawValue)" } ?? ""
      let port = requirement.port.map { " \($0)" } ?? ""
      return "  \(from)\(requirement.allow == false ? " not" : "") to \(to)\(transport)\(port)"
    }
    return
      (["  VMs \(machines.joined(separator: ", "))"] + lines
      + ["  modes \(modes.joined(separator: ", ")); adapters \(limits.adapters)"])
      .joined(separator: "\n")
  }
}
