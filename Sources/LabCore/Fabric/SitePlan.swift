/// The prefixes behind routers of the LAN, and who stands for them.
///
/// Each router has one link behind it, a small part of the first prefix that leads to it; a machine
/// on the first such link is the endpoint `site`.
struct SitePlan<Address: FabricFamily> {
  struct Router {
    let address: Address
    /// What is routed to it.
    var prefixes: [Prefix<Address>]
    /// The link behind it; nil where its prefix has no room for two machines.
    let link: Prefix<Address>?
  }

  private(set) var routers: [Router] = []

  init(lab: Lab, plan: AddressPlan, lan: Prefix<Address>?) {
    guard let lan else { return }
    let taken = [lan] + FabricCompiler<Address>.networkPrefixes(lab: lab, plan: plan)
    let machines = Set(
      plan.adapters.joined().compactMap { Address.assignment($0)?.address })
    for (prefix, router) in lab.host.siteRoutes.compactMap(Address.route) {
      if let known = routers.firstIndex(where: { $0.address == router }) {
        routers[known].prefixes.append(prefix)
      } else {
        // Behind a VM are the lab's own networks.
        let link = machines.contains(router) ? nil : Self.link(in: prefix, beside: taken)
        routers.append(Router(address: router, prefixes: [prefix], link: link))
      }
    }
  }

  /// A small part of a prefix that nothing else uses, or its first.
  private static func link(
    in whole: Prefix<Address>, beside taken: [Prefix<Address>]
  ) -> Prefix<Address>? {
    let length = max(whole.length, Address.family == .ipv4 ? 24 : 64)
    guard length < Address.Bits.bitWidth - 1 else { return nil }
    let first = Prefix(containing: whole.network, length: length)
    var candidate = first
    for _ in 0...taken.count {
      guard let other = taken.first(where: { $0.overlaps(candidate) }) else { return candidate }
      let wider = other.length < length ? other : candidate
      let (next, overflow) = wider.last.bits.addingReportingOverflow(1)
      guard !overflow, whole.contains(Address(bits: next)) else { return first }
      candidate = Prefix(containing: Address(bits: next), length: length)
    }
    return first
  }
}
