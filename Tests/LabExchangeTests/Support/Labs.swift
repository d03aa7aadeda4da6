import Foundation
import LabCore
import LabFormats
import Testing

@testable import LabExchange

/// The labs that every format is tried on.
enum SampleLab: String, CaseIterable, Sendable {
  /// Three VMs, three modes, a port forward.
  case office
  /// Every mode, several adapters, a router VM, DHCP, IPv6, unattached adapters.
  case everything
  /// Free texts and names that try to break out of each language.
  case hostile
  /// Nothing but a name.
  case empty
  /// A NAT network with reservations alone.
  case classic

  /// The folder of the golden files.
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Golden")

  /// The lab as it is exported.
  var source: ExportSource {
    get throws {
      let file = Self.folder.appendingPathComponent("\(rawValue).yaml")
      return try exportSource(String(contentsOf: file, encoding: .utf8))
    }
  }
}

/// The lab of a document in YAML, with the addresses it has the first time.
func exportSource(_ yaml: String) throws -> ExportSource {
  let (draft, faults) = LabDocumentReader.readLab(try YAMLReader.read(Array(yaml.utf8)))
  try #require(faults.isEmpty, "\(faults)")
  switch resolve(draft) {
  case .success(let lab): return ExportSource(lab)
  case .failure(let invalid): throw invalid
  }
}

/// A lab of many VMs, on a NAT network and a host-only one in turns.
func largeLab(of count: Int) throws -> ExportSource {
  var yaml = """
    name: large
    networks:
      - {name: shared, mode: nat-network, ipv4: 10.64.0.0/16}
      - {name: mgmt, mode: host-only, dhcp: false}
    vms:

    """
  for index in 1...count {
    let mgmt = index <= 200 ? ", {network: mgmt}" : ""
    yaml += "  - {name: vm-\(index), os: linux, adapters: [{network: shared}\(mgmt)]}\n"
  }
  yaml += "port_forwards:\n"
  for index in 1...min(count, 50) {
    yaml += "  - {host_port: \(20_000 + index), vm: vm-\(index), guest_port: 22}\n"
  }
  return try exportSource(yaml)
}
