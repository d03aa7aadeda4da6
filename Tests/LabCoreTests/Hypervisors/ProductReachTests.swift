import Testing

@testable import LabCore

/// The rows of `ProductReachRows`, each a lab of two VMs.
@Suite struct ProductReachTests {
  struct Row: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let product: Hypervisor.Product
    let source: Place
    let target: Place
    let circumstances: Set<String>
    let outcome: String
  }

  /// A mode and its variant, or an endpoint.
  struct Place: Sendable {
    let mode: NetworkMode?
    let variant: String?
    let endpoint: String

    init(_ text: Substring) {
      let parts = text.split(separator: "/").map(String.init)
      mode = NetworkMode(rawValue: parts[0])
      variant = parts.count > 1 ? parts[1] : nil
      endpoint = parts[0]
    }
  }

  static let rows: [Row] = ProductReachRows.text.split(separator: "\n").map { line in
    let halves = line.split(separator: " = ")
    let words = halves[0].split(separator: " ").map { $0.filter { !"():".contains($0) } }
    return Row(
      testDescription: String(line), product: Hypervisor.Product(rawValue: words[0])!,
      source: Place(Substring(words[1])), target: Place(Substring(words[3])),
      circumstances: Set(words.dropFirst(4)), outcome: String(halves[1]))
  }

  @Test(arguments: rows) func holds(row: Row) throws {
    let lab = try TestLab(draft(row))
    let query = ConnectivityQuery(family: row.circumstances.contains("ipv6") ? .ipv6 : .ipv4)
    let source = row.source.mode == nil ? row.source.endpoint : "source"
    let target = row.target.mode == nil ? row.target.endpoint : "target"
    let outcome = try #require(lab.outcome(source, target, query))
    let word = outcome.isReachable ? outcome.name : "blocked"
    #expect(word == row.outcome, "\(outcome): \(lab.explain(source, target, query)!.explanation)")
    #expect(lab.explain(source, target, query)?.outcome == outcome)
  }

  private func draft(_ row: Row) -> LabDraft {
    var uplink = Uplink.example
    uplink.ipv6 = try! InterfaceAddress(parsing: "2001:db8:1::20/64")
    uplink.gateway6 = try! IPv6Address(parsing: "2001:db8:1::1")
    if row.circumstances.contains("host-in-vlan") {
      uplink.vlans = [
        UplinkVLAN(id: 10, ipv4: try! InterfaceAddress(parsing: "192.168.10.20/24"))
      ]
    }
    let isSame = row.circumstances.contains("same")
    var draft = LabDraft(
      name: label("rows"), hypervisor: HypervisorDraft(product: row.product),
      host: HostDraft(uplink: uplink))
    draft.networks = [network("a", 1, row.source, row), network("b", 2, row.target, row)]
      .compactMap { $0 }
    if isSame { draft.networks.removeLast() }
    if row.product.facts.forwarding == .asNeeded {
      // What was measured had a network of each kind, so that the host routed.
      draft.networks.append(.of("spare", .natNetwork))
    }
    if row.source.mode != nil { draft.vms.append(machine("source", "a")) }
    if row.target.mode != nil { draft.vms.append(machine("target", isSame ? "a" : "b")) }
    if row.circumstances.contains("forward") {
      let bound = row.circumstances.contains("on-loopback") ? "127.0.0.1" : nil
      draft.portForwards = [.tcp(2222, to: "target", 8000, on: bound)]
    }
    return draft
  }

  private func machine(_ name: String, _ network: String) -> VirtualMachineDraft {
    VirtualMachineDraft(
      name: label(name), adapters: [AdapterDraft(network: label(network))])
  }

  private func network(_ name: String, _ number: Int, _ place: Place, _ row: Row) -> NetworkDraft? {
    guard let mode = place.mode else { return nil }
    var network = NetworkDraft.of(name, mode)
    network.variant = place.variant
    let form = ProductProfile(Hypervisor(product: row.product), on: .linux)
      .profile(of: network)
    guard form?.host.isOnSwitch == true else {
      if row.circumstances.contains("vlans-10-20") { network.vlan = 10 * number }
      if row.circumstances.contains("vlan-10"), number == 1 || row.source.mode == nil {
        network.vlan = 10
      }
      return network
    }
    if row.circumstances.contains("announced") { network.announced = true }
    if row.circumstances.contains("ipv6") {
      network.ipv6 = try! IPv6Prefix(parsing: "fd00:\(number)::/64")
    }
    if row.circumstances.contains("gateway"), mode == .hostOnly {
      network.ipv4 = prefix4("10.77.\(number).0/24")
      network.gateway = .address(address4("10.77.\(number).1"))
    }
    return network
  }
}
