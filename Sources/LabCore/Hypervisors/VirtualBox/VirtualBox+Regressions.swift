/// Something that some versions of VirtualBox do wrong on some hosts.
struct VirtualBoxRegression: Sendable {
  /// What goes wrong.
  enum Trouble: Hashable, Sendable {
    /// The network as a whole may not work.
    case network
    /// Names do not resolve.
    case names
  }

  /// What goes wrong.
  let trouble: Trouble
  /// From the first version that has it to the first that has it no longer.
  let versions: Range<HypervisorVersion>
  /// The hosts that have it.
  let hosts: Set<Host.OperatingSystem>
  /// The modes that have it.
  let modes: Set<NetworkMode>
  /// What is seen, with the version in its place.
  let symptom: @Sendable (HypervisorVersion) -> String
  /// The version that mends it, or what else helps.
  let help: String
  /// Where it is told.
  let source: String
}

extension VirtualBox {
  /// What is known to be broken. Of several of one trouble that apply, the first is told.
  static let regressions: [VirtualBoxRegression] = [
    VirtualBoxRegression(
      trouble: .network, versions: release(7, 2)..<release(7, 2, 2), hosts: [.windows],
      modes: [.natNetwork],
      symptom: { "those of VirtualBox \($0) fail on Windows until 7.2.2" }, help: "7.2.2",
      source: "VirtualBox/virtualbox#136"),
    VirtualBoxRegression(
      trouble: .network, versions: release(7, 1)..<release(7, 3), hosts: [.windows],
      modes: [.natNetwork],
      symptom: { "the Windows update KB5089466 breaks those of VirtualBox \($0)" },
      help: "without the update", source: "VirtualBox/virtualbox#680, #673"),
    VirtualBoxRegression(
      trouble: .network, versions: release(7, 2)..<release(7, 2, 2), hosts: [.macos],
      modes: [.natNetwork],
      symptom: { "those of VirtualBox \($0) fail on macOS until 7.2.2" }, help: "7.2.2",
      source: "change log of VirtualBox 7.2.2"),
    VirtualBoxRegression(
      trouble: .names, versions: release(7, 2)..<release(7, 2, 2), hosts: [.linux],
      modes: [.nat, .natNetwork],
      symptom: { "VirtualBox \($0) hands the host's resolver 127.0.0.53 to VMs" }, help: "7.2.2",
      source: "change log of VirtualBox 7.2.2"),
    VirtualBoxRegression(
      trouble: .names, versions: release(7, 2, 2)..<release(7, 2, 8), hosts: [.linux],
      modes: [.natNetwork],
      symptom: { "with VirtualBox \($0) VMs do not reach the LAN's name servers" }, help: "7.2.8",
      source: "change log of VirtualBox 7.2.8"),
  ]

  private static func release(_ major: Int, _ minor: Int, _ patch: Int = 0) -> HypervisorVersion {
    HypervisorVersion(major: major, minor: minor, patch: patch)
  }
}

extension Lab {
  /// What of a trouble the lab's version has on its host, in networks of a mode.
  func regression(_ trouble: VirtualBoxRegression.Trouble, of mode: NetworkMode)
    -> VirtualBoxRegression?
  {
    guard hypervisor.product == .virtualbox else { return nil }
    return VirtualBox.regressions.first {
      $0.trouble == trouble && $0.modes.contains(mode) && $0.hosts.contains(host.operatingSystem)
        && $0.versions.contains(hypervisor.version)
    }
  }
}
