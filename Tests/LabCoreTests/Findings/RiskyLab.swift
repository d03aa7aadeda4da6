import TestSupport

@testable import LabCore

/// Takes random labs and puts into them what people put into theirs, right and wrong; what no
/// longer resolves is left out.
struct RiskyLab {
  var source: RandomLab

  init(seed: UInt64) {
    source = RandomLab(seed: seed)
  }

  mutating func draft() -> LabDraft {
    var draft = source.draft()
    for _ in 0..<Int.random(in: 0...20, using: &source.random) {
      var changed = draft
      change(&changed)
      if case .success = resolve(changed) { draft = changed }
    }
    return draft
  }

  private mutating func change(_ draft: inout LabDraft) {
    switch Int.random(in: 0..<10, using: &source.random) {
    case 0: changeHost(&draft)
    case 1, 2, 3: changeNetwork(&draft.networks[draft.networks.randomIndex(&source.random)])
    case 4, 5: changeMachine(&draft)
    case 6, 7: changeAdapter(&draft)
    case 8: draft.portForwards.append(portForward(draft))
    default: draft.requirements.append(requirement(draft))
    }
  }

  private mutating func changeHost(_ draft: inout LabDraft) {
    var host = draft.host ?? HostDraft()
    switch Int.random(in: 0..<4, using: &source.random) {
    case 0: host.os = source.random.pick([.linux, .windows, .macos])
    case 1: host.occupied.append(.ipv4(somePrefix()))
    case 2: host.uplink?.kind = source.random.pick(Uplink.Kind.allCases)
    default:
      host.uplink?.dhcp = AddressRange(
        first: address4("192.168.1.9"), last: address4("192.168.1.19"))
    }
    draft.host = host
    let versions = ["6.1.20", "7.0", "7.2.1", "7.2.5"]
    if source.random.oneIn(3) {
      draft.hypervisor = HypervisorDraft(
        version: HypervisorVersion(parsing: source.random.pick(versions)))
    }
  }

  mutating func somePrefix() -> IPv4Prefix {
    prefix4(
      source.random.pick([
        "10.0.2.0/24", "10.0.3.0/24", "10.20.0.0/16", "10.20.1.0/24", "192.168.57.0/24",
        "192.168.1.0/24", "172.17.0.0/16", "8.8.8.0/24", "192.168.0.0/16", "10.9.0.0/29",
        "192.168.122.0/24", "224.0.0.0/24", "10.0.0.0/8",
      ]))
  }

  private mutating func changeNetwork(_ network: inout NetworkDraft) {
    switch Int.random(in: 0..<8, using: &source.random) {
    case 0, 1: network.ipv4 = somePrefix()
    case 2: network.dhcp = source.random.pick([.off, .standard])
    case 3: network.dhcp = pool(in: network.ipv4 ?? prefix4("10.0.2.0/24"))
    case 4:
      let prefix = network.ipv4 ?? prefix4("10.0.2.0/24")
      network.gateway = prefix.address(at: anOffset()).map(AddressReference.address)
    case 5: network.hypervisorName = source.random.pick(["net0", "net1", "netwrok", "Net0"])
    case 6: network.size = source.random.pick([5, 300])
    default:
      network.ipv6 = try! IPv6Prefix(
        parsing: source.random.pick(["fd00::/64", "fd00::/48", "2001:470:1::/64", "fe80::/64"]))
    }
  }

  mutating func anOffset() -> Int { source.random.pick([1, 2, 3, 4, 5, 10, 100]) }

  private mutating func pool(in prefix: IPv4Prefix) -> DHCPRequest {
    .on(
      server: source.random.oneIn(2) ? prefix.address(at: anOffset()) : nil,
      first: prefix.address(at: anOffset()), last: prefix.address(at: anOffset()))
  }

  private mutating func changeMachine(_ draft: inout LabDraft) {
    let index = draft.vms.randomIndex(&source.random)
    let prefix = draft.networks.compactMap(\.ipv4).randomElement(using: &source.random)
    switch Int.random(in: 0..<5, using: &source.random) {
    case 0: draft.vms[index].gateway = prefix?.address(at: anOffset())
    case 1: draft.vms[index].forwarding = Bool.random(using: &source.random)
    case 2:
      draft.vms[index].tags.append(
        label(source.random.pick(["k8s", "proxmox", "libvirt", "client"])))
    case 3:
      draft.vms[index].routes.append(
        RouteDraft(
          to: .ipv4(somePrefix()), via: (prefix?.address(at: anOffset())).map { .ipv4($0) }))
    default:
      draft.vms[index].adapters.append(AdapterDraft(network: draft.networks.last?.name))
    }
  }

  private mutating func changeAdapter(_ draft: inout LabDraft) {
    let index = draft.vms.randomIndex(&source.random)
    guard !draft.vms[index].adapters.isEmpty else { return }
    var adapter = draft.vms[index].adapters[draft.vms[index].adapters.count - 1]
    let network = draft.networks.first { $0.name == adapter.network }
    switch Int.random(in: 0..<6, using: &source.random) {
    case 0, 1: adapter.address = (network?.ipv4 ?? somePrefix()).address(at: anOffset())
    case 2: adapter.mac = MACAddress(bits: 0x0800_27aa_0000 + UInt64(anOffset()) % 3)
    case 3: adapter.promiscuous = source.random.pick(PromiscuousPolicy.allCases)
    case 4: adapter.model = source.random.pick(AdapterModel.allCases)
    default: adapter.slot = source.random.pick([3, 6, 9])
    }
    draft.vms[index].adapters[draft.vms[index].adapters.count - 1] = adapter
  }

  private mutating func portForward(_ draft: LabDraft) -> PortForwardDraft {
    let addresses = [nil, "127.0.0.1", "0.0.0.0", "192.168.1.20", "192.168.57.1", "10.0.2.2"]
    return PortForwardDraft(
      hostAddress: source.random.pick(addresses).map(address4),
      hostPort: source.random.pick([22, 80, 2222, 8080]), vm: source.random.pick(draft.vms).name,
      guestPort: source.random.pick([22, 80]))
  }

  private mutating func requirement(_ draft: LabDraft) -> RequirementDraft {
    let ends: [EndpointSelector] =
      [.vms, .host, .lan, .internet] + draft.vms.compactMap { $0.name.map(EndpointSelector.vm) }
    let transport = source.random.pick(Requirement.Transport.allCases)
    return RequirementDraft(
      from: source.random.pick(ends), to: source.random.pick(ends), transport: transport,
      port: transport == .icmp ? nil : source.random.pick([nil, 22, 21, 80]),
      allow: source.random.pick([nil, nil, false]))
  }
}

extension Array {
  func randomIndex(_ random: inout SeededGenerator) -> Int {
    Int.random(in: indices, using: &random)
  }
}
