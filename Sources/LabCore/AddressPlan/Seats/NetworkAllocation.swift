/// Who gets which address of one network.
struct NetworkAllocation<Address: IPAddress> {
  let allotment: Allotment<Address>
  private let owner: Int
  private let recollection: Recollection
  private let reservations: Set<Address>
  /// What the document and reservations give.
  private var fixed: [Address]
  private var claims: [AddressClaim<Address>] = []
  private var found: [AdapterReference: Address] = [:]

  init(_ allotment: Allotment<Address>, on owner: Int, _ recollection: Recollection) {
    self.allotment = allotment
    self.owner = owner
    self.recollection = recollection
    fixed = recollection.reservations(on: owner)
    reservations = Set(fixed)
  }

  /// Adds an adapter; they come by name of the VM, then by slot.
  ///
  /// Where a network goes on as another one, an adapter may bring along an address that is reserved
  /// there. It gets another.
  mutating func add(
    _ adapter: AdapterReference, of machine: VirtualMachine, static address: Address?,
    secondary: [Address] = []
  ) {
    fixed += secondary
    if let address { return fixed.append(address) }
    var (kept, former): (Address?, Address?) = recollection.addresses(of: adapter, on: owner)
    if let address = kept, reservations.contains(address) { (kept, former) = (nil, nil) }
    claims.append(
      AddressClaim(
        adapter: adapter, claimant: Claimant(name: machine.name), kept: kept, former: former))
  }

  private var resting: [Address] {
    let rows: [(address: Address, since: Int64)] = recollection.resting(on: owner)
    return rows.map(\.address)
  }

  /// Gives the adapters their addresses.
  mutating func allocate() {
    let addresses =
      recollection.isComplete
      ? allotment.recall(claims) : allotment.allocate(claims, fixed: fixed, resting: resting)
    found.reserveCapacity(claims.count)
    for (claim, address) in zip(claims, addresses) { found[claim.adapter] = address }
  }

  /// The address that an adapter has got.
  subscript(adapter: AdapterReference) -> Address? { found[adapter] }

  /// How many addresses are left.
  var free: UInt128 { allotment.free(without: fixed + found.values) }
}
