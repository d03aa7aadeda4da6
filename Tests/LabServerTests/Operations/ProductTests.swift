import LabCore
import LabFormats
import Testing

/// `GET /v1/modes` of each product, and `GET /v1/products`.
@Suite struct ProductTests {
  @Test func aModeThatAProductHasIsToldInItsOwnWords() throws {
    let service = try RunningService()
    let answer = try service.get("/v1/modes?product=libvirt&version=9.0").json
    #expect(answer["hypervisor"]?["product"].text == "libvirt")
    let shared = try #require(answer["modes"]?.elements.first { $0["mode"].text == "nat-network" })
    #expect(shared["native"]?["config"].text == "<forward mode='nat'/>")
    #expect(shared["evidence"].text == "measured")
    #expect(shared["forwards"]?["from"]?.elements.isEmpty == true)
    let differs = shared["differs"]?.elements.map { Optional($0).text } ?? []
    #expect(differs.contains("the host is on the network: host to VM is direct"))
    let bridged = try #require(answer["modes"]?.elements.first { $0["mode"].text == "bridged" })
    #expect(
      bridged["variants"]?.elements.map { $0["variant"].text }
        == ["bridge", "macvtap-bridge", "macvtap-private", "macvtap-vepa"])
  }

  @Test func aModeThatAProductLacksNamesWhatDoesInItsPlace() throws {
    let service = try RunningService()
    let modes = try service.get("/v1/modes?product=esxi").json["modes"]?.elements ?? []
    let shared = try #require(modes.first { $0["mode"].text == "nat-network" })
    #expect(shared["supported"]?.value == .bool(false))
    #expect(shared["because"].text == "ESXi has no NAT network.")
    #expect(shared["instead"]?.elements.map { Optional($0).text } == ["bridged", "router-vm"])
  }

  @Test(arguments: Hypervisor.Product.allCases)
  func everyProductAnswersWithItsModes(product: Hypervisor.Product) throws {
    let service = try RunningService()
    let modes = try service.get("/v1/modes?product=\(product.rawValue)").json["modes"]
    let supported = (modes?.elements ?? []).filter { $0["supported"]?.value == .bool(true) }
    #expect(Set(supported.map { $0["mode"].text }) == Set(product.words.map(\.rawValue)))
    let list = try service.get("/v1/products").json["products"]?.elements ?? []
    let own = try #require(list.first { $0["product"].text == product.rawValue })
    #expect(own["modes"]?.elements.count == supported.count)
  }

  @Test func unknownProductsAndVersionsAreRefused() throws {
    let service = try RunningService()
    #expect(try service.get("/v1/modes?product=bhyve").status == 400)
    #expect(try service.get("/v1/modes?version=seven").status == 400)
  }
}
