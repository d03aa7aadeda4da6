/// Who reaches whom in a candidate, without building it.
///
/// This only orders and prunes: every candidate that counts is judged by the fabric, and where the
/// fabric says otherwise nothing is claimed to be proven.
struct ReachRules {
  let hasInternet: Bool
  /// Whether a guest of NAT reaches the host's loopback at its router's address.
  let natReachesLoopback: Bool
  /// Whether the first host-only network has a DHCP server that knows reservations.
  let hostOnlyHasReservations: Bool

  init(_ lab: Lab) {
    hasInternet = lab.host.hasInternet
    natReachesLoopback = lab.product.privateNAT.first?.router.engine?.loopback.access == .open
    hostOnlyHasReservations = Self.plansReservations(lab)
  }

  /// Asks the planner.
  private static func plansReservations(_ lab: Lab) -> Bool {
    var draft = lab.draft
    guard let profile = lab.product.withHost.first, let name = profile.inventedName(1),
      !draft.vms.isEmpty
    else { return false }
    draft.networks = [NetworkDraft(name: name, mode: profile.mode)]
    draft.vms = [VirtualMachineDraft(name: draft.vms[0].name)]
    draft.vms[0].adapters = [AdapterDraft(network: name)]
    draft.portForwards = []
    draft.requirements = []
    draft.constraints = Constraints()
    guard case .success(let probe) = resolve(draft) else { return false }
    return assignAddresses(in: probe).adapters.joined().first?.ipv4.source == .reserved
  }

  // MARK: Between VMs

  /// Whether every port of the target is reached.
  ///
  /// - Parameter routes: whether the routers of two networks lead from one to the other.
  func isOpen(
    _ source: Attachment, _ target: Attachment, routes: (UInt64, UInt64) -> Bool
  ) -> Bool {
    if source.networks & target.networks != 0 { return true }
    if source.isTranslated && target.isOpenToHost { return true }
    if case .router(let there) = source.egress, case .router(let back) = target.egress {
      return routes(there, back)
    }
    return false
  }

  /// The target's services that forwards carry from the source, by bit.
  func forwarded(_ source: Attachment, _ target: Attachment) -> UInt64 {
    var services: UInt64 = 0
    if source.isTranslated || source.isOpenToHost { services |= target.openForwards }
    if reachesLoopback(source) { services |= target.openForwards | target.loopbackForwards }
    return services
  }

  /// Whether a VM can dial the host's loopback.
  private func reachesLoopback(_ source: Attachment) -> Bool {
    source.isOnNATNetwork || source.isOnNAT && natReachesLoopback
  }

  // MARK: Between a VM and what is outside of the lab

  /// What the pairs of a VM with the host, the LAN and the internet add to the exposure; nil where
  /// a requirement is not met.
  func exposureOutside(
    of machine: Int, _ role: Role, _ question: RecommendationQuestion
  ) -> Int? {
    let (host, lan, internet) = (question.host, question.lan, question.internet)
    guard
      let toHost = question[machine, host].exposure(
        open: role.reachesHost, forwarded: 0),
      let fromHost = question[host, machine].exposure(
        open: role.isOpenToHost, forwarded: role.openForwards | role.loopbackForwards),
      let toLAN = question[machine, lan].exposure(
        open: role.isBridged || role.isTranslated, forwarded: 0),
      let fromLAN = question[lan, machine].exposure(
        open: role.isBridged, forwarded: role.openForwards),
      let toInternet = question[machine, internet].exposure(
        open: hasInternet && (role.isTranslated || role.isBridged), forwarded: 0),
      let fromInternet = question[internet, machine].exposure(open: false, forwarded: 0)
    else { return nil }
    return toHost + fromHost + toLAN + fromLAN + toInternet + fromInternet
  }
}
