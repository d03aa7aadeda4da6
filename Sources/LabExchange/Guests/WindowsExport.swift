import LabCore

extension ExportFormat {
  /// A PowerShell script for each Windows VM.
  static let windows = ExportFormat(
    name: "windows", summary: "Addresses and routes of Windows VMs, as PowerShell scripts.",
    mediaType: "application/zip", files: .several, checkedWith: "a lexer of PowerShell's quotes"
  ) { source in
    guestFiles(of: source, for: [.windows]) { machine, interfaces in
      var lines = source.header([]).map { "# \($0)" }
      lines += [
        "# Run as administrator in \(machine.name). Running it again changes nothing.",
        "# Windows answers no ping by default; this lets it:",
        "#   Set-NetFirewallRule -Name FPS-ICMP4-ERQ-In -Enabled True -Profile Any", "",
        "Set-StrictMode -Version 3", "$ErrorActionPreference = 'Stop'", "",
        "Rename-Computer -NewName \(powerShellWord(machine.name.text)) -ErrorAction Continue"
          .guarded(by: "$env:COMPUTERNAME -ne \(powerShellWord(machine.name.text))"),
      ]
      lines += interfaces.flatMap(adapterLines)
      // Windows PowerShell 5.1 reads UTF-8 only behind a byte order mark.
      let text = "\u{FEFF}" + lines.map { "\($0)\r\n" }.joined()
      return [ExportFile("\(machine.name).ps1", "text/x-powershell", text)]
    }
  }
}

private func adapterLines(_ interface: GuestInterface) -> [String] {
  let mac = "\(interface.seat.plan.mac)".uppercased().map { $0 == ":" ? "-" : "\($0)" }.joined()
  let alias = powerShellWord(interface.name)
  var lines = [
    "", "$adapter = Get-NetAdapter | Where-Object MacAddress -eq \(powerShellWord(mac))",
    "if (-not $adapter) { throw \(powerShellWord("no adapter has the address \(mac)")) }",
    "Rename-NetAdapter -InputObject $adapter -NewName \(alias)"
      .guarded(by: "$adapter.Name -ne \(alias)"),
  ]
  switch interface.ipv4 {
  case .typed(let address): lines += typedLines(address, interface, alias)
  case .dhcp:
    lines.append("Set-NetIPInterface -InterfaceAlias \(alias) -AddressFamily IPv4 -Dhcp Enabled")
    if !interface.takesRoutesFromDHCP {
      lines.append(
        "Set-NetIPInterface -InterfaceAlias \(alias) -AddressFamily IPv4"
          + " -IgnoreDefaultRoutes Enabled"
      )
    }
  case .linkLocal, .none: break
  }
  if let ipv6 = interface.ipv6 { lines += addressLines(ipv6, alias, family: "IPv6") }
  if let gateway = interface.defaultRoute?.gateway {
    lines.append(routeLine("0.0.0.0/0", via: "\(gateway)", alias))
  }
  if let gateway = interface.defaultRoute6 {
    lines.append(routeLine("::/0", via: "\(gateway)", alias))
  }
  return lines
    + interface.routes.map { route in
      switch route {
      case .ipv4(let to, let via): routeLine("\(to)", via: "\(via)", alias)
      case .ipv6(let to, let via): routeLine("\(to)", via: "\(via)", alias)
      }
    }
}

private func typedLines(
  _ address: String, _ interface: GuestInterface, _ alias: String
) -> [String] {
  ["Set-NetIPInterface -InterfaceAlias \(alias) -AddressFamily IPv4 -Dhcp Disabled"]
    + addressLines(address, alias, family: "IPv4")
}

/// The address, and no other of its family that somebody typed before.
private func addressLines(_ address: String, _ alias: String, family: StaticString) -> [String] {
  let parts = address.split(separator: "/").map(String.init)
  guard parts.count == 2 else { return [] }
  let word = powerShellWord(parts[0])
  return [
    "Get-NetIPAddress -InterfaceAlias \(alias) -AddressFamily \(family) -PrefixOrigin Manual"
      + " -ErrorAction SilentlyContinue | Where-Object IPAddress -ne \(word)"
      + " | Remove-NetIPAddress -Confirm:$false",
    ("New-NetIPAddress -InterfaceAlias \(alias) -IPAddress \(word)"
      + " -PrefixLength \(parts[1]) | Out-Null")
      .guarded(
        by: "-not (Get-NetIPAddress -InterfaceAlias \(alias) -IPAddress \(word)"
          + " -ErrorAction SilentlyContinue)"),
  ]
}

private func routeLine(_ prefix: String, via gateway: String, _ alias: String) -> String {
  let (prefix, gateway) = (powerShellWord(prefix), powerShellWord(gateway))
  let command =
    "New-NetRoute -DestinationPrefix \(prefix) -InterfaceAlias \(alias)"
    + " -NextHop \(gateway) | Out-Null"
  return command.guarded(
    by: "-not (Get-NetRoute -DestinationPrefix \(prefix) -InterfaceAlias \(alias)"
      + " -NextHop \(gateway) -ErrorAction SilentlyContinue)")
}

extension String {
  /// A command that runs only where it has something to do.
  fileprivate func guarded(by condition: String) -> String { "if (\(condition)) { \(self) }" }
}
