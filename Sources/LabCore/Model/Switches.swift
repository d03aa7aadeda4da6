/// By network: the first network of the same switch by name, a NAT network before the internal
/// ones that join it by its name; not by place in the document, so that reordering changes nothing.
func switches(of networks: [Network]) -> [Int] {
  struct Switch: Hashable {
    let isHostOnly: Bool
    let name: String
  }
  var first: [Switch: Int] = [:]
  func key(_ network: Network) -> Switch? {
    switch network.mode {
    case .nat, .bridged: nil
    case .natNetwork, .internal: Switch(isHostOnly: false, name: network.hypervisorName)
    case .hostOnly: Switch(isHostOnly: true, name: network.hypervisorName)
    }
  }
  func isFirst(_ index: Int, _ other: Int) -> Bool {
    let isNATNetwork = networks[index].mode == .natNetwork
    guard isNATNetwork == (networks[other].mode == .natNetwork) else { return isNATNetwork }
    return networks[index].name < networks[other].name
  }
  for index in networks.indices {
    guard let key = key(networks[index]) else { continue }
    if let known = first[key], isFirst(known, index) { continue }
    first[key] = index
  }
  return networks.indices.map { index in key(networks[index]).flatMap { first[$0] } ?? index }
}
