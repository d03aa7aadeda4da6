import LabCore

/// An adapter of a lab, with everything that formats say of one.
struct AdapterSeat {
  /// The index in `Lab.machines`.
  let machineIndex: Int
  let machine: VirtualMachine
  /// The index in the machine's `adapters`.
  let index: Int
  let adapter: Adapter
  let plan: AdapterPlan
  /// Nil where the adapter is not attached.
  let network: Network?
  /// What the network's own addresses are; nil where the adapter is not attached.
  let networkPlan: NetworkPlan?

  /// Where the document describes it.
  var pointer: JSONPointer {
    JSONPointer.root["vms"][machineIndex]["adapters"][index]
  }
}

extension ExportSource {
  /// The VMs in name order, each with its adapters by slot.
  var machines: [(index: Int, machine: VirtualMachine, adapters: [AdapterSeat])] {
    lab.machinesInNameOrder.map { ($0, lab.machines[$0], seats(of: $0)) }
  }

  /// A VM's adapters by slot.
  func seats(of machineIndex: Int) -> [AdapterSeat] {
    let machine = lab.machines[machineIndex]
    return machine.adapters.indices.map { index in
      let adapter = machine.adapters[index]
      return AdapterSeat(
        machineIndex: machineIndex, machine: machine, index: index, adapter: adapter,
        plan: addresses.adapters[machineIndex][index], network: lab.network(of: adapter),
        networkPlan: adapter.network.map { addresses.networks[$0] })
    }
  }

  /// The networks in name order, each with its index in `Lab.networks`.
  var networks: [(index: Int, network: Network, plan: NetworkPlan)] {
    lab.networks.indices.sorted { lab.networks[$0].name < lab.networks[$1].name }
      .map { ($0, lab.networks[$0], addresses.networks[$0]) }
  }
}
