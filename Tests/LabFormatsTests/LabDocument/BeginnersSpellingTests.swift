import LabCore
import LabFormats
import Testing

/// What beginners write, and what each fault proposes.
@Suite struct BeginnersSpellingTests {
  private func faults(_ yaml: String) throws -> [Fault] {
    LabDocumentReader.readLab(try YAMLReader.read(Array(yaml.utf8))).faults
  }

  @Test(arguments: [
    ("NAT", "nat"), ("nat network", "nat-network"), ("NAT Network", "nat-network"),
    ("natnetwork", "nat-network"), ("intnet", "internal"), ("hostonly", "host-only"),
    ("host_only", "host-only"), ("Bridged Adapter", "bridged"), ("bridge", "bridged"),
    ("Internal Network", "internal"), ("Host-only Adapter", "host-only"), ("Bridged", "bridged"),
  ])
  func modes(written: String, meant: String) throws {
    let fault = try #require(faults("networks: [{name: a, mode: \(written)}]").first)
    #expect(fault.detail.hasSuffix("; did you mean \"\(meant)\"?"), "\(fault.detail)")
  }

  @Test(arguments: [
    ("FreeBSD", "bsd"), ("kali", "linux"), ("Kali Linux", "linux"), ("Windows 11", "windows"),
    ("win10", "windows"), ("ubuntu", "linux"), ("Ubuntu 22.04", "linux"), ("debian-12", "linux"),
    ("pfSense", "bsd"), ("OSX", "macos"), ("Android", "android"), ("Linux", "linux"),
  ])
  func operatingSystems(written: String, meant: String) throws {
    let fault = try #require(faults("vms: [{name: a, os: \(written)}]").first)
    #expect(fault.detail.hasSuffix("; did you mean \"\(meant)\"?"), "\(fault.detail)")
  }

  @Test(arguments: [
    ("vms: [{name: a, router: true}]", "forwarding"),
    ("vms: [{name: a, type: linux}]", "os"),
    ("vms: [{name: a, nics: []}]", "adapters"),
    ("vms: [{name: a, adapters: [{ip: 10.0.0.1}]}]", "address"),
    ("networks: [{name: a, ip: 10.0.0.0/24}]", "ipv4"),
    ("networks: [{name: a, subnet: 10.0.0.0/24}]", "ipv4"),
    ("networks: [{name: a, type: nat}]", "mode"),
    ("host: {uplink: {type: wired}}", "kind"),
    ("hypervisor: {type: virtualbox}", "product"),
    ("machines: []", "vms"),
    ("networks: [{name: a, router: fw}]", "gateway"),
    ("vms: [{name: a, port_forwards: []}]", "forwards"),
    ("vms: [{name: a, adapters: [{nat: true}]}]", "masquerade"),
    ("vms: [{name: a, adapters: [{vips: []}]}]", "secondary"),
    ("vms: [{name: a, clone_of: b}]", "copy_of"),
    ("vms: [{name: a, firewall: {incoming: {}}}]", "inbound"),
  ])
  func keys(document: String, meant: String) throws {
    let fault = try #require(faults(document).first)
    #expect(fault.code == .unknownKey)
    #expect(fault.detail.hasSuffix("; did you mean \"\(meant)\"?"), "\(fault.detail)")
  }

  @Test(arguments: [
    ("vms: [{name: a, gateway: none}]", "; leave the key out instead"),
    (
      "vms: [{name: a, adapters: [{address: 10.0.0.5/24}]}]",
      "; write 10.0.0.5 alone: its prefix length is the network's"
    ),
    (
      "vms: [{name: a, adapters: [{address6: 'fd00::5/64'}]}]",
      "; write fd00::5 alone: its prefix length is the network's"
    ),
  ])
  func addresses(document: String, advice: String) throws {
    let fault = try #require(faults(document).first)
    #expect(fault.detail.hasSuffix(advice), "\(fault.detail)")
  }

  @Test func aVersionMayBeANumber() throws {
    for text in ["7.1", "\"7.1\"", "7.10", "7"] {
      let (lab, faults) = LabDocumentReader.readLab(
        try YAMLReader.read(Array("hypervisor: {version: \(text)}".utf8)))
      #expect(faults.isEmpty)
      let written = text.filter { $0 != "\"" }
      #expect(lab.hypervisor?.version == HypervisorVersion(parsing: written))
    }
  }
}
