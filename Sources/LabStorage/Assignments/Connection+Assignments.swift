import LabCore

extension Connection {
  /// Gives the adapters of a lab their addresses, and remembers them.
  ///
  /// Inside the transaction that writes the document, so that no other write comes between.
  ///
  /// - Parameter id: the lab's.
  /// - Returns: what is remembered from now on.
  func assign(_ change: AddressChange, of id: Int64) throws(StoreError) -> AddressMemory {
    var neighbours = NeighbouringLabs()
    if change.lab.choosesPrefixes {
      neighbours.prefixes = try neighbouringPrefixes(of: id, on: change.lab.hostName)
    }
    while true {
      let result = change.result(beside: neighbours)
      let used = try hardwareAddresses(change.newlyDerived(result.plan), usedBesides: id)
      if used.isEmpty {
        try MemoryRows(of: id, on: self).replace(
          change.stored ?? AddressMemory(), by: result.memory)
        try noteChange(of: id, on: change.lab.hostName)
        return result.memory
      }
      neighbours.hardwareAddresses.formUnion(used)
    }
  }
}
