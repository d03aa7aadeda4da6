public import LabCore

/// Something about a lab that a format cannot say, or that a person still has to do.
public struct ExportWarning: Hashable, Sendable {
  /// What kind; stable, for programs.
  public enum Code: String, CaseIterable, Hashable, Sendable {
    /// The address is not given by the hypervisor: somebody types it in the guest.
    case configureInGuest = "configure-in-guest"
    /// The VM gets no disk.
    case noDisk = "no-disk"
    /// The format has no word for it; it is left out.
    case notSaid = "not-said"
    /// Text that the format cannot say safely; it is left out.
    case unsafeText = "unsafe-text"
    /// The file is for another operating system than the host's.
    case otherShell = "other-shell"
    /// Nobody can know the address before the VM runs.
    case unknownAddress = "unknown-address"
    /// The host reaches no port of the VM through which it could be managed.
    case unreachable
    /// Vagrant's own NAT adapter takes slot 1.
    case managementAdapter = "vagrant-management-adapter"
    /// The document names no box, so one was chosen by operating system.
    case boxChosen = "box-chosen"
  }

  /// Where in the document.
  public let pointer: JSONPointer
  /// What kind.
  public let code: Code
  /// The sentence for a person.
  public let detail: String

  /// A warning about a place.
  init(_ code: Code, at pointer: JSONPointer, _ detail: String) {
    self.code = code
    self.pointer = pointer
    self.detail = detail
  }
}
