import Foundation
import LabCore
import Testing

@testable import LabExchange

/// Every format, as the program takes it that it is for. A program that is not installed is skipped,
/// in words.
@Suite struct AcceptanceTests {
  /// The sample labs and one of 120 VMs.
  private static let names = SampleLab.allCases.map(\.rawValue) + ["large"]

  private func source(_ name: String) throws -> ExportSource {
    try SampleLab(rawValue: name).map { try $0.source } ?? largeLab(of: 120)
  }

  /// Writes an export into a folder, and does something with its files there.
  private func export(
    _ name: String, as format: ExportFormat, _ check: (URL, [ExportFile]) throws -> Void
  ) throws {
    let files = format.export(try source(name)).files
    try withFolder { folder in
      try write(files.map { ($0.name, $0.content) }, into: folder)
      try check(folder, files)
      let left = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      #expect(!left.contains { $0.hasSuffix("canary") }, "\(name): text of the document ran")
    }
  }

  private static let netplan = Program("netplan")

  @Test(.enabled(if: netplan != nil, "netplan is not installed"), arguments: names)
  func netplanGenerates(name: String) throws {
    try export(name, as: .netplan) { folder, files in
      for file in files.prefix(20) {
        #expect(file.isPrivate)
        let root = folder.appendingPathComponent("root-\(file.name)")
        try write([("etc/netplan/lab.yaml", file.content)], into: root)
        try FileManager.default.setAttributes(
          [.posixPermissions: 0o600],
          ofItemAtPath: root.appendingPathComponent("etc/netplan/lab.yaml").path)
        let result = try #require(Self.netplan).run(
          ["generate", "--root-dir", root.path], in: folder)
        #expect(result.status == 0, "\(name)/\(file.name): \(result.errors)")
        #expect(result.errors == "", "\(name)/\(file.name)")
      }
    }
  }

  private static let ansible = Program("ansible-inventory")

  @Test(.enabled(if: ansible != nil, "ansible-inventory is not installed"), arguments: names)
  func ansibleTakesTheInventory(name: String) throws {
    try export(name, as: .ansible) { folder, _ in
      let result = try #require(Self.ansible).run(
        ["-i", "inventory.yml", "--list"], in: folder,
        environment: ["ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED": "true", "ANSIBLE_NOCOLOR": "1"])
      #expect(result.status == 0, "\(name): \(result.errors)")
      #expect(!result.errors.contains("WARNING"), "\(name): \(result.errors)")
      let inventory =
        try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
      let meta = inventory?["_meta"] as? [String: Any]
      let hosts = meta?["hostvars"] as? [String: Any]
      let reachable = try source(name).lab.machines.count - unreachableCount(name)
      #expect((hosts ?? [:]).count >= reachable, "\(name)")
    }
  }

  private func unreachableCount(_ name: String) throws -> Int {
    try AccessPlan(source(name), .unlimited).accesses.count {
      if case .unreachable = $0 { true } else { false }
    }
  }

  private static let ssh = Program("ssh")

  @Test(.enabled(if: ssh != nil, "ssh is not installed"), arguments: names)
  func sshFindsEveryHost(name: String) throws {
    let plan = try AccessPlan(source(name), .unlimited)
    try export(name, as: .sshConfig) { folder, files in
      let lab = try source(name).lab
      for (index, machine) in lab.machines.enumerated().prefix(20)
      where machine.operatingSystem != .windows {
        let result = try #require(Self.ssh).run(
          ["-G", "-F", files[0].name, "\(lab.name)-\(machine.name)"], in: folder)
        #expect(result.status == 0, "\(name): \(result.errors)")
        let lines = Set(result.output.split(separator: "\n").map(String.init))
        switch plan.accesses[index] {
        case .direct(let address, let port):
          #expect(lines.isSuperset(of: ["hostname \(address)", "port \(port)"]), "\(machine.name)")
        case .through(let jump, let address, _):
          #expect(
            lines.isSuperset(of: ["hostname \(address)", "proxyjump \(lab.name)-\(jump)"]),
            "\(machine.name)")
        case .unreachable: #expect(lines.contains("hostname \(lab.name)-\(machine.name)"))
        }
      }
    }
  }

  private static let dot = Program("dot")

  @Test(
    .enabled(if: dot != nil, "dot is not installed"),
    arguments: SampleLab.allCases.map(\.rawValue))
  func graphvizDraws(name: String) throws {
    try export(name, as: .dot) { folder, files in
      let result = try #require(Self.dot).run(["-Tplain", files[0].name], in: folder)
      #expect(result.status == 0 && result.errors == "", "\(name): \(result.errors)")
      let nodes = result.output.split(separator: "\n").count { $0.hasPrefix("node ") }
      #expect(nodes == Picture(try source(name)).nodes.count, "\(name)")
    }
  }

  private static let mermaid = Program("mermaidx")

  @Test(
    .enabled(if: mermaid != nil, "mermaidx is not installed"),
    arguments: SampleLab.allCases.map(\.rawValue).filter { $0 != "empty" })
  func mermaidDraws(name: String) throws {
    try export(name, as: .mermaid) { folder, files in
      let result = try #require(Self.mermaid).run(
        ["-i", files[0].name, "-o", "lab.svg"], in: folder)
      #expect(result.status == 0, "\(name): \(result.errors)\(result.output)")
    }
  }

  private static let ruby = Program("ruby")

  @Test(.enabled(if: ruby != nil, "ruby is not installed"), arguments: names)
  func rubyTakesTheVagrantfile(name: String) throws {
    try export(name, as: .vagrant) { folder, _ in
      let result = try #require(Self.ruby).run(["-wc", "Vagrantfile"], in: folder)
      #expect(result.output == "Syntax OK\n", "\(name): \(result.errors)")
    }
  }

  private static let vagrant = Program("vagrant")

  /// Debian's Vagrant speaks to no Windows, and says so by failing.
  @Test(
    .enabled(if: vagrant != nil, "vagrant is not installed"),
    arguments: SampleLab.allCases.filter { $0 != .empty })
  func vagrantValidates(name: SampleLab) throws {
    let files = ExportFormat.vagrant.export(try withoutWindows(name)).files
    try withFolder { folder in
      try write(files.map { ($0.name, $0.content) }, into: folder)
      let result = try #require(Self.vagrant).run(
        ["validate", "--ignore-provider"], in: folder,
        environment: ["VAGRANT_HOME": folder.path, "VAGRANT_CHECKPOINT_DISABLE": "1"])
      #expect(result.status == 0, "\(name): \(result.errors)\(result.output)")
    }
  }

  private func withoutWindows(_ lab: SampleLab) throws -> ExportSource {
    var draft = try lab.source.lab.draft
    for index in draft.vms.indices where draft.vms[index].os == .windows {
      draft.vms[index].os = .linux
    }
    return ExportSource(try resolve(draft).get())
  }

  private static let python = Program("python3")
  private static let hasYAML = python.map { python in
    (try? withFolder { try python.run(["-c", "import yaml"], in: $0).status == 0 }) ?? false
  }

  /// Every file in YAML, by a reader of YAML 1.1.
  @Test(.enabled(if: hasYAML == true, "Python's yaml is not installed"), arguments: names)
  func pythonReadsTheYAML(name: String) throws {
    let script = """
      import sys, yaml
      class Loader(yaml.SafeLoader): pass
      Loader.add_constructor('!unsafe', lambda loader, node: loader.construct_scalar(node))
      for name in sys.argv[1:]:
        value = yaml.load(open(name, encoding='utf-8'), Loader)
        assert isinstance(value, dict), name
        def check(value):
          if isinstance(value, dict):
            for key, inner in value.items():
              assert isinstance(key, str), (name, key)
              check(inner)
          elif isinstance(value, list):
            for inner in value: check(inner)
        check(value)
      """
    for format in [ExportFormat.netplan, .cloudInit, .ansible] {
      try export(name, as: format) { folder, files in
        let result = try #require(Self.python).run(
          ["-c", script] + files.map(\.name), in: folder)
        #expect(result.status == 0, "\(name) \(format.name): \(result.errors)")
      }
    }
  }

  @Test(.enabled(if: python != nil, "python3 is not installed"), arguments: names)
  func pythonReadsTheTableAndTheGraph(name: String) throws {
    let script = """
      import csv, json, sys
      rows = list(csv.DictReader(open(sys.argv[1], newline='', encoding='utf-8')))
      for row in rows:
        assert None not in row and not any(v[:1] in '=+-@' for v in row.values() if v), row
      graph = json.load(open(sys.argv[2], encoding='utf-8'))['graph']
      for edge in graph['edges']:
        assert edge['source'] in graph['nodes'] and edge['target'] in graph['nodes'], edge
      print(len(rows))
      """
    let lab = try source(name)
    let files = [ExportFormat.csv, .graph].flatMap { $0.export(lab).files }
    let result = try withFolder { folder in
      try write(files.map { ($0.name, $0.content) }, into: folder)
      return try #require(Self.python).run(["-c", script] + files.map(\.name), in: folder)
    }
    #expect(result.output == "\(lab.lab.machines.reduce(0) { $0 + $1.adapters.count })\n")
    #expect(result.status == 0, "\(name): \(result.errors)")
  }
}
