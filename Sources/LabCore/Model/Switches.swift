/// By network: the first network of the same switch by name, one that owns the switch before those
/// that only join it by its name; not by place in the document, so that reordering changes nothing.
func switches(of networks: [Network]) -> [Int] {
  var first: [SwitchName: Int] = [:]
  func isFirst(_ index: Int, _ other: Int) -> Bool {
    let isOwner = networks[index].profile.switchSpace?.isOwner
    guard isOwner == networks[other].profile.switchSpace?.isOwner else { return isOwner ?? false }
    return networks[index].name < networks[other].name
  }
  let names = networks.map { SwitchName($0.profile, $0.hypervisorName, vlan: $0.vlan) }
  for index in networks.indices {
    guard let name = names[index] else { continue }
    if let known = first[name], isFirst(known, index) { continue }
    first[name] = index
  }
  return networks.indices.map { index in names[index].flatMap { first[$0] } ?? index }
}

/// What a hypervisor tells switches apart by.
struct SwitchName: Hashable {
  private let space: String
  private let name: String
  private let vlan: Int?

  /// Nil for a network that is no switch of a name.
  init?(_ profile: ModeProfile, _ name: String, vlan: Int? = nil) {
    guard let space = profile.switchSpace else { return nil }
    self.space = space.name
    self.name = name
    self.vlan = vlan
  }
}
