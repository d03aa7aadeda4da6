import LabCore

/// A VM in a Vagrantfile, with what the file does not say of it.
struct VagrantMachine {
  let source: ExportSource
  let index: Int
  let machine: VirtualMachine
  let seats: [AdapterSeat]
  /// By how many slots the VM's adapters move up: adapter 1 is Vagrant's own NAT, through which it
  /// speaks to the VM.
  let shift: Int

  init(_ source: ExportSource, _ index: Int, _ seats: [AdapterSeat]) {
    self.source = source
    self.index = index
    machine = source.lab.machines[index]
    self.seats = seats
    let first = seats.first { $0.adapter.slot == 1 }
    shift = first?.network?.mode == .nat ? 0 : 1
  }

  /// The box by operating system; nil where nobody makes one.
  var box: String? {
    switch machine.operatingSystem {
    case .linux, .other: "bento/ubuntu-24.04"
    case .windows: "gusztavvargadr/windows-11"
    case .bsd: "generic/freebsd14"
    case .android, .macos: nil
    }
  }

  var lines: [String] {
    guard let box else { return [] }
    var body = [
      "machine.vm.box = \(rubyWord(box))", "machine.vm.hostname = \(rubyWord(machine.name.text))",
    ]
    if machine.operatingSystem == .windows { body.append("machine.vm.communicator = 'winrm'") }
    body += seats.compactMap(network).map(\.text)
    body += forwards.calls.map(\.text)
    body += provision
    body += [
      "machine.vm.provider 'virtualbox' do |box|", "  box.name = \(rubyWord(machine.name.text))",
    ]
    if seats.contains(where: { slot(of: $0) > 8 }) {
      // Before Vagrant itself uses slots that only this chipset has.
      body.append("  box.customize 'post-import', ['modifyvm', :id, '--chipset', 'ich9']")
    }
    body += customizations.map { words in
      "  box.customize ['modifyvm', :id, \(words.map(rubyWord).joined(separator: ", "))]"
    }
    body.append("end")
    return ["config.vm.define \(rubyWord(machine.name.text)) do |machine|"]
      + body.map { "  \($0)" } + ["end", ""]
  }

  func slot(of seat: AdapterSeat) -> Int { seat.adapter.slot + shift }

  // MARK: Networks

  /// The network call of an adapter that Vagrant has a word for.
  private func network(_ seat: AdapterSeat) -> RubyCall? {
    guard let network = seat.network, slot(of: seat) > 1 else { return nil }
    let mac = "\(seat.plan.mac)".uppercased().filter { $0 != ":" }
    var call = RubyCall(method: "machine.vm.network")
    let place: [(name: StaticString, value: RubyValue)] = [
      ("adapter", .number(slot(of: seat))), ("mac", .text(mac)),
    ]
    switch network.mode {
    case .bridged:
      call.values = [.text("public_network")]
      call.named = place
      if let uplink = source.lab.host.uplink.interface {
        call.named.append(("bridge", .text(uplink)))
      }
      call.named += typed(seat) ?? [("auto_config", .word("false"))]
    case .hostOnly, .internal:
      guard let address = address(seat) else { return nil }
      call.values = [.text("private_network")]
      call.named = place + address
      if network.mode == .internal {
        call.named.append(("virtualbox__intnet", .text(network.hypervisorName)))
      }
    case .nat, .natNetwork, .routed: return nil
    }
    return call
  }

  /// The address that Vagrant sets in the guest; nil where it would refuse it.
  private func address(_ seat: AdapterSeat) -> [(name: StaticString, value: RubyValue)]? {
    guard let address = seat.plan.ipv4.address, let length = seat.plan.ipv4.prefixLength,
      // Vagrant keeps .1 for the host.
      address.bits & 0xff != 1
    else { return nil }
    let mask = IPv4Prefix(containing: address, length: length).netmask
    return [("ip", .text("\(address)")), ("netmask", .text("\(mask)"))]
  }

  private func typed(_ seat: AdapterSeat) -> [(name: StaticString, value: RubyValue)]? {
    typedAddress(seat.plan.ipv4) == nil ? nil : address(seat)
  }

  // MARK: Settings that only VBoxManage has

  private var customizations: [[String]] {
    var calls: [[String]] = []
    if overlapsManagement { calls.append(["--natnet1", "10.254.254.0/24"]) }
    for seat in seats {
      let slot = slot(of: seat)
      var words: [String] = []
      if network(seat) == nil, slot > 1 || seat.network == nil {
        words += attachmentWords(seat, slot)
      }
      if slot == 1 {
        if let prefix = seat.network?.ipv4 { words += ["--natnet1", "\(prefix)"] }
        words += ["--macaddress1", "\(seat.plan.mac)".uppercased().filter { $0 != ":" }]
      }
      words += [
        "--nictype\(slot)", seat.adapter.model.rawValue, "--nicpromisc\(slot)",
        seat.adapter.promiscuous.rawValue, "--cableconnected\(slot)",
        seat.adapter.cableConnected ? "on" : "off",
      ]
      calls.append(words)
    }
    return calls
  }

  private func attachmentWords(_ seat: AdapterSeat, _ slot: Int) -> [String] {
    let attachment = seat.adapter.network.flatMap(source.attachment) ?? .unattached
    let mac = ["--macaddress\(slot)", "\(seat.plan.mac)".uppercased().filter { $0 != ":" }]
    switch attachment {
    case .nat(let prefix):
      return ["--nic\(slot)", "nat"] + (prefix.map { ["--natnet\(slot)", "\($0)"] } ?? []) + mac
    case .natNetwork(let name):
      return ["--nic\(slot)", "natnetwork", "--nat-network\(slot)", name] + mac
    case .internal(let name): return ["--nic\(slot)", "intnet", "--intnet\(slot)", name] + mac
    case .hostOnlyInterface, .hostOnlyNetwork, .bridged, .unattached:
      return ["--nic\(slot)", "null"] + mac
    }
  }

  /// Whether one of the VM's prefixes overlaps 10.0.2.0/24, that of Vagrant's adapter 1.
  private var overlapsManagement: Bool {
    let management = IPv4Prefix(containing: IPv4Address(bits: 10 << 24 | 2 << 8), length: 24)
    return seats.contains { seat in
      guard slot(of: seat) > 1, let prefix = seat.networkPlan?.ipv4?.prefix else { return false }
      return prefix.overlaps(management)
    }
  }

  /// Addresses of adapters that Vagrant does not know, written down inside Linux guests.
  private var provision: [String] {
    guard machine.operatingSystem == .linux else { return [] }
    let interfaces = guestInterfaces(seats, of: machine).filter {
      slot(of: $0.seat) > 1 && network($0.seat) == nil
    }
    guard !interfaces.isEmpty else { return [] }
    let document = YAMLText.map([("network", .map(NetplanDocument(interfaces: interfaces).members))]
    )
    let lines = document.document.split(separator: "\n").map(String.init)
    let file = "/etc/netplan/60-labplan.yaml"
    let script = [
      "umask 077", BashCommand("printf", ["%s\\n"] + lines).text + " >\(file)", "netplan apply",
    ]
    return [
      RubyCall(
        method: "machine.vm.provision", values: [.text("shell")],
        named: [("inline", .text(script.joined(separator: "\n")))]
      ).text
    ]
  }
}
