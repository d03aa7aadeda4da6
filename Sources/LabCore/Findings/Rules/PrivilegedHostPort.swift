extension FindingRule {
  /// A port forward wants a port of the host below 1024.
  ///
  /// VirtualBox does not run as root. Linux lets nobody else have such a port; macOS does since
  /// 10.14, but not on a single address; Windows does, where none of its services is there first.
  ///
  /// Error on Linux, error on macOS where the forward names a host address, info on Windows. The fix
  /// takes the next free port: from 2200 on for SSH, from 8443 on for HTTPS, else from 8080 on.
  ///
  /// Source: VirtualBox manual section 6.3.3; zameermanji.com, "binding to privileged ports on
  /// macOS without root".
  static let privilegedHostPort = FindingRule("privileged-host-port") { survey, report in
    let system = survey.lab.host.operatingSystem
    for listener in hostListeners(of: survey.lab) where listener.forward.hostPort < 1024 {
      guard system != .macos || listener.boundAddress != nil else { continue }
      let pointer = survey.pointer(forward: listener.index)["host_port"]
      let port = report.unused.nextHostPort(
        guestPort: listener.forward.guestPort, after: listener.forward.hostPort)
      report.add(
        system == .windows ? .info : .error, at: pointer, refusal(listener, system),
        fix: port.map { [.replace(pointer, .integer($0))] } ?? [])
    }
  }
}

private func refusal(_ listener: HostListener, _ system: Host.OperatingSystem) -> String {
  let port = "host port \(listener.forward.hostPort)"
  return switch system {
  case .linux, .esxi, .xcpNG: "\(port) is below 1024, which Linux keeps for root"
  case .macos: "\(port) is below 1024, which macOS keeps for root on a single address"
  case .windows: "\(port) is below 1024, where services of Windows may listen already"
  }
}
