public import LabCore
public import LabFormats

extension JSONWriter {
  /// Writes the answer of `GET /v1/modes`: for each mode, who reaches whom in a lab of two VMs on
  /// one network of that mode, and the addresses that come by themselves.
  public mutating func modes() {
    object { writer in
      writer.member("hypervisor") { writer in
        writer.member("product", Hypervisor().product.rawValue)
        writer.member("version", Hypervisor().version.text)
      }
      let product = ProductProfile(Hypervisor(), on: .linux)
      writer.member("modes", array: product.modes) { $0.mode($1) }
    }
  }

  private mutating func mode(_ profile: ModeProfile) {
    let mode = profile.mode
    object { writer in
      writer.member("mode", mode.rawValue)
      writer.member("name", mode.displayName)
      writer.member("description", profile.description)
      guard let plain = ModeSample(mode), let forwarded = ModeSample(mode, withPortForward: true)
      else { return }
      writer.member("reach", array: ModeSample.cells) { writer, cell in
        writer.object { writer in
          writer.member("from", cell.fromName)
          writer.member("to", cell.toName)
          writer.member("outcome", plain.outcome(cell).name)
          writer.member("with_port_forward", forwarded.outcome(cell).name)
        }
      }
      writer.member("defaults") { writer in
        writer.key("network")
        writer.networkPlan(plain.addresses.networks[0])
        writer.key("adapter")
        writer.adapterPlan(plain.addresses.adapters[0][0])
      }
    }
  }
}

/// Two VMs on one network, planned as any other lab is.
private struct ModeSample {
  /// A pair of endpoints of which at least one is a VM.
  struct Cell {
    let from: Endpoint
    let to: Endpoint

    var fromName: String { name(of: from) }
    var toName: String { name(of: to) }

    private func name(of endpoint: Endpoint) -> String {
      switch endpoint {
      case .machine: "vm"
      case .host: "host"
      case .lan: "lan"
      case .internet: "internet"
      case .site: siteName
      }
    }
  }

  static let cells: [Cell] =
    [Cell(from: .machine(1), to: .machine(0))]
    + [Endpoint.host, .lan, .internet].flatMap {
      [Cell(from: .machine(0), to: $0), Cell(from: $0, to: .machine(0))]
    }

  let addresses: AddressPlan
  private let matrix: ConnectivityMatrix

  init?(_ mode: NetworkMode, withPortForward hasPortForward: Bool = false) {
    let names = ["sample", "network", "vm1", "vm2"].compactMap { try? DNSLabel(parsing: $0) }
    guard names.count == 4 else { return nil }
    var draft = LabDraft(name: names[0], networks: [NetworkDraft(name: names[1], mode: mode)])
    draft.vms = names[2...].map {
      VirtualMachineDraft(name: $0, adapters: [AdapterDraft(network: names[1])])
    }
    if hasPortForward {
      draft.portForwards = [PortForwardDraft(hostPort: 8022, vm: names[2], guestPort: 22)]
    }
    guard case .success(let lab) = resolve(draft) else { return nil }
    let plan = Plan(lab)
    addresses = plan.addresses
    matrix = plan.connectivity()
  }

  func outcome(_ cell: Cell) -> Outcome {
    guard let row = matrix.endpoints.firstIndex(of: cell.from),
      let column = matrix.endpoints.firstIndex(of: cell.to)
    else { return .notAttached }
    return matrix[row, column]
  }
}
