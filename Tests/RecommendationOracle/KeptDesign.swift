public import LabCore

/// Networks and adapters that are there already, and that every candidate has.
///
/// No host-only ones: which of these has a DHCP server depends on the names of all.
public struct KeptDesign: Hashable, Sendable {
  /// By network.
  public var modes: [NetworkMode]
  /// By VM: the networks of its adapters, in slot order; nothing for the VMs after those listed.
  public var attachments: [[Int]]

  /// Networks of modes, and who is on them.
  public init(modes: [NetworkMode] = [], attachments: [[Int]] = []) {
    self.modes = modes
    self.attachments = attachments
  }

  /// As a document has them.
  var networks: [NetworkDraft] {
    modes.indices.map { NetworkDraft(name: label("kept-\($0)"), mode: modes[$0]) }
  }

  /// A VM's adapters, as a document has them.
  func adapters(of machine: Int) -> [AdapterDraft] {
    guard attachments.indices.contains(machine) else { return [] }
    return attachments[machine].map { AdapterDraft(network: label("kept-\($0)")) }
  }

  /// Whether a shape has all of it, under other names.
  func isPart(of shape: Shape) -> Bool {
    if modes.isEmpty { return true }
    return orderedSubsets(of: Array(shape.modes.indices), upTo: modes.count).contains { places in
      places.count == modes.count
        && zip(places, modes).allSatisfy { shape.modes[$0] == $1 && shape.gateways[$0] == nil }
        && zip(attachments, shape.attachments).allSatisfy { kept, attached in
          attached.starts(with: kept.map { places[$0] })
        }
    }
  }

  /// Whether a document has all of it as it was.
  func isPart(of draft: LabDraft) -> Bool {
    networks.allSatisfy(draft.networks.contains)
      && attachments.indices.allSatisfy { machine in
        draft.vms[machine].adapters.map(\.network)
          .starts(with: adapters(of: machine).map(\.network))
      }
  }
}
