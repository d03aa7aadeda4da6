import TestSupport
@testable import LabCore

extension RiskyLab {
  /// The same with VMs that route, serve and translate, copies, and networks within VMs.
  mutating func draftWithRoles() -> LabDraft {
    var draft = draft()
    guard !draft.vms.isEmpty, !draft.networks.isEmpty else { return draft }
    for _ in 0..<Int.random(in: 1...8, using: &source.random) {
      var changed = draft
      addRole(&changed)
      if case .success = resolve(changed) { draft = changed }
    }
    return draft
  }

  private mutating func addRole(_ draft: inout LabDraft) {
    let network = draft.networks.randomIndex(&source.random)
    let machine = draft.vms.randomIndex(&source.random)
    let name = draft.vms[machine].name ?? label("none")
    switch Int.random(in: 0..<8, using: &source.random) {
    case 0: draft.networks[network].gateway = .machine(name)
    case 1: draft.networks[network].dhcp = .served(by: name, first: nil, last: nil)
    case 2:
      let address = draft.networks[network].ipv4?.address(at: anOffset())
      draft.networks[network].hostAddress = address.map(HostAddress.address) ?? .absent
    case 3: draft.vms[machine].copyOf = label("base")
    case 4:
      draft.vms[machine].inside.append(InnerNetworkDraft(prefix: .ipv4(somePrefix())))
    case 5: draft.host?.masquerade = true
    default: changeAdapter(of: machine, &draft)
    }
  }

  private mutating func changeAdapter(of machine: Int, _ draft: inout LabDraft) {
    guard !draft.vms[machine].adapters.isEmpty else { return }
    let index = draft.vms[machine].adapters.randomIndex(&source.random)
    let network = draft.networks.first { $0.name == draft.vms[machine].adapters[index].network }
    guard source.random.oneIn(2), let address = network?.ipv4?.address(at: anOffset()) else {
      draft.vms[machine].adapters[index].masquerade = true
      return
    }
    let mac = source.random.oneIn(2) ? MACAddress(bits: 0x0000_5e00_012a) : nil
    draft.vms[machine].adapters[index].secondary.append(
      SecondaryAddressDraft(address: address, mac: mac))
  }
}
