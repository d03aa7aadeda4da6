import LabCore

extension VagrantMachine {
  /// The forwards of adapter 1, and those that Vagrant cannot say beside them.
  var forwards: (calls: [RubyCall], left: [Int]) {
    var calls: [RubyCall] = []
    var left: [Int] = []
    var taken: Set<String> = []
    var ids: Set<String> = []
    for (document, forward) in source.portForwards.of(machine: index) {
      guard let seat = forward.adapter.map({ seats[$0] }), let network = seat.network else {
        left.append(document)
        continue
      }
      if network.mode == .natNetwork { continue }
      guard network.mode == .nat, slot(of: seat) == 1,
        taken.insert("\(forward.transport) \(forward.hostPort)").inserted
      else {
        left.append(document)
        continue
      }
      calls.append(call(of: forward, id: id(of: forward, &ids)))
    }
    return (calls, left)
  }

  /// A forward to port 22 takes the place of Vagrant's own.
  private func id(of forward: PortForward, _ taken: inout Set<String>) -> String {
    let plain = "\(forward.transport)_\(forward.hostPort)_\(forward.guestPort)"
    let isSSH = forward.guestPort == 22 && forward.transport == .tcp
    for id in [isSSH ? "ssh" : forward.sayableName ?? plain, plain]
    where isSSH || id != "ssh" {
      if taken.insert(id).inserted { return id }
    }
    return "\(plain)_\(taken.count)"
  }

  private func call(of forward: PortForward, id: String) -> RubyCall {
    RubyCall(
      method: "machine.vm.network", values: [.text("forwarded_port")],
      named: [
        ("guest", .number(forward.guestPort)), ("host", .number(forward.hostPort)),
        ("host_ip", .text(forward.hostAddress.map { "\($0)" } ?? "")),
        ("protocol", .text(forward.transport.rawValue)), ("id", .text(id)),
        ("auto_correct", .word("false")),
      ])
  }

  /// The forwards of a NAT network, as VBoxManage takes them.
  static func natNetworkRules(_ source: ExportSource, network: Int) -> [String] {
    var taken: Set<String> = []
    return source.portForwards.through(network: network).compactMap { _, forward in
      guard let guest = source.address(of: forward) else { return nil }
      let plain = "\(forward.transport)_\(forward.hostPort)_\(forward.guestPort)"
      var name = forward.sayableName ?? plain
      if !taken.insert(name).inserted { name = "\(plain)_\(taken.count)" }
      let host = forward.hostAddress.map { "\($0)" } ?? ""
      return
        "\(name):\(forward.transport):[\(host)]:\(forward.hostPort):[\(guest)]:\(forward.guestPort)"
    }
  }

  // MARK: Warnings

  var warnings: [ExportWarning] {
    let pointer = JSONPointer.root["vms"][index]
    guard let box else {
      return [
        ExportWarning(
          .notSaid, at: pointer,
          "\(machine.name) is left out: there is no box with \(machine.operatingSystem).")
      ]
    }
    var warnings = [
      ExportWarning(.boxChosen, at: pointer, "\(machine.name) gets the box \(box).")
    ]
    if shift == 1 {
      warnings.append(
        ExportWarning(
          .managementAdapter, at: pointer,
          "Adapter 1 of \(machine.name) is Vagrant's NAT, so its own move up by one, and it reaches"
            + " the internet."))
    }
    for seat in seats where seat.plan.ipv6?.source == .static {
      warnings.append(
        ExportWarning(
          .notSaid, at: seat.pointer["address6"],
          "Vagrant sets one address an adapter: type the IPv6 address of adapter"
            + " \(seat.adapter.slot) of \(machine.name) inside it."))
    }
    return warnings
      + forwards.left.map { document in
        ExportWarning(
          .notSaid, at: .root["port_forwards"][document],
          "Port \(source.lab.portForwards[document].hostPort) of the host is not forwarded to"
            + " \(machine.name): Vagrant forwards on adapter 1, and each port once.")
      }
  }
}
