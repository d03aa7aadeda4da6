public import LabCore

/// What a write depends on, checked in the transaction that carries it out (RFC 9110 section 13).
public enum WritePrecondition: Hashable, Sendable {
  /// Nothing.
  case none
  /// There is no lab of that name (`If-None-Match: *`).
  case absent
  /// There is one, whatever its revision (`If-Match: *`).
  case present
  /// There is one, at one of these revisions (`If-Match: "3", "5"`).
  case revisionIn(Set<Int>)
  /// There is none, or one at none of these revisions (`If-None-Match: "3"`).
  case revisionNotIn(Set<Int>)
  /// There is one, at none of these revisions (`If-Match: *` and `If-None-Match: "3"`).
  case presentNotIn(Set<Int>)

  /// Whether it holds for a lab at that revision; nil is no lab.
  public func holds(for revision: Int?) -> Bool {
    switch self {
    case .none: true
    case .absent: revision == nil
    case .present: revision != nil
    case .revisionIn(let wanted): revision.map(wanted.contains) ?? false
    case .revisionNotIn(let unwanted): revision.map { !unwanted.contains($0) } ?? true
    case .presentNotIn(let unwanted): revision.map { !unwanted.contains($0) } ?? false
    }
  }
}

/// What a write makes of a lab.
public enum LabChange: Hashable, Sendable {
  /// The lab's document becomes this one's, whether or not there was one.
  case store(Lab)
  /// The same, where the document is that of an earlier revision.
  case restore(Lab, from: Int)
  /// The lab goes.
  case delete

  /// The lab as it will be; nil where it goes.
  public var lab: Lab? {
    switch self {
    case .store(let lab), .restore(let lab, _): lab
    case .delete: nil
    }
  }
}

/// What became of a write.
public enum WriteOutcome: Hashable, Sendable {
  /// There was no lab of that name; now there is.
  case created(StoredLab)
  /// The lab has a new revision.
  case replaced(StoredLab)
  /// The lab said all this already; its revision and times stay.
  case unchanged(StoredLab)
  /// The lab is gone; this is what it was. The deletion has the revision after that.
  case deleted(StoredLab)
  /// There was nothing to delete.
  case notFound
  /// The precondition does not hold; the lab's revision is this one, nil where there is no lab.
  case preconditionFailed(revision: Int?)
}
