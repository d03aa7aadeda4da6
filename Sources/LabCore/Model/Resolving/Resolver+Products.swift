/// What a document may ask of its product's networks.
extension Resolver {
  /// What the product makes of a network; nil, and a fault, where it has no such mode, or no such
  /// form of it.
  mutating func profile(
    _ mode: NetworkMode, _ network: NetworkDraft, at pointer: JSONPointer
  ) -> ModeProfile? {
    let forms = product.forms(of: mode)
    guard let usual = forms.first else {
      report(.invalidValue, pointer["mode"], absence(of: mode))
      return nil
    }
    guard let variant = network.variant else { return usual }
    if let form = forms.first(where: { $0.variant == variant }) { return form }
    report(.invalidValue, pointer["variant"], absence(of: variant, among: forms))
    return nil
  }

  /// A sentence for a product that lacks a mode, with what comes nearest.
  private func absence(of mode: NetworkMode) -> String {
    let known = "its modes are \(listed(product.modes.map(\.mode)))"
    let nearest = mode.nearest.filter { product[$0] != nil }.prefix(2)
    let instead =
      nearest.isEmpty
      ? "" : "; nearest is \(nearest.map(\.rawValue).joined(separator: " or "))"
    let recipe = mode.needsRouter ? product.facts.recipe.map { ", or \($0)" } ?? "" : ""
    return "\(product.name) has no \(mode.noun); \(known)\(instead)\(recipe)"
  }

  private func absence(of variant: String, among forms: [ModeProfile]) -> String {
    let noun = forms.first?.mode.noun ?? "network"
    let words = forms.compactMap(\.variant)
    guard !words.isEmpty else {
      return "a \(noun) of \(product.name) has one form alone; leave variant out"
    }
    let hint =
      nearestNames(to: variant, among: words).first.map { "; did you mean \"\($0)\"?" } ?? ""
    return "\"\(variant)\" is no form of a \(noun) of \(product.name); it has "
      + "\(words.joined(separator: ", "))\(hint)"
  }

  /// `vlan` and `announced` where they mean something.
  mutating func checkSegmentKeys(
    _ network: NetworkDraft, _ profile: ModeProfile, at pointer: JSONPointer
  ) {
    if network.vlan != nil {
      let isSwitch = profile.segment != .adapter && !profile.isSharedBehindNAT
      if !product.facts.hasVLANs {
        report(
          .contradiction, pointer["vlan"], "\(product.name) has no VLANs; leave vlan out")
      } else if !isSwitch || profile.router == .host {
        report(
          .contradiction, pointer["vlan"],
          "a \(profile.mode.noun) has no VLAN; bridged, internal and host-only ones may")
      }
    }
    if network.announced == true, !profile.host.isOnSwitch {
      report(
        .contradiction, pointer["announced"],
        "the LAN's router sends nothing to a \(profile.mode.noun) by way of the host, "
          + "which has no address of its own there; leave announced out")
    }
  }

  /// The prefix of the LAN, or of one of its VLANs, where the document says it.
  func lanPrefix(ofVLAN vlan: Int?) -> IPv4Prefix? {
    guard let vlan else { return draft.host?.uplink?.ipv4?.prefix }
    return draft.host?.uplink?.vlan(vlan)?.ipv4?.prefix
  }

  mutating func checkVLANs(_ vlans: [UplinkVLAN], at pointer: JSONPointer) {
    var first: [Int: Int] = [:]
    for (index, vlan) in vlans.enumerated() {
      let place = pointer[index]
      guard let id = vlan.id else {
        report(.missing, place["id"], "the VLAN needs its number, 1 to 4094")
        continue
      }
      if let known = first[id] {
        report(
          .duplicateName, place["id"], "VLAN \(id) stands already at /host/uplink/vlans/\(known)")
      } else {
        first[id] = index
      }
      check(vlan, number: id, at: place)
    }
  }

  private mutating func check(_ vlan: UplinkVLAN, number: Int, at place: JSONPointer) {
    guard let prefix = vlan.ipv4?.prefix else { return }
    let owner = "VLAN \(number)"
    if let host = vlan.hostAddress { checkUsable(host, in: prefix, at: place["ipv4"], of: owner) }
    checkInside(vlan.gateway, prefix, place["gateway"], of: owner)
    if let gateway = vlan.gateway, gateway == vlan.hostAddress {
      report(
        .contradiction, place["gateway"],
        "\(gateway) is the host's own address; the gateway is the LAN's router")
    }
    checkInside(vlan.dhcp?.first, prefix, place["dhcp"]["first"], of: owner)
    checkInside(vlan.dhcp?.last, prefix, place["dhcp"]["last"], of: owner)
  }
}
