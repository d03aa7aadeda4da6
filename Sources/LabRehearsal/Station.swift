/// Who dials and is dialled: a row or a column of what is measured.
public enum Station: Hashable, Sendable {
  /// A VM, by index in `Lab.machines`.
  case machine(Int)
  /// The machine that runs the hypervisor.
  case host
  /// Another machine on the LAN.
  case lan
  /// A machine behind a router of the LAN.
  case site
  /// A machine out there.
  case internet
}
