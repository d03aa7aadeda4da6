/// By what a network is known again in a later version of its lab.
public enum NetworkIdentity: Hashable, Comparable, Sendable {
  /// A number of the store's.
  case stored(Int64)
  /// Its name.
  case named(DNSLabel)
}

/// By what an adapter is known again in a later version of its lab.
public enum AdapterIdentity: Hashable, Sendable {
  /// A number of the store's.
  case stored(Int64)
  /// Its VM's name and its slot.
  case named(machine: DNSLabel, slot: Int)
}

/// By what the parts of a lab are known again in its later versions.
public struct LabIdentities: Hashable, Sendable {
  /// By index in `Lab.networks`.
  let networks: [NetworkIdentity]
  /// By index in `Lab.machines`, then in the machine's `adapters`.
  let adapters: [[AdapterIdentity]]

  /// For a lab of which nothing is remembered.
  static let none = LabIdentities(networks: [], adapters: [])

  private init(networks: [NetworkIdentity], adapters: [[AdapterIdentity]]) {
    self.networks = networks
    self.adapters = adapters
  }

  /// Names, and slots of VMs.
  public init(naming lab: Lab) {
    self.init(of: lab, network: { _ in nil }, adapter: { _, _ in nil })
  }

  /// The store's numbers where it has some, else names.
  ///
  /// - Parameters:
  ///   - network: the number of the network with an index in `Lab.networks`.
  ///   - adapter: that of the VM with an index in `Lab.machines`, in a slot.
  public init(
    of lab: Lab, network: (_ index: Int) -> Int64?,
    adapter: (_ machine: Int, _ slot: Int) -> Int64?
  ) {
    networks = lab.networks.indices.map { index in
      network(index).map { .stored($0) } ?? .named(lab.networks[index].name)
    }
    adapters = lab.machines.indices.map { index in
      let machine = lab.machines[index]
      return machine.adapters.map {
        adapter(index, $0.slot).map { .stored($0) } ?? .named(machine: machine.name, slot: $0.slot)
      }
    }
  }
}
