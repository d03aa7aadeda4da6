/// Gives adapters without a MAC address one of VirtualBox's own, `08:00:27` and 24 bits derived
/// from lab, VM and slot, so that it stays the same whatever is added around it.
struct HardwareAddressPlanner {
  private let lab: Lab
  private var taken: Set<MACAddress>

  init(lab: Lab) {
    self.lab = lab
    taken = Set(lab.machines.flatMap(\.adapters).compactMap(\.mac))
  }

  mutating func address(of adapter: Adapter, in machine: VirtualMachine) -> MACAddress {
    if let mac = adapter.mac { return mac }
    var hash = fnv1a("\(lab.name)/\(machine.name)/\(adapter.slot)")
    while true {
      let address = MACAddress(
        bits: 0x0800_2700_0000 | (hash ^ hash >> 24 ^ hash >> 48) & 0xff_ffff)
      if taken.insert(address).inserted { return address }
      hash &+= 1
    }
  }
}

/// The 64-bit FNV-1a hash (Fowler, Noll, Vo): small, and the same on every run.
func fnv1a(_ text: String) -> UInt64 {
  var hash: UInt64 = 0xcbf2_9ce4_8422_2325
  for byte in text.utf8 {
    hash ^= UInt64(byte)
    hash &*= 0x0000_0100_0000_01b3
  }
  return hash
}
