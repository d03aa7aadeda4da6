import LabCore

/// What a guest is told about one of its adapters.
struct GuestInterface {
  /// How an IPv4 address comes about.
  enum Addressing {
    /// Typed in the guest.
    case typed(String)
    /// From a DHCP server: VirtualBox's or the LAN's.
    case dhcp
    /// 169.254.0.0/16: the guest takes one itself.
    case linkLocal
    case none
  }

  /// A default route.
  struct DefaultRoute {
    let gateway: IPv4Address
    /// Whether the gateway is on no prefix of the adapter.
    let isOffLink: Bool
  }

  let seat: AdapterSeat
  let ipv4: Addressing
  /// The route that is written down; nil where DHCP brings it or there is none.
  let defaultRoute: DefaultRoute?
  /// Whether the default route that DHCP brings counts: one adapter's alone does.
  let takesRoutesFromDHCP: Bool
  /// Typed in the guest; nil where there is none.
  let ipv6: String?
  /// Whether router advertisements count.
  let acceptsAdvertisements: Bool
  let defaultRoute6: IPv6Address?
  /// The VM's static routes whose routers are on the adapter's links.
  let routes: [Route]

  /// `lan2` for slot 2.
  var name: String { "lan\(seat.adapter.slot)" }
}

/// A guest's adapters by slot, with one default route among them.
func guestInterfaces(_ seats: [AdapterSeat], of machine: VirtualMachine) -> [GuestInterface] {
  let attached = seats.filter { $0.network != nil }
  let main = mainSeat(of: machine, among: attached)
  let main6 = mainSeat6(of: machine, among: attached)
  return attached.map { seat in
    let isMain = seat.adapter.slot == main?.adapter.slot
    let addressing = addressing(of: seat.plan.ipv4)
    let ipv6 = seat.plan.ipv6
    return GuestInterface(
      seat: seat, ipv4: addressing,
      defaultRoute: isMain ? defaultRoute(of: machine, by: seat, addressing) : nil,
      takesRoutesFromDHCP: isMain
        && (machine.gateway == nil || machine.gateway == seat.plan.ipv4.gateway),
      ipv6: ipv6.flatMap(typedAddress), acceptsAdvertisements: ipv6?.source != .static,
      defaultRoute6: seat.adapter.slot == main6?.adapter.slot && ipv6?.source == .static
        ? machine.gateway6 ?? ipv6?.gateway : nil,
      routes: machine.routes.filter { isOnLink($0, of: seat) })
  }
}

private func addressing(of assignment: Assignment<IPv4Address>) -> GuestInterface.Addressing {
  switch assignment.source {
  case .static, .planned: typedAddress(assignment).map { .typed($0) } ?? .none
  case .reserved, .engine, .lan: .dhcp
  case .linkLocal: .linkLocal
  case .none: .none
  }
}

/// The adapter of the default route: that on whose link the VM's own router is, else the lowest
/// slot that offers one.
private func mainSeat(of machine: VirtualMachine, among seats: [AdapterSeat]) -> AdapterSeat? {
  if let gateway = machine.gateway {
    return seats.first { $0.networkPlan?.ipv4?.prefix.contains(gateway) ?? false } ?? seats.first
  }
  return seats.first { $0.plan.ipv4.gateway != nil }
}

private func mainSeat6(of machine: VirtualMachine, among seats: [AdapterSeat]) -> AdapterSeat? {
  if let gateway = machine.gateway6 {
    return seats.first { $0.networkPlan?.ipv6?.prefix.contains(gateway) ?? false }
  }
  return seats.first { $0.plan.ipv6?.gateway != nil }
}

private func defaultRoute(
  of machine: VirtualMachine, by seat: AdapterSeat, _ addressing: GuestInterface.Addressing
) -> GuestInterface.DefaultRoute? {
  guard let gateway = machine.gateway ?? seat.plan.ipv4.gateway else { return nil }
  // DHCP brings its own.
  if case .dhcp = addressing, gateway == seat.plan.ipv4.gateway { return nil }
  let isOnLink = seat.networkPlan?.ipv4?.prefix.contains(gateway) ?? false
  return GuestInterface.DefaultRoute(gateway: gateway, isOffLink: !isOnLink)
}

private func isOnLink(_ route: Route, of seat: AdapterSeat) -> Bool {
  switch route {
  case .ipv4(_, let via): seat.networkPlan?.ipv4?.prefix.contains(via) ?? false
  case .ipv6(_, let via): seat.networkPlan?.ipv6?.prefix.contains(via) ?? false
  }
}
