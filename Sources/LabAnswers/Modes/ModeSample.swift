import LabCore

/// Two VMs on one network of a form of a mode, planned as any other lab is.
struct ModeSample {
  /// A pair of endpoints of which at least one is a VM.
  struct Cell: Hashable {
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

  /// - Parameter form: of the hypervisor's product.
  init?(
    _ form: ModeProfile, of hypervisor: Hypervisor, withPortForward hasPortForward: Bool = false
  ) {
    let names = ["sample", "network", "vm1", "vm2"].compactMap { try? DNSLabel(parsing: $0) }
    guard names.count == 4 else { return nil }
    var draft = LabDraft(
      name: names[0],
      hypervisor: HypervisorDraft(product: hypervisor.product, version: hypervisor.version),
      networks: [NetworkDraft(name: names[1], mode: form.mode, variant: form.variant)])
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
