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

/// Labs on other products, over HTTP.
@Suite struct TranslationTests {
  private static let document = """
    {"name": "web", "networks": [{"name": "shared", "mode": "nat-network"}],
     "vms": [{"name": "a", "adapters": [{"network": "shared"}]},
             {"name": "b", "adapters": [{"network": "shared"}]},
             {"name": "c", "adapters": [{"network": "shared"}]}],
     "port_forwards": [{"host_port": 2222, "vm": "a", "guest_port": 22}]}
    """

  @Test func aStoredLabIsMovedAndStaysAsItIs() throws {
    let service = try RunningService()
    #expect(try service.send("PUT", "/v1/labs/web", Self.document).status == 201)
    let answer = try service.send("POST", "/v1/labs/web/translation?to=libvirt", "")
    #expect(answer.status == 200, "\(answer.text)")
    let moved = try answer.json
    #expect(moved["lab"]?["hypervisor"]?["product"].text == "libvirt")
    let lost = moved["lost"]?.elements.map { $0["pointer"].text } ?? []
    #expect(lost.contains("/port_forwards/0"))
    let stateless = try service.send("POST", "/v1/translate?to=libvirt", Self.document).json
    #expect(stateless["lab"]?["networks"]?.elements.count == 1)
    #expect(stateless["lost"]?.elements.count == moved["lost"]?.elements.count)
    #expect(try service.get("/v1/labs/web").json["hypervisor"] == nil)
  }

  @Test func withoutAProductTheLabMovesToVirtualBox() throws {
    let service = try RunningService()
    let answer = try service.send("POST", "/v1/translate", Self.document).json
    #expect(answer["product"].text == "virtualbox")
    #expect(answer["cells"]?.elements.isEmpty == true)
    #expect(try service.send("POST", "/v1/translate?to=bhyve", Self.document).status == 400)
  }
}
