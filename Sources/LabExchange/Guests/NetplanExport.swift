import LabCore

extension ExportFormat {
  /// A file for `/etc/netplan` of each Linux VM.
  static let netplan = ExportFormat(
    name: "netplan", summary: "Addresses and routes of Linux VMs, for /etc/netplan.",
    mediaType: "application/zip", files: .several, checkedWith: "netplan generate"
  ) { source in
    guestFiles(of: source, for: [.linux]) { machine, interfaces in
      let document = NetplanDocument(interfaces: interfaces)
      let text = YAMLText.map([("network", .map(document.members))]).document
      // netplan warns of files that others may read: they may have passwords of wireless LANs.
      return [
        ExportFile(
          "\(machine.name).yaml", "application/yaml", guestHeader(source, interfaces) + text,
          isPrivate: true)
      ]
    }
  }

  /// NoCloud's three files for each Linux VM (https://cloudinit.readthedocs.io, "NoCloud").
  static let cloudInit = ExportFormat(
    name: "cloud-init",
    summary: "First boot of Linux VMs: a folder each for a NoCloud volume labelled cidata.",
    mediaType: "application/zip", files: .several, checkedWith: "netplan generate and a YAML reader"
  ) { source in
    guestFiles(of: source, for: [.linux]) { machine, interfaces in
      let metaData = YAMLText.map([
        ("instance-id", .text("\(source.lab.name)-\(machine.name)-r\(source.revision)")),
        ("local-hostname", .text(machine.name.text)),
      ])
      let networkConfig = YAMLText.map(NetplanDocument(interfaces: interfaces).members)
      let header = guestHeader(source, interfaces)
      return [
        ExportFile("\(machine.name)/meta-data", "application/yaml", metaData.document),
        ExportFile(
          "\(machine.name)/user-data", "text/cloud-config",
          "#cloud-config\n" + userData(of: machine).document),
        ExportFile(
          "\(machine.name)/network-config", "application/yaml", header + networkConfig.document),
      ]
    }
  }
}

private func userData(of machine: VirtualMachine) -> YAMLText {
  var members: [(key: YAMLKey, value: YAMLText)] = [("hostname", .text(machine.name.text))]
  if machine.forwards {
    let settings = "net.ipv4.ip_forward=1\nnet.ipv6.conf.all.forwarding=1\n"
    members += [
      (
        "write_files",
        .block([
          .map([
            ("path", .text("/etc/sysctl.d/90-labplan-forwarding.conf")),
            ("content", .text(settings)),
          ])
        ])
      ),
      ("runcmd", .block([.list([.text("sysctl"), .text("--system")])])),
    ]
  }
  return .map(members)
}

/// What VirtualBox's adapters are called in a guest that names them by place.
private func guestHeader(_ source: ExportSource, _ interfaces: [GuestInterface]) -> String {
  let names = interfaces.map { "\($0.name) is adapter \($0.seat.adapter.slot)" }
  let adapters = names.isEmpty ? [] : ["\(names.joined(separator: ", "))."]
  let machine = interfaces.first?.seat.machine
  let forwarding =
    machine?.forwards == true
    ? ["This VM routes: set net.ipv4.ip_forward=1 in /etc/sysctl.d."] : []
  return (source.header([]) + adapters + forwarding).map { "# \($0)\n" }.joined()
}

/// Files for the guests of some operating systems, and what to type into the others.
func guestFiles(
  of source: ExportSource, for systems: Set<VirtualMachine.OperatingSystem>,
  _ write: (VirtualMachine, [GuestInterface]) -> [ExportFile]
) -> ExportFormat.Draft {
  var draft = ExportFormat.Draft()
  for (index, machine, seats) in source.machines {
    let interfaces = guestInterfaces(seats, of: machine)
    if systems.contains(machine.operatingSystem) {
      draft.files += write(machine, interfaces)
    } else {
      draft.warnings += handConfiguration(machine, at: index, interfaces)
    }
  }
  return draft
}
