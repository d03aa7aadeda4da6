public import LabCore

/// A stored lab with the addresses that it has.
public struct AddressedLab: Hashable, Sendable {
  /// The lab.
  public let lab: StoredLab
  /// What its planner remembers; `assignedAddresses(in:rememberedAs:)` makes the plan of it.
  public let memory: AddressMemory
  /// Of which version both are.
  public let version: LabVersion
}

/// What answers about a stored lab depend on.
public struct LabVersion: Hashable, Sendable {
  /// See `StoredLab.revision`.
  public let revision: Int
  /// How many times what is reserved on its networks changed since the revision was written.
  public let reservationChanges: Int
  /// How many times other labs of its host changed since the revision was written.
  public let neighbourChanges: Int

  /// A version of the given parts; by default, one of a lab on which nothing is reserved, and
  /// whose neighbours have not changed.
  public init(revision: Int, reservationChanges: Int = 0, neighbourChanges: Int = 0) {
    self.revision = revision
    self.reservationChanges = reservationChanges
    self.neighbourChanges = neighbourChanges
  }
}
