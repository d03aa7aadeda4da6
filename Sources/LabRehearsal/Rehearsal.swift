internal import Glibc
public import LabCore

/// A lab rebuilt from Linux network namespaces, to measure with real packets who reaches whom.
///
/// Nothing here predicts: the kernel's own switches, routing tables and sockets decide, put
/// together as VirtualBox puts its parts together. ARCHITECTURE.md says what stands in for what.
/// It needs the right to make network namespaces; nothing of it has a name, touches the machine's
/// own network, or outlives the process.
public struct Rehearsal: Sendable {
  private let lab: Lab
  private let plan: AddressPlan
  private let probe: Probe
  private let family: AddressFamily

  /// A rehearsal of a lab whose addresses are planned.
  public init(
    lab: Lab, plan: AddressPlan, probe: Probe = .tcp, family: AddressFamily = .ipv4
  ) {
    self.lab = lab
    self.plan = plan
    self.probe = probe
    self.family = family
  }

  /// Why this machine cannot rehearse labs, as a sentence; nil where it can.
  ///
  /// Finds out by building everything that a rehearsal needs once, which takes a few milliseconds.
  public static func unavailableReason() -> String? {
    do {
      try onThreadOfItsOwn { () throws(RehearsalError) in try tryEverything() }
      return nil
    } catch .refused(_, EPERM) {
      return "a rehearsal makes network namespaces, which this user may not: run it as root, or "
        + "as a container's root with --privileged, or behind unshare --map-root-user --net"
    } catch {
      return "a rehearsal is not possible on this machine: \(error)"
    }
  }

  /// Builds the lab, measures it and takes it down again.
  ///
  /// `progress` is called on another thread, one call after another, before this returns.
  public func run(
    progress: @escaping @Sendable (RehearsalProgress) -> Void = { _ in }
  ) throws(RehearsalError) -> Measurement {
    try onThreadOfItsOwn { () throws(RehearsalError) in
      let run = try RehearsalRun(
        lab: lab, plan: plan, probe: probe, family: family, progress: progress)
      return try run.measure(progress: progress)
    }
  }
}

/// How far a rehearsal has come.
public enum RehearsalProgress: Hashable, Sendable {
  /// So many of the machines stand.
  case building(done: Int, of: Int)
  /// So many of the dials are done.
  case dialling(done: Int, of: Int)
}
