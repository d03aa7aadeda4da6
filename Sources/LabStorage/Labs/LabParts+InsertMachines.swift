import LabCore

extension LabParts {
  /// Writes the VMs at those places, over rows that are there already and have no lists.
  func write(
    _ machines: [VirtualMachineDraft], at places: some Collection<Int>
  ) throws(StoreError) {
    try connection.runForEach(
      places,
      """
      INSERT INTO vms
        (lab_id, position, name, os, forwarding, gateway, gateway6, max_adapters, other_keys)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (lab_id, position) DO UPDATE SET
        os = excluded.os, forwarding = excluded.forwarding,
        gateway = excluded.gateway, gateway6 = excluded.gateway6,
        max_adapters = excluded.max_adapters, other_keys = excluded.other_keys
      """
    ) { (arguments, position) throws(StoreError) in
      let machine = machines[position]
      try arguments.bind(id)
      try arguments.bind(position)
      try arguments.bind(machine.name)
      try arguments.bind(machine.os)
      try arguments.bind(machine.forwarding)
      try arguments.bind(machine.gateway)
      try arguments.bind(machine.gateway6)
      try arguments.bind(machine.maximumAdapters)
      try arguments.bind(machine.otherKeys)
    }
    let written = places.map { machines[$0] }
    try insertTags(of: written)
    try insertRoutes(of: written)
    try insertAdapters(of: written)
  }

  private func insertTags(of machines: [VirtualMachineDraft]) throws(StoreError) {
    try connection.runForEach(
      Self.parts(\.tags, of: machines),
      "INSERT INTO vm_tags (lab_id, vm, position, tag) VALUES (?, ?, ?, ?)"
    ) { (arguments, tag) throws(StoreError) in
      try arguments.bind(id)
      try arguments.bind(tag.machine)
      try arguments.bind(tag.position)
      try arguments.bind(tag.part)
    }
  }

  private func insertRoutes(of machines: [VirtualMachineDraft]) throws(StoreError) {
    try connection.runForEach(
      Self.parts(\.routes, of: machines),
      """
      INSERT INTO routes (lab_id, vm, position, destination, next_hop) VALUES (?, ?, ?, ?, ?)
      """
    ) { (arguments, route) throws(StoreError) in
      try arguments.bind(id)
      try arguments.bind(route.machine)
      try arguments.bind(route.position)
      try arguments.bind(route.part.to)
      try arguments.bind(route.part.via)
    }
  }

  private func insertAdapters(of machines: [VirtualMachineDraft]) throws(StoreError) {
    try connection.runForEach(
      Self.parts(\.adapters, of: machines),
      """
      INSERT INTO adapters
        (lab_id, vm, position, slot, network, address, address6, mac, model, promiscuous,
         cable_connected)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """
    ) { (arguments, adapter) throws(StoreError) in
      try arguments.bind(id)
      try arguments.bind(adapter.machine)
      try arguments.bind(adapter.position)
      try arguments.bind(adapter.part.slot)
      try arguments.bind(adapter.part.network)
      try arguments.bind(adapter.part.address)
      try arguments.bind(adapter.part.address6)
      try arguments.bind(adapter.part.mac)
      try arguments.bind(adapter.part.model)
      try arguments.bind(adapter.part.promiscuous)
      try arguments.bind(adapter.part.cableConnected)
    }
  }

  /// The parts of all VMs in one sequence, each with its VM and its place there.
  private static func parts<Part>(
    _ list: (VirtualMachineDraft) -> [Part], of machines: [VirtualMachineDraft]
  ) -> [(machine: DNSLabel?, position: Int, part: Part)] {
    machines.flatMap { machine in
      list(machine).enumerated().map { (machine.name, $0.offset, $0.element) }
    }
  }
}
