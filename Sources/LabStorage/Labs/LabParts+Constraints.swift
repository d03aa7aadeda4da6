import LabCore

extension LabParts {
  func insertConstraints(_ constraints: Constraints) throws(StoreError) {
    guard constraints != Constraints() else { return }
    try connection.run(
      """
      INSERT INTO constraints (lab_id, administrator, port_security, max_adapters, gateways)
      VALUES (?, ?, ?, ?, ?)
      """,
      id, constraints.hasAdministrator, constraints.hasPortSecurity, constraints.maximumAdapters,
      constraints.mayAddGateways)
    try connection.runForEach(
      (constraints.modes ?? []).enumerated(),
      "INSERT INTO allowed_modes (lab_id, position, mode) VALUES (?, ?, ?)"
    ) { (arguments, mode) throws(StoreError) in
      try arguments.bind(id)
      try arguments.bind(mode.offset)
      try arguments.bind(mode.element)
    }
    try connection.runForEach(
      constraints.excluded.enumerated(),
      "INSERT INTO excluded_modes (lab_id, position, mode, reason) VALUES (?, ?, ?, ?)"
    ) { (arguments, excluded) throws(StoreError) in
      try arguments.bind(id)
      try arguments.bind(excluded.offset)
      try arguments.bind(excluded.element.mode)
      try arguments.bind(excluded.element.reason)
    }
    try insertKept(constraints)
  }

  private func insertKept(_ constraints: Constraints) throws(StoreError) {
    try connection.runForEach(
      constraints.keptNetworks.enumerated(),
      "INSERT INTO kept_networks (lab_id, position, network) VALUES (?, ?, ?)"
    ) { (arguments, network) throws(StoreError) in
      try arguments.bind(id)
      try arguments.bind(network.offset)
      try arguments.bind(network.element)
    }
    try connection.runForEach(
      constraints.keptAdapters.enumerated(),
      "INSERT INTO kept_adapters (lab_id, position, vm, slot) VALUES (?, ?, ?, ?)"
    ) { (arguments, kept) throws(StoreError) in
      try arguments.bind(id)
      try arguments.bind(kept.offset)
      try arguments.bind(kept.element.vm)
      try arguments.bind(kept.element.slot)
    }
  }
}

extension Connection {
  /// What recommendations for a lab may not do.
  func constraints(of id: Int64) throws(StoreError) -> Constraints {
    let found = try first(
      """
      SELECT administrator, port_security, max_adapters, gateways FROM constraints WHERE lab_id = ?
      """, id
    ) { (row) throws(StoreError) in
      Constraints(
        hasAdministrator: try row.next(), hasPortSecurity: try row.next(),
        maximumAdapters: try row.next(), mayAddGateways: try row.next())
    }
    guard var constraints = found else { return Constraints() }
    let modes = try all(
      "SELECT mode FROM allowed_modes WHERE lab_id = ? ORDER BY position", id
    ) { (row) throws(StoreError) in try row.next(NetworkMode.self) }
    if !modes.isEmpty { constraints.modes = modes }
    constraints.excluded = try all(
      "SELECT mode, reason FROM excluded_modes WHERE lab_id = ? ORDER BY position", id
    ) { (row) throws(StoreError) in
      ExcludedMode(mode: try row.next(), reason: try row.next())
    }
    constraints.keptNetworks = try all(
      "SELECT network FROM kept_networks WHERE lab_id = ? ORDER BY position", id
    ) { (row) throws(StoreError) in try row.next() }
    constraints.keptAdapters = try all(
      "SELECT vm, slot FROM kept_adapters WHERE lab_id = ? ORDER BY position", id
    ) { (row) throws(StoreError) in KeptAdapter(vm: try row.next(), slot: try row.next()) }
    return constraints
  }
}
