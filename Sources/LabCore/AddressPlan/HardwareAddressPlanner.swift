/// Gives adapters without a MAC address one of the product's own, its own first bits and the rest
/// derived from lab, VM and slot, so that it stays the same whatever is added around it.
///
/// No two adapters of a lab are given the same, nor one that another lab of the host uses.
struct HardwareAddressPlanner {
  private let lab: Lab
  private let neighbours: Set<MACAddress>
  private var taken: Set<MACAddress> = []

  init(lab: Lab, neighbours: Set<MACAddress> = []) {
    self.lab = lab
    self.neighbours = neighbours
    for machine in lab.machines {
      for adapter in machine.adapters {
        if let mac = adapter.mac { taken.insert(mac) }
      }
    }
  }

  /// Takes an address that an adapter has; false when the document gives it to another.
  mutating func keep(_ address: MACAddress) -> Bool {
    taken.insert(address).inserted
  }

  mutating func address(of adapter: Adapter, in machine: VirtualMachine) -> MACAddress {
    if let mac = adapter.mac { return mac }
    var hash = FNV1a()
    hash.combine(lab.name.text)
    hash.combine(UInt8(ascii: "/"))
    hash.combine(machine.name.text)
    hash.combine(UInt8(ascii: "/"))
    hash.combine(String(adapter.slot))
    var bits = hash.value
    let hardware = lab.product.facts.hardware
    let mask = (UInt64(1) << UInt64(hardware.freeBits)) - 1
    while true {
      let address = MACAddress(
        bits: hardware.prefix.bits | (bits ^ bits >> 24 ^ bits >> 48) & mask)
      if !neighbours.contains(address), taken.insert(address).inserted { return address }
      bits &+= 1
    }
  }
}
