import LabCore

/// The rows below one row of `labs`.
struct LabParts {
  let id: Int64
  let connection: Connection

  init(of id: Int64, on connection: Connection) {
    self.id = id
    self.connection = connection
  }

  /// Writes every part of a lab that has none yet.
  func insert(_ draft: LabDraft) throws(StoreError) {
    try insertHypervisor(draft.hypervisor)
    try insertHost(draft.host)
    try write(draft.networks, at: draft.networks.indices)
    try write(draft.vms, at: draft.vms.indices)
    try insertPortForwards(draft.portForwards)
    try insertRequirements(draft.requirements)
    try insertConstraints(draft.constraints)
  }

  /// Writes what changed.
  ///
  /// Adapters refer to networks, port forwards and requirements to VMs: whatever refers to rows
  /// that go is written anew as well.
  func replace(_ old: LabDraft, by new: LabDraft) throws(StoreError) {
    let networks = ListEdit(from: old.networks, to: new.networks) { $0.name == $1.name }
    let machines =
      networks.removed.isEmpty
      ? ListEdit(from: old.vms, to: new.vms) { $0.name == $1.name }
      : ListEdit(removing: old.vms.count, adding: new.vms.count)
    let referencesGo = !machines.removed.isEmpty
    let writesForwards = referencesGo || old.portForwards != new.portForwards
    let writesRequirements = referencesGo || old.requirements != new.requirements

    if writesRequirements { try delete("requirements") }
    if writesForwards { try delete("port_forwards") }
    try delete(machines, of: old.vms)
    try delete("networks", from: networks.removed)
    try replaceObjects(old, by: new)
    try write(new.networks, at: networks.written)
    try write(new.vms, at: machines.written)
    if writesForwards { try insertPortForwards(new.portForwards) }
    if writesRequirements { try insertRequirements(new.requirements) }
  }

  /// Deletes every part. The cascade from `labs` would do as well; this order, children first,
  /// spares it the search for rows that refer to each row it deletes.
  func delete() throws(StoreError) {
    try delete("requirements")
    try delete("port_forwards")
    try delete("adapters")
    try delete("routes")
    try delete("vm_tags")
    try delete("vms")
    try delete("networks")
    try delete("hosts")
    try delete("hypervisors")
    try delete("constraints")
  }

  private func replaceObjects(_ old: LabDraft, by new: LabDraft) throws(StoreError) {
    if old.hypervisor != new.hypervisor {
      try delete("hypervisors")
      try insertHypervisor(new.hypervisor)
    }
    if old.host != new.host {
      try delete("hosts")
      try insertHost(new.host)
    }
    if old.constraints != new.constraints {
      try delete("constraints")
      try insertConstraints(new.constraints)
    }
  }

  /// Deletes the rows of VMs that go, and the lists of VMs that change.
  private func delete(
    _ edit: ListEdit, of machines: [VirtualMachineDraft]
  ) throws(StoreError) {
    for table in ["adapters", "routes", "vm_tags"] as [StaticString] {
      try connection.runForEach(
        edit.changed + edit.removed, "DELETE FROM \(table) WHERE lab_id = ? AND vm = ?"
      ) { (arguments, place) throws(StoreError) in
        try arguments.bind(id)
        try arguments.bind(machines[place].name)
      }
    }
    try delete("vms", from: edit.removed)
  }

  private func delete(_ table: StaticString, from places: Range<Int>) throws(StoreError) {
    guard !places.isEmpty else { return }
    try connection.run(
      "DELETE FROM \(table) WHERE lab_id = ? AND position >= ?", id, places.lowerBound)
  }

  private func delete(_ table: StaticString) throws(StoreError) {
    try connection.run("DELETE FROM \(table) WHERE lab_id = ?", id)
  }
}
