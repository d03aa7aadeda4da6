import LabCore
import LabFormats
import Testing

/// The document of the documentation.
let exampleYAML = """
  name: beta-test
  description: Android, Windows and Linux clients of one internal app
  hypervisor: {product: virtualbox, version: "7.1"}        # optional; virtualbox is the default
  host:
    name: laptop
    os: linux                         # linux | windows | macos
    internet: true                    # true unless it says false
    forwarding: false                 # does the host route between its networks? (default no)
    uplink:                           # the LAN that bridged adapters join; optional
      interface: eth0
      kind: wired                     # wired | wireless
      ipv4: 192.168.1.20/24           # the host's own address there
      gateway: 192.168.1.1
      dhcp: {first: 192.168.1.100, last: 192.168.1.199}
    occupied: [172.17.0.0/16]         # prefixes already in use on the host (VPN, containers)
  networks:
    - {name: office,  mode: bridged}
    - {name: shared,  mode: nat-network, ipv4: 10.0.2.0/24, dhcp: true}
    - {name: backend, mode: internal, ipv4: 10.20.0.0/24, gateway: 10.20.0.1}
    - {name: admin,   mode: host-only}
    - {name: out,     mode: nat}
  vms:
    - name: ubuntu
      os: linux                       # linux | windows | android | macos | bsd | other
      tags: [client]                  # usable as `from` and `to`, written tag:client
      adapters:                       # in slot order; `slot` may be given, 1-based
        - {network: shared}           # address left out: the planner or DHCP, by mode
        - {network: backend, address: 10.20.0.10, mac: "08:00:27:aa:00:01", model: virtio,
           promiscuous: deny, cable_connected: true}
        - {network: null}             # an adapter that is not attached
    - {name: gw, forwarding: true, adapters: [{network: shared}, {network: backend, address: 10.20.0.1}]}
  port_forwards:
    - {name: ssh, protocol: tcp, host_address: "", host_port: 2222, vm: ubuntu, slot: 1, guest_port: 22}
  requirements:
    - {from: vms, to: vms}                            # every VM to every other VM
    - {from: ubuntu, to: internet}
    - {from: lan, to: ubuntu, protocol: tcp, port: 22}
    - {from: vms, to: lan, allow: false}              # must NOT be possible
  """

func label(_ text: String) throws -> DNSLabel { try DNSLabel(parsing: text) }

/// Faults as `pointer code: detail`, a line each.
func listed(_ faults: [Fault]) -> String {
  faults.map { "\($0.pointer) \($0.code.rawValue): \($0.detail)" }.joined(separator: "\n")
}

/// Why a text cannot be parsed, in the words of what refuses it.
private func refusal(_ parse: @autoclosure () throws -> some Sendable) -> String {
  do {
    return "\(try parse()) is fine"
  } catch {
    return "\(error)"
  }
}

struct LabDocumentReaderTests {
  private func yaml(_ text: String) throws -> DocumentNode { try YAMLReader.read(Array(text.utf8)) }

  @Test func readsTheExample() throws {
    let (lab, faults) = LabDocumentReader.readLab(try yaml(exampleYAML))
    #expect(faults == [])
    let backend = NetworkDraft(
      name: try label("backend"), mode: .internal, ipv4: try IPv4Prefix(parsing: "10.20.0.0/24"),
      gateway: try AddressReference(parsing: "10.20.0.1"))
    let uplink = Uplink(
      interface: "eth0", kind: .wired,
      ipv4: try InterfaceAddress(parsing: "192.168.1.20/24"),
      gateway: try IPv4Address(parsing: "192.168.1.1"),
      dhcp: AddressRange(
        first: try IPv4Address(parsing: "192.168.1.100"),
        last: try IPv4Address(parsing: "192.168.1.199")))
    let expected = LabDraft(
      name: try label("beta-test"),
      description: "Android, Windows and Linux clients of one internal app",
      hypervisor: HypervisorDraft(
        product: .virtualbox, version: HypervisorVersion(major: 7, minor: 1)),
      host: HostDraft(
        name: try label("laptop"), os: .linux, internet: true, forwarding: false, uplink: uplink,
        occupied: [try AnyPrefix(parsing: "172.17.0.0/16")]),
      networks: [
        NetworkDraft(name: try label("office"), mode: .bridged),
        NetworkDraft(
          name: try label("shared"), mode: .natNetwork,
          ipv4: try IPv4Prefix(parsing: "10.0.2.0/24"), dhcp: .standard),
        backend,
        NetworkDraft(name: try label("admin"), mode: .hostOnly),
        NetworkDraft(name: try label("out"), mode: .nat),
      ],
      vms: [
        VirtualMachineDraft(
          name: try label("ubuntu"), os: .linux, tags: [try label("client")],
          adapters: [
            AdapterDraft(network: try label("shared")),
            AdapterDraft(
              network: try label("backend"), address: try IPv4Address(parsing: "10.20.0.10"),
              mac: try MACAddress(parsing: "08:00:27:aa:00:01"), model: .virtio,
              promiscuous: .deny, cableConnected: true),
            AdapterDraft(network: nil),
          ]),
        VirtualMachineDraft(
          name: try label("gw"), forwarding: true,
          adapters: [
            AdapterDraft(network: try label("shared")),
            AdapterDraft(
              network: try label("backend"), address: try IPv4Address(parsing: "10.20.0.1")),
          ]),
      ],
      portForwards: [
        PortForwardDraft(
          name: "ssh", transport: .tcp, hostPort: 2222, vm: try label("ubuntu"), slot: 1,
          guestPort: 22)
      ],
      requirements: [
        RequirementDraft(from: .vms, to: .vms),
        RequirementDraft(from: .vm(try label("ubuntu")), to: .internet),
        RequirementDraft(from: .lan, to: .vm(try label("ubuntu")), transport: .tcp, port: 22),
        RequirementDraft(from: .vms, to: .lan, allow: false),
      ])
    #expect(lab == expected)
    guard case .success = resolve(lab) else {
      Issue.record("the example does not resolve")
      return
    }
  }

  /// Documents, and every fault with its place.
  static let faulty: [(yaml: String, faults: String)] = [
    // The whole.
    (
      "- a",
      " wrong-type: a lab belongs here, an object with keys such as name, description, hypervisor, not a list"
    ),
    ("{}", ""),
    // Keys.
    (
      "{nmae: x, networks: [{adress: 1, name: a, subnet: 1}]}",
      """
      /nmae unknown-key: a lab has no key "nmae"; did you mean "name"?
      /networks/0/adress unknown-key: a network has no key "adress"; it has name, mode, \
      hypervisor_name, ipv4, ipv6, gateway, gateway6, dhcp, host_address, size, localhost_reachable, \
      variant, vlan, announced
      /networks/0/subnet unknown-key: a network has no key "subnet"; did you mean "ipv4"?
      """
    ),
    (
      "{vms: [{adaptors: []}], network: null, a/b~c: 1, requirement: [], vm: []}",
      """
      /vms/0/adaptors unknown-key: a VM has no key "adaptors"; did you mean "adapters"?
      /network unknown-key: a lab has no key "network"; did you mean "networks"?
      /a~1b~0c unknown-key: a lab has no key "a/b~c"; it has name, description, hypervisor, host, \
      networks, vms, port_forwards, requirements, constraints
      /requirement unknown-key: a lab has no key "requirement"; did you mean "requirements"?
      /vm unknown-key: a lab has no key "vm"; did you mean "vms"?
      """
    ),
    // Types.
    (
      "{name: 7, description: true, hypervisor: virtualbox, networks: {}, vms: [ubuntu, null, {name: a}], port_forwards: 1}",
      """
      /name wrong-type: a text belongs here, not the number 7; put it in quotes
      /description wrong-type: a text belongs here, not true; put it in quotes
      /hypervisor wrong-type: a hypervisor belongs here, an object with keys such as product, version, not a text
      /networks wrong-type: a list of networks belongs here, not an object
      /vms/0 wrong-type: a VM belongs here, an object with keys such as name, os, tags, not a text
      /vms/1 wrong-type: a VM belongs here, an object with keys such as name, os, tags, not null
      /port_forwards wrong-type: a list of port forwards belongs here, not the number 1
      """
    ),
    (
      "{host: {internet: \"true\", forwarding: 1, uplink: {dhcp: true}}, hypervisor: {version: true}}",
      """
      /host/internet wrong-type: true or false belongs here, not a text; write it without quotes
      /host/forwarding wrong-type: true or false belongs here, not the number 1
      /host/uplink/dhcp wrong-type: a DHCP pool belongs here, an object with keys such as first, last, not true
      /hypervisor/version wrong-type: a text belongs here, not true; put it in quotes
      """
    ),
    (
      "{port_forwards: [{host_port: \"22\", guest_port: ssh}], networks: [{dhcp: yes}]}",
      """
      /port_forwards/0/host_port wrong-type: a number belongs here, not a text; write it without quotes
      /port_forwards/0/guest_port wrong-type: a number belongs here, not a text
      /networks/0/dhcp wrong-type: true, false or an object with server, first and last belongs here, not a text
      """
    ),
    // Numbers.
    (
      "{port_forwards: [{host_port: 0, guest_port: 65536, slot: 0}, {host_port: -1, guest_port: 1.5, slot: 37}, {host_port: 99999999999999999999}]}",
      """
      /port_forwards/0/host_port out-of-range: a port is a number from 1 to 65535, not 0
      /port_forwards/0/guest_port out-of-range: a port is a number from 1 to 65535, not 65536
      /port_forwards/0/slot out-of-range: a slot is a number from 1 to 36, not 0
      /port_forwards/1/host_port out-of-range: a port is a number from 1 to 65535, not -1
      /port_forwards/1/guest_port out-of-range: a port is a whole number from 1 to 65535, not 1.5
      /port_forwards/1/slot out-of-range: a slot is a number from 1 to 36, not 37
      /port_forwards/2/host_port out-of-range: a port is a whole number from 1 to 65535, not 99999999999999999999
      """
    ),
    (
      "{networks: [{size: 0}, {size: 65535}], requirements: [{port: 22.0}]}",
      """
      /networks/0/size out-of-range: a size is a number from 1 to 65534, not 0
      /networks/1/size out-of-range: a size is a number from 1 to 65534, not 65535
      /requirements/0/port out-of-range: a port is a whole number from 1 to 65535, not 22.0
      """
    ),
    // Choices.
    (
      "{networks: [{mode: natnetwork}, {mode: vlan}], vms: [{os: Linux, adapters: [{model: 82540em, promiscuous: allow}]}], hypervisor: {product: vmware}}",
      """
      /networks/0/mode invalid-value: "natnetwork" is not one of nat, nat-network, bridged, internal, host-only, routed; did you mean "nat-network"?
      /networks/1/mode invalid-value: "vlan" is not one of nat, nat-network, bridged, internal, host-only, routed
      /vms/0/os invalid-value: "Linux" is not one of linux, windows, android, macos, bsd, other; did you mean "linux"?
      /vms/0/adapters/0/model invalid-value: "82540em" is not one of Am79C970A, Am79C973, Am79C960, 82540EM, 82543GC, 82545EM, 82583V, virtio; did you mean "82540EM"?
      /vms/0/adapters/0/promiscuous invalid-value: "allow" is not one of deny, allow-vms, allow-all
      /hypervisor/product invalid-value: "vmware" is not one of virtualbox, libvirt, qemu, proxmox, esxi, vmware-workstation, hyper-v, parallels, utm, xcp-ng; did you mean "vmware-workstation"?
      """
    ),
    (
      "{port_forwards: [{protocol: icmp}], requirements: [{protocol: TCP}], host: {os: bsd, uplink: {kind: wifi}}}",
      """
      /port_forwards/0/protocol invalid-value: "icmp" is not one of tcp, udp
      /requirements/0/protocol invalid-value: "TCP" is not one of tcp, udp, icmp, multicast; did you mean "tcp"?
      /host/os invalid-value: "bsd" is not one of linux, windows, macos, esxi, xcp-ng
      /host/uplink/kind invalid-value: "wifi" is not one of wired, wireless; did you mean "wireless"?
      """
    ),
    // Names.
    (
      "{name: Beta Test, vms: [{name: web_1, tags: [ok, -x, '']}, {name: é}], requirements: [{from: 'tag:', to: a b}]}",
      """
      /name invalid-value: "Beta Test" is not a name: a name has only the letters a-z, digits and hyphens, not "B"; "beta-test" would do
      /vms/0/name invalid-value: "web_1" is not a name: a name has only the letters a-z, digits and hyphens, not "_"; "web-1" would do
      /vms/0/tags/1 invalid-value: "-x" is not a name: a name begins and ends with a letter or a digit, not with a hyphen
      /vms/0/tags/2 invalid-value: "" is not a name: a name must not be empty
      /vms/1/name invalid-value: "é" is not a name: a name has only the letters a-z, digits and hyphens, not "é"
      /requirements/0/from invalid-value: "tag:" is not one of vms, host, lan, internet, a VM's name or tag:NAME; a name must not be empty
      /requirements/0/to invalid-value: "a b" is not one of vms, host, lan, internet, a VM's name or tag:NAME; a name has only the letters a-z, digits and hyphens, not " "
      """
    ),
    (
      "{networks: [{hypervisor_name: ''}], port_forwards: [{name: 'a,b'}, {name: 'a:b'}], hypervisor: {version: seven}, host: {uplink: {interface: \"a\\nb\"}}}",
      """
      /networks/0/hypervisor_name out-of-range: 1 to 80 characters belong here, this text has 0
      /port_forwards/0/name invalid-value: "a,b" cannot name a port forward: ',' parts the fields of VirtualBox's rules
      /port_forwards/1/name invalid-value: "a:b" cannot name a port forward: ':' parts the fields of VirtualBox's rules
      /hypervisor/version invalid-value: "seven" is not a version: one to three numbers joined by dots, such as 7.1 or 7.1.12
      /host/uplink/interface invalid-value: U+000A does not belong here: a control character
      """
    ),
    // Addresses.
    (
      "{networks: [{ipv4: 10.0.2.1/24}, {ipv4: 'fd00::/64'}, {ipv6: 10.0.2.0/24}, {ipv4: 10.0.2.0, gateway: 'fd00::1', gateway6: 10.0.0.1}]}",
      """
      /networks/0/ipv4 host-bits: \(refusal(try IPv4Prefix(parsing: "10.0.2.1/24")))
      /networks/1/ipv4 family-mismatch: "fd00::/64" is of the other family; it belongs in ipv6
      /networks/2/ipv6 family-mismatch: "10.0.2.0/24" is of the other family; it belongs in ipv4
      /networks/3/ipv4 invalid-value: \(refusal(try IPv4Prefix(parsing: "10.0.2.0")))
      /networks/3/gateway family-mismatch: "fd00::1" is of the other family; it belongs in gateway6
      /networks/3/gateway6 family-mismatch: "10.0.0.1" is of the other family; it belongs in gateway
      """
    ),
    (
      "{vms: [{adapters: [{address: 10.0.2.300, mac: '08:00:27'}, {address: 10.0.2.15/24}], routes: [{to: 10.0.0.0/8, via: 10.0.0}]}]}",
      """
      /vms/0/adapters/0/address invalid-value: \(refusal(try IPv4Address(parsing: "10.0.2.300")))
      /vms/0/adapters/0/mac invalid-value: \(refusal(try MACAddress(parsing: "08:00:27")))
      /vms/0/adapters/1/address invalid-value: \(refusal(try IPv4Address(parsing: "10.0.2.15/24"))); write 10.0.2.15 alone: its prefix length is the network's
      /vms/0/routes/0/via invalid-value: \(refusal(try IPv4Address(parsing: "10.0.0")))
      """
    ),
    (
      "{host: {occupied: [10.0.0.0/8, 10.0.0.1/8, x], uplink: {ipv4: 192.168.1.20, dhcp: {first: 10.0.0.9, last: 10.0.0.1}}}}",
      """
      /host/occupied/1 host-bits: \(refusal(try IPv4Prefix(parsing: "10.0.0.1/8")))
      /host/occupied/2 invalid-value: \(refusal(try IPv4Prefix(parsing: "x")))
      /host/uplink/ipv4 invalid-value: \(refusal(try InterfaceAddress<IPv4Address>(parsing: "192.168.1.20")))
      /host/uplink/dhcp/last contradiction: the pool ends at 10.0.0.1, before it begins at 10.0.0.9
      """
    ),
    (
      "{host: {uplink: {dhcp: {frist: 10.0.0.9, last: x}}}, networks: [{dhcp: {server: 10.0.0, pool: 1}}]}",
      """
      /host/uplink/dhcp/frist unknown-key: a DHCP pool has no key "frist"; did you mean "first"?
      /host/uplink/dhcp/last invalid-value: \(refusal(try IPv4Address(parsing: "x")))
      /host/uplink/dhcp/first missing: the pool needs its first address
      /networks/0/dhcp/server invalid-value: \(refusal(try IPv4Address(parsing: "10.0.0")))
      /networks/0/dhcp/pool unknown-key: a DHCP server has no key "pool"; it has server, first, last
      """
    ),
  ]

  @Test(arguments: faulty)
  func reportsEveryFault(yaml text: String, faults: String) throws {
    #expect(listed(LabDocumentReader.readLab(try yaml(text)).faults) == faults)
  }

  @Test func boundsAdapters() throws {
    let adapters = Array(repeating: "{}", count: 37).joined(separator: ",")
    let faults = LabDocumentReader.readMachine(try yaml("{adapters: [\(adapters)]}")).faults
    #expect(listed(faults) == "/adapters too-many: a VM has at most 36 adapters, this has 37")
  }

  /// A part that could not be read keeps its place, so that later pointers stay right.
  @Test func keepsPlacesOfUnreadableParts() throws {
    let (lab, _) = LabDocumentReader.readLab(
      try yaml("{vms: [1, {name: a}], networks: [{}, x], requirements: [0], port_forwards: [0]}"))
    #expect(lab.vms.map(\.name) == [nil, try label("a")])
    #expect(lab.networks.count == 2)
    #expect(lab.requirements.count == 1)
    #expect(lab.portForwards.count == 1)
  }

  @Test func nullIsLeftOut() throws {
    let (lab, faults) = LabDocumentReader.readLab(
      try yaml(
        """
        {name: a, description: ~, host: {uplink: ~, occupied: ~}, networks: ~,
         vms: [{name: b, os: ~, adapters: [{network: ~, mac: ~}]}], port_forwards: ~}
        """))
    #expect(faults == [])
    #expect(
      lab
        == LabDraft(
          name: try label("a"), host: HostDraft(),
          vms: [VirtualMachineDraft(name: try label("b"), adapters: [AdapterDraft(network: nil)])]))
  }

  @Test func mergesWithWhatResolvingFinds() throws {
    let (lab, faults) = LabDocumentReader.readLab(
      try yaml("{name: X, vms: [1, {name: 2}, {}], networks: [{name: n, mode: m}]}"))
    guard case .failure(let invalid) = resolve(lab) else {
      Issue.record("resolved")
      return
    }
    #expect(
      faults.merged(with: invalid.faults).map { "\($0.pointer) \($0.code.rawValue)" } == [
        "/name invalid-value", "/vms/0 wrong-type", "/vms/1/name wrong-type",
        "/networks/0/mode invalid-value", "/vms/2/name missing",
      ])
  }

  @Test func readsParts() throws {
    let (network, networkFaults) = LabDocumentReader.readNetwork(
      try yaml("{name: a, mode: nat, dhcp: {server: 10.0.2.2}, localhost_reachable: false, x: 1}"))
    #expect(
      network.dhcp == .on(server: try IPv4Address(parsing: "10.0.2.2"), first: nil, last: nil))
    #expect(networkFaults.map(\.pointer.description) == ["/x"])
    let (machine, machineFaults) = LabDocumentReader.readMachine(
      try yaml("{name: a, gateway6: 'fe80::1', adapters: [{slot: 3, network: b, mac: 1}]}"))
    #expect(machine.adapters == [AdapterDraft(slot: 3, network: try label("b"))])
    #expect(machineFaults.map(\.pointer.description) == ["/adapters/0/mac"])
  }

  @Test func findsPlaces() throws {
    let document = try yaml("name: a\nvms:\n  - name: B\n    extra: 1\n  - {}\n")
    let faults = LabDocumentReader.readLab(document).faults
    #expect(
      document.positions(of: faults) == [
        SourcePosition(line: 3, column: 11), SourcePosition(line: 4, column: 5),
      ])
    func position(_ pointer: String) throws -> SourcePosition? {
      document.position(of: try #require(JSONPointer(parsing: pointer)))
    }
    #expect(try position("") == SourcePosition(line: 1, column: 1))
    #expect(try position("/vms/1/name") == SourcePosition(line: 5, column: 5))
    #expect(try position("/vms/01") == SourcePosition(line: 3, column: 3))
    #expect(try position("/vms/0/extra") == SourcePosition(line: 4, column: 12))
    let beyond = try #require(JSONPointer(parsing: "/vms/2"))
    #expect(document.value(at: beyond) == nil)
  }
}
