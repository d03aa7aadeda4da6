/// What the parts of a fabric are called in answers.
struct FabricNames {
  let lab: Lab
  let fabric: Fabric
  private let standIns: Set<AddressBits>

  init(lab: Lab, fabric: Fabric) {
    self.lab = lab
    self.fabric = fabric
    standIns = Set(fabric.interfaces.lazy.filter(\.isStandIn).map(\.address))
  }

  /// An address, unless it stands in for one that is not known before boot.
  func shown(_ address: AddressBits) -> String? {
    standIns.contains(address) ? nil : fabric.family.text(of: address)
  }

  /// A node as paths name it. The colon keeps routers apart from VMs, whose names have none.
  func node(_ node: Int) -> String {
    switch fabric.nodes[node].kind {
    case .machine(let index): lab.machines[index].name.text
    case .host: "host"
    case .lanPeer: "lan"
    case .internet: "internet"
    case .site: siteName
    case .lanRouter: "router:lan"
    case .siteRouter: "router:site"
    case .natRouter(let router): "router:\(lab.networks[router.network].name)"
    }
  }

  /// A node as sentences name it.
  func spokenNode(_ node: Int) -> String {
    switch fabric.nodes[node].kind {
    case .machine(let index): lab.machines[index].name.text
    case .host: "the host"
    case .lanPeer: "the LAN machine"
    case .internet: "the internet"
    case .site: "the site's machine"
    case .lanRouter: "the LAN's router"
    case .siteRouter: "the router to the site"
    case .natRouter(let router):
      router.guest.map { "the NAT router of \(lab.machines[$0.machine].name)" }
        ?? "the router of \"\(lab.networks[router.network].name)\""
    }
  }

  /// The network of an interface.
  func segment(of interface: Int) -> String {
    switch fabric.segments[fabric.interfaces[interface].segment].kind {
    case .network(let network): lab.networks[network].name.text
    case .privateNAT(let network, _): lab.networks[network].name.text
    case .lan: lab.networks.first(where: \.isOnUntaggedLAN)?.name.text ?? "lan"
    case .vlan(let number): nameOfVLAN(number)
    case .internet: "internet"
    case .site: siteName
    case .inner(let machine): lab.machines[machine].name.text
    }
  }

  private func nameOfVLAN(_ number: Int) -> String {
    lab.networks.first { $0.profile.segment == .uplink && $0.vlan == number }?.name.text
      ?? "vlan\(number)"
  }

  /// The network of an interface as sentences name it.
  func spokenSegment(of interface: Int) -> String {
    switch fabric.segments[fabric.interfaces[interface].segment].kind {
    case .network(let index):
      "the \(lab.networks[index].mode.noun) \"\(lab.networks[index].name)\""
    case .privateNAT(let index, _): "NAT (\"\(lab.networks[index].name)\")"
    case .lan: "the LAN"
    case .vlan(let number): "VLAN \(number) of the LAN"
    case .internet: "the internet"
    case .site: "the site"
    case .inner(let machine): "a network within \(lab.machines[machine].name)"
    }
  }
}
