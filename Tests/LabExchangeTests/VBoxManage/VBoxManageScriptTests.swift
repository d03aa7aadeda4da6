import Foundation
import LabCore
import TestSupport
import Testing

@testable import LabExchange

/// The script as bash and shellcheck take it, and what it runs.
@Suite struct VBoxManageScriptTests {
  private static let bash = Program("bash")
  private static let shellcheck = Program("shellcheck")

  private func sources() throws -> [(String, ExportSource)] {
    try SampleLab.allCases.map { ($0.rawValue, try $0.source) } + [("large", largeLab(of: 120))]
  }

  private func script(of source: ExportSource) throws -> String {
    try #require(ExportFormat.vboxmanage.export(source).files.first).content
  }

  @Test(.enabled(if: bash != nil, "bash is not installed"))
  func bashTakesEveryScript() throws {
    for (name, source) in try sources() {
      let result = try withFolder { folder in
        try write([("lab.sh", script(of: source))], into: folder)
        return try #require(Self.bash).run(["-n", "lab.sh"], in: folder)
      }
      #expect(result.status == 0, "\(name): \(result.errors)")
    }
  }

  @Test(.enabled(if: shellcheck != nil, "shellcheck is not installed"))
  func shellcheckFindsNothing() throws {
    for (name, source) in try sources() {
      let result = try withFolder { folder in
        try write([("lab.sh", script(of: source))], into: folder)
        return try #require(Self.shellcheck).run(["-S", "warning", "lab.sh"], in: folder)
      }
      #expect(result.status == 0, "\(name): \(result.output)")
    }
  }

  // MARK: Hostile text

  /// A VBoxManage that knows no VM and no network, and writes down how it was called: an argument a
  /// line, with line breaks as `\n`, and a line `--` behind each call.
  private static let recorder = #"""
    #!/usr/bin/env bash
    for argument in "$@"; do
      printf '%s\n' "${argument//$'\n'/\\n}" >>"$CALLS"
    done
    printf '%s\n' -- >>"$CALLS"
    case "$*" in
      --version) printf '7.1.12r169651\n' ;;
      'hostonlyif create') printf "Interface 'vboxnet7' was successfully created\n" ;;
      'list bridgedifs') printf 'Name:            %s\nStatus:          Up\n' "$UPLINK" ;;
    esac
    """#

  /// The calls of VBoxManage that applying a script makes; and the files that it leaves.
  private func apply(
    _ source: ExportSource
  ) throws -> (status: Int32, calls: [[String]], files: [String], errors: String) {
    try withFolder { folder in
      try write(
        [("lab.sh", script(of: source)), ("VBoxManage", Self.recorder)], into: folder)
      let recorder = folder.appendingPathComponent("VBoxManage").path
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: recorder)
      let result = try #require(Self.bash).run(
        ["lab.sh"], in: folder,
        environment: [
          "VBOXMANAGE": recorder, "CALLS": folder.appendingPathComponent("calls").path,
          "UPLINK": source.lab.host.uplink.interface ?? "eth0",
        ])
      let log = try String(
        contentsOf: folder.appendingPathComponent("calls"), encoding: .utf8)
      let calls = log.components(separatedBy: "\n--\n").map { $0.components(separatedBy: "\n") }
      let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      return (result.status, calls.dropLast(), files.sorted(), result.errors)
    }
  }

  @Test(.enabled(if: bash != nil, "bash is not installed"))
  func everyCallOfTheHostileLabIsOneThatWasMeant() throws {
    let source = try SampleLab.hostile.source
    let run = try apply(source)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.files == ["VBoxManage", "calls", "lab.sh"])
    let arguments = Set(run.calls.flatMap { $0 })
    for network in source.lab.networks where [.natNetwork, .internal].contains(network.mode) {
      #expect(arguments.contains(network.hypervisorName), "\(network.name)")
    }
    for forward in source.lab.portForwards where source.lab.network(of: forward) == 0 {
      let rule = "\(forward.name ?? ""),tcp,,\(forward.hostPort),,\(forward.guestPort)"
      #expect(arguments.contains(rule), "\(rule)")
    }
    #expect(arguments.contains(source.lab.host.uplink.interface ?? ""))
    let known: Set = [
      "--version", "list", "getextradata", "setextradata", "natnetwork", "dhcpserver",
      "hostonlyif", "createvm", "modifyvm",
    ]
    #expect(Set(run.calls.compactMap(\.first)).subtracting(known).isEmpty)
  }

  /// Any text at all in every place for free text: it arrives as it is, and nothing of it runs.
  @Test(.enabled(if: bash != nil, "bash is not installed"), arguments: 1...8 as ClosedRange<UInt64>)
  func anyTextArrivesAsItIs(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var draft = try SampleLab.hostile.source.lab.draft
    draft.description = hostileText(length: 60, from: &random)
    draft.host?.uplink?.interface = hostileText(length: 20, from: &random, isOneLine: true)
    for index in draft.networks.indices {
      draft.networks[index].hypervisorName =
        "x" + hostileText(length: 20, from: &random, isOneLine: true)
    }
    for index in draft.portForwards.indices {
      let text = hostileText(length: 12, from: &random, isOneLine: true)
      draft.portForwards[index].name = "\(index)" + text.filter { $0 != "," && $0 != ":" }
    }
    guard case .success(let lab) = resolve(draft) else {
      Issue.record("seed \(seed): the lab does not resolve")
      return
    }
    let run = try apply(ExportSource(lab))
    #expect(run.status == 0, "seed \(seed): \(run.errors)")
    #expect(run.files == ["VBoxManage", "calls", "lab.sh"], "seed \(seed)")
    let arguments = Set(run.calls.flatMap { $0 })
    for network in lab.networks where [.natNetwork, .internal].contains(network.mode) {
      #expect(arguments.contains(network.hypervisorName), "seed \(seed): \(network.hypervisorName)")
    }
    for forward in lab.portForwards {
      let name = forward.name ?? ""
      let isThere = arguments.contains { $0.hasPrefix("\(name),") || $0.hasPrefix("\(name):") }
      #expect(isThere, "seed \(seed): \(name)")
    }
  }

  @Test func aWordIsQuotedWhereItHasTo() {
    #expect(bashWord("web-1") == "web-1")
    #expect(bashWord("10.0.2.0/24") == "10.0.2.0/24")
    #expect(bashWord("") == "''")
    #expect(bashWord("a b") == "'a b'")
    #expect(bashWord("it's") == #"'it'\''s'"#)
    #expect(bashWord("$(x)") == "'$(x)'")
    #expect(bashWord("~") == "'~'")
    #expect(bashWord("a=b") == "'a=b'")
  }

  /// bash itself reads every word back as it was.
  @Test(.enabled(if: bash != nil, "bash is not installed"))
  func bashReadsEveryWordBack() throws {
    var random = SeededGenerator(seed: 17)
    let texts = (0..<500).map { _ in hostileText(length: 30, from: &random) }
    let command = BashCommand("printf", ["%s\\0"] + texts)
    let result = try withFolder { folder in
      try write([("words.sh", "\(command.text)\n")], into: folder)
      return try #require(Self.bash).run(["words.sh"], in: folder)
    }
    let read = result.output.split(separator: "\0", omittingEmptySubsequences: false).dropLast()
    #expect(read.map(String.init) == texts)
  }

  // MARK: What is said

  @Test func forwardsWithoutANameGetTheOneThatVirtualBoxWouldMakeUp() throws {
    let source = try exportSource(
      """
      name: twice
      networks: [{name: wan, mode: nat}]
      vms: [{name: a, adapters: [{network: wan}]}]
      port_forwards:
        - {host_port: 2222, host_address: 127.0.0.1, vm: a, guest_port: 22}
        - {host_port: 2222, host_address: 127.0.0.2, vm: a, guest_port: 22}
        - {name: "\(String(repeating: "n", count: 64))", host_port: 2223, vm: a, guest_port: 22}
      """)
    let text = try script(of: source)
    #expect(text.contains("forward 1 tcp_2222_22 'tcp_2222_22,tcp,127.0.0.1,2222,,22'"))
    #expect(text.contains("forward 1 tcp_2222_22_2 'tcp_2222_22_2,tcp,127.0.0.2,2222,,22'"))
    #expect(text.contains("forward 1 tcp_2223_22 'tcp_2223_22,tcp,,2223,,22'"))
    let warnings = ExportFormat.vboxmanage.export(source).warnings
    #expect(warnings.contains { $0.pointer.description == "/port_forwards/2/name" })
  }

  @Test func hostOnlyNetworksOfMacOSAreNoInterfaces() throws {
    let source = try exportSource(
      """
      name: apple
      host: {os: macos}
      networks: [{name: desk, mode: host-only, ipv4: 192.168.56.0/24}]
      vms: [{name: a, adapters: [{network: desk}]}]
      """)
    let text = try script(of: source)
    #expect(text.contains("  host_only_network desk desk 255.255.255.0 192.168.56.1 192.168.56."))
    #expect(text.contains("  adapter 1 hostonlynet desk "))
    #expect(!text.contains("\n  host_only desk"))
  }
}
