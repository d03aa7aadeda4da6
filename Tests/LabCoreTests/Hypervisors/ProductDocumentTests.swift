import Testing

@testable import LabCore

/// What a document may ask of its product, and what the product's name decides besides.
@Suite struct ProductDocumentTests {
  private func faults(
    _ product: Hypervisor.Product, _ network: NetworkDraft, host: HostDraft? = nil
  ) -> [String] {
    let draft = LabDraft(
      name: label("lab"), hypervisor: HypervisorDraft(product: product), host: host,
      networks: [network])
    guard case .failure(let invalid) = resolve(draft) else { return [] }
    return invalid.faults.map { "\($0.pointer): \($0.detail)" }
  }

  private func network(
    _ mode: NetworkMode, variant: String? = nil, vlan: Int? = nil, announced: Bool? = nil
  ) -> NetworkDraft {
    NetworkDraft(
      name: label("n"), mode: mode, variant: variant, vlan: vlan, announced: announced)
  }

  @Test func aWordThatTheProductLacksNamesTheNearest() {
    #expect(
      faults(.virtualbox, network(.routed)) == [
        "/networks/0/mode: VirtualBox has no routed network; its modes are nat, nat-network, "
          + "bridged, internal, host-only; nearest is nat-network or bridged"
      ])
    #expect(
      faults(.qemu, network(.natNetwork)) == [
        "/networks/0/mode: QEMU has no NAT network; its modes are nat, bridged, internal, host-only; "
          + "nearest is nat or bridged"
      ])
  }

  @Test(arguments: [Hypervisor.Product.esxi, .xcpNG])
  func whereNothingRoutesARouterVMDoes(product: Hypervisor.Product) {
    for mode in [NetworkMode.nat, .natNetwork, .routed] {
      let fault = faults(product, network(mode)).first ?? ""
      #expect(fault.contains("nearest is bridged"), "\(fault)")
      #expect(fault.contains("put a router VM between"), "\(fault)")
    }
  }

  @Test func aVariantThatTheModeLacksNamesThoseThatItHas() {
    #expect(
      faults(.libvirt, network(.bridged, variant: "macvtap-privat")) == [
        "/networks/0/variant: \"macvtap-privat\" is no form of a bridged network of libvirt; it has "
          + "bridge, macvtap-bridge, macvtap-private, macvtap-vepa; did you mean "
          + "\"macvtap-private\"?"
      ])
    #expect(
      faults(.virtualbox, network(.nat, variant: "passt")) == [
        "/networks/0/variant: a NAT network of VirtualBox has one form alone; leave variant out"
      ])
    #expect(faults(.hyperV, network(.natNetwork, variant: "netnat")).isEmpty)
  }

  @Test func vlansAreForSwitchesOfProductsThatHaveThem() {
    #expect(faults(.proxmox, network(.bridged, vlan: 10)).isEmpty)
    #expect(
      faults(.utm, network(.bridged, vlan: 10)) == [
        "/networks/0/vlan: UTM has no VLANs; leave vlan out"
      ])
    #expect(
      faults(.proxmox, network(.natNetwork, vlan: 10)) == [
        "/networks/0/vlan: a NAT network has no VLAN; bridged, internal and host-only ones may"
      ])
    let twice = HostDraft(uplink: Uplink(vlans: [UplinkVLAN(id: 7), UplinkVLAN(id: 7)]))
    #expect(
      faults(.esxi, network(.bridged), host: twice) == [
        "/host/uplink/vlans/1/id: VLAN 7 stands already at /host/uplink/vlans/0"
      ])
  }

  @Test func onlyNetworksWithTheHostAreAnnounced() {
    #expect(faults(.libvirt, network(.routed, announced: true)).isEmpty)
    #expect(
      faults(.libvirt, network(.internal, announced: true)).first?
        .hasPrefix("/networks/0/announced: the LAN's router sends nothing") == true)
  }

  @Test(arguments: Hypervisor.Product.allCases)
  func theHostIsTheFirstThatTheProductRunsOn(product: Hypervisor.Product) throws {
    let lab = try resolve(
      LabDraft(name: label("lab"), hypervisor: HypervisorDraft(product: product))
    ).get()
    #expect(lab.host.operatingSystem == product.facts.systems.first)
    #expect(lab.hypervisor.version == product.facts.assumedVersion)
    #expect(lab.product.modes.map(\.mode) == product.words)
  }

  /// Each form's word is its own, and the usual form has one where others do.
  @Test(arguments: Hypervisor.Product.allCases)
  func formsHaveWords(product: Hypervisor.Product) {
    let profile = ProductProfile(Hypervisor(product: product), on: .linux)
    for mode in product.words {
      let forms = profile.forms(of: mode)
      #expect(Set(forms.map(\.variant)).count == forms.count)
      #expect(forms.count == 1 || forms.allSatisfy { $0.variant != nil })
    }
  }
}
