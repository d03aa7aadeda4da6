/// A port forward for which a socket of the host listens.
struct HostListener {
  /// By index in `Lab.portForwards`.
  let index: Int
  let forward: PortForward

  /// Nil for all of the host's addresses.
  var boundAddress: IPv4Address? {
    forward.hostAddress.flatMap { $0.isUnspecified ? nil : $0 }
  }

  /// What two listeners need to share to clash.
  var port: HostPort { HostPort(transport: forward.transport, number: forward.hostPort) }

  /// Whether both listen on one address of the host.
  func clashes(with other: HostListener) -> Bool {
    guard let mine = boundAddress, let theirs = other.boundAddress else { return true }
    return mine == theirs
  }
}

/// A port of the host.
struct HostPort: Hashable {
  let transport: PortForward.Transport
  let number: Int
}

/// The port forwards of a lab that lead behind a NAT, in document order; products ignore others.
func hostListeners(of lab: Lab) -> [HostListener] {
  lab.portForwards.enumerated().compactMap { index, forward in
    guard let adapter = forward.adapter,
      let network = lab.machines[forward.machine].adapters[adapter].network,
      lab.networks[lab.switches[network]].profile.forwards != .nobody
    else { return nil }
    return HostListener(index: index, forward: forward)
  }
}
