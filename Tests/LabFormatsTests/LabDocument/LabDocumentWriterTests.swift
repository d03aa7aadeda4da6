import LabCore
import LabFormats
import Testing

struct LabDocumentWriterTests {
  @Test(arguments: 0..<300 as Range<UInt64>)
  func labsSurviveWriting(seed: UInt64) throws {
    var generator = DraftGenerator(seed: seed)
    let lab = try generator.lab()
    let documents = [
      try JSONReader.read(LabDocumentWriter.json(lab)),
      try JSONReader.read(LabDocumentWriter.json(lab, layout: .pretty)),
      try YAMLReader.read(Array(LabDocumentWriter.yaml(lab).utf8)),
      LabDocumentWriter.document(lab),
    ]
    for document in documents {
      let (again, faults) = LabDocumentReader.readLab(document)
      #expect(listed(faults) == "", "seed \(seed)")
      #expect(again == lab, "seed \(seed)")
    }
    #expect(documents.allSatisfy { $0.withoutPositions == documents[3] }, "seed \(seed)")
  }

  @Test(arguments: 0..<100 as Range<UInt64>)
  func partsSurviveWriting(seed: UInt64) throws {
    var generator = DraftGenerator(seed: seed)
    let network = try generator.network()
    let machine = try generator.machine()
    for document in [
      try JSONReader.read(LabDocumentWriter.json(network)),
      try YAMLReader.read(Array(LabDocumentWriter.yaml(network).utf8)),
      LabDocumentWriter.document(network),
    ] {
      let (again, faults) = LabDocumentReader.readNetwork(document)
      #expect(again == network && faults == [], "seed \(seed)")
    }
    for document in [
      try JSONReader.read(LabDocumentWriter.json(machine)),
      try YAMLReader.read(Array(LabDocumentWriter.yaml(machine).utf8)),
      LabDocumentWriter.document(machine),
    ] {
      let (again, faults) = LabDocumentReader.readMachine(document)
      #expect(again == machine && faults == [], "seed \(seed)")
    }
  }

  private func example() throws -> LabDraft {
    LabDocumentReader.readLab(try YAMLReader.read(Array(exampleYAML.utf8))).lab
  }

  @Test func writesReadableYAML() throws {
    #expect(
      LabDocumentWriter.yaml(try example()) == """
        name: beta-test
        description: Android, Windows and Linux clients of one internal app
        hypervisor:
          product: virtualbox
          version: "7.1"
        host:
          name: laptop
          os: linux
          internet: true
          forwarding: false
          uplink:
            interface: eth0
            kind: wired
            ipv4: 192.168.1.20/24
            gateway: 192.168.1.1
            dhcp:
              first: 192.168.1.100
              last: 192.168.1.199
          occupied: [172.17.0.0/16]
        networks:
          - {name: office, mode: bridged}
          - {name: shared, mode: nat-network, ipv4: 10.0.2.0/24, dhcp: true}
          - {name: backend, mode: internal, ipv4: 10.20.0.0/24, gateway: 10.20.0.1}
          - {name: admin, mode: host-only}
          - {name: out, mode: nat}
        vms:
          - name: ubuntu
            os: linux
            tags: [client]
            adapters:
              - {network: shared}
              - network: backend
                address: 10.20.0.10
                mac: "08:00:27:aa:00:01"
                model: virtio
                promiscuous: deny
                cable_connected: true
              - {network: null}
          - name: gw
            forwarding: true
            adapters:
              - {network: shared}
              - {network: backend, address: 10.20.0.1}
        port_forwards:
          - {name: ssh, protocol: tcp, host_port: 2222, vm: ubuntu, slot: 1, guest_port: 22}
        requirements:
          - {from: vms, to: vms}
          - {from: ubuntu, to: internet}
          - {from: lan, to: ubuntu, protocol: tcp, port: 22}
          - {from: vms, to: lan, allow: false}

        """)
  }

  @Test func writesKeysInOrder() throws {
    let machine = try #require(try example().vms.first)
    #expect(
      String(decoding: LabDocumentWriter.json(machine), as: UTF8.self)
        == #"{"name":"ubuntu","os":"linux","tags":["client"],"adapters":[{"network":"shared"},"#
        + #"{"network":"backend","address":"10.20.0.10","mac":"08:00:27:aa:00:01","model":"virtio","#
        + #""promiscuous":"deny","cable_connected":true},{"network":null}]}"#)
    var writer = JSONWriter()
    writer.array([RequirementDraft(from: .vms, to: .host, port: 22)]) { $0.document($1) }
    #expect(
      String(decoding: writer.bytes, as: UTF8.self) == #"[{"from":"vms","to":"host","port":22}]"#)
  }
}

struct YAMLWriterTests {
  @Test(arguments: 0..<600 as Range<UInt64>)
  func documentsSurviveWriting(seed: UInt64) throws {
    var generator = DocumentGenerator(seed: seed)
    let document = generator.document(depth: 6)
    let text = YAMLWriter.text(of: document)
    let again = try YAMLReader.read(Array(text.utf8)).withoutPositions
    let isSame = again == document
    #expect(isSame, "seed \(seed): \(text)")
  }

  /// Strings as values of a block, and how they are written there.
  @Test(arguments: [
    ("plain", "plain"), ("two words", "two words"), ("a, b", "a, b"), ("it's (so)", "it's (so)"),
    ("10.0.2.0/24", "10.0.2.0/24"), ("/dev/null", "/dev/null"), ("", "\"\""),
    // What some version of YAML has another meaning for.
    ("no", "\"no\""), ("Yes", "\"Yes\""), ("y", "\"y\""), ("null", "\"null\""), ("~", "\"~\""),
    ("7.1", "\"7.1\""), ("1e3", "\"1e3\""), ("22:22", "\"22:22\""),
    ("2024-01-02", "\"2024-01-02\""),
    ("1_000", "\"1_000\""), (".inf", "\".inf\""), ("0x1F", "\"0x1F\""), ("<<", "\"<<\""),
    ("=", "\"=\""), ("-", "\"-\""), ("...", "\"...\""), ("- a", "\"- a\""), ("a: b", "\"a: b\""),
    ("a #b", "\"a #b\""), ("a ", "\"a \""), (" a", "\" a\""), ("*a", "\"*a\""), ("@a", "\"@a\""),
    ("é", "\"é\""), ("\u{85}\u{7F}\u{2028}\u{FFFE}", #""\x85\x7F\u2028\uFFFE""#),
    ("a\"\\", #""a\"\\""#),
    ("a\tb", #""a\tb""#),
    // Several lines.
    ("a\nb", "|-\n  a\n  b"), ("a\n\n  b: 1\n", "|\n  a\n\n    b: 1"), ("a\nb\n\n", #""a\nb\n\n""#),
    (" a\nb", #"" a\nb""#), ("\na", #""\na""#), ("a\r\nb", #""a\r\nb""#),
  ])
  func writesStrings(string: String, expected: String) throws {
    let text = YAMLWriter.text(
      of: DocumentNode(.object([DocumentMember("k", DocumentNode(.string(string)))])))
    #expect(text == "k: \(expected)\n")
    #expect(try YAMLReader.read(Array(text.utf8))["k"]?.value == .string(string))
  }

  @Test func writesLongKeys() throws {
    let key = String(repeating: "k", count: 2000)
    let inner = DocumentNode(
      .object([DocumentMember(key, DocumentNode(.array([DocumentNode(.null)])))]))
    let document = DocumentNode(.object([DocumentMember(key, inner)]))
    let text = YAMLWriter.text(of: document)
    #expect(try YAMLReader.read(Array(text.utf8)).withoutPositions == document)
  }
}
