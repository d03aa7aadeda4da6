import LabCore

/// A lab of many VMs on networks of all modes, one to three adapters each, the same every time.
func benchLab(machines: Int, networks: Int) throws -> LabDraft {
  var state: UInt64 = 0x1ab9_1a40
  func next(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % bound
  }
  // VirtualBox has no routed networks.
  let modes = NetworkMode.allCases.filter { $0 != .routed }
  var draft = LabDraft(name: try DNSLabel(parsing: "bench"))
  draft.host = HostDraft(
    uplink: Uplink(
      ipv4: try InterfaceAddress(parsing: "172.16.0.2/16"),
      gateway: try IPv4Address(parsing: "172.16.0.1")))
  for index in 0..<networks {
    var network = NetworkDraft(
      name: try DNSLabel(parsing: "net-\(index)"), mode: modes[index % modes.count])
    network.size = machines * 2 / networks + 1
    draft.networks.append(network)
  }
  for index in 0..<machines {
    var adapters: [AdapterDraft] = []
    for _ in 0...next(3) {
      adapters.append(AdapterDraft(network: draft.networks[next(networks)].name))
    }
    draft.vms.append(
      VirtualMachineDraft(
        name: try DNSLabel(parsing: "vm-\(index)"), os: .linux, adapters: adapters))
  }
  for index in 0..<machines / 20 {
    draft.portForwards.append(
      PortForwardDraft(
        hostPort: 2200 + index, vm: draft.vms[next(machines)].name, guestPort: 22))
  }
  return draft
}
