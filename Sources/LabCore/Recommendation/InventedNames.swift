extension ModeProfile {
  /// What a person would call a network of the mode: `lab`, then `lab-2` and so on.
  func inventedName(_ number: Int) -> DNSLabel? {
    let name =
      switch segment {
      case .uplink: "lan"
      case .adapter: "internet"
      case .network where isSharedBehindNAT: "shared"
      case .network where host.isOnSwitch: "management"
      case .network: "lab"
      }
    return try? DNSLabel(parsing: number == 1 ? name : "\(name)-\(number)")
  }
}
