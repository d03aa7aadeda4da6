import LabStorage

/// Which version of a lab an answer is made from, as its entity tag says.
struct VersionTag: Hashable {
  /// See `LabVersion.revision`.
  let revision: Int
  /// How much of what the answer depends on, besides the document, has changed since the revision
  /// was written.
  let drift: Int

  init(revision: Int, drift: Int = 0) {
    self.revision = revision
    self.drift = drift
  }

  /// `3`, and `3.1` once something else has changed.
  var text: String { drift == 0 ? "\(revision)" : "\(revision).\(drift)" }

  /// The tag of that text, exactly as it is written.
  init?(text: some StringProtocol) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, let revision = Int(parts[0]) else { return nil }
    guard let drift = parts.count == 2 ? Int(parts[1]) : 0 else { return nil }
    self.init(revision: revision, drift: drift)
    guard self.text == text else { return nil }
  }
}

extension VersionTag: ExpressibleByIntegerLiteral {
  init(integerLiteral revision: Int) { self.init(revision: revision) }
}

extension KeptAnswers.Kind {
  /// Of which version of a lab an answer of this kind is.
  ///
  /// Addresses of adapters, and so all that is about reach, change with the document alone. How many
  /// addresses are free depends on what is reserved as well, and findings also on other labs.
  func tag(of version: LabVersion) -> VersionTag {
    switch self {
    case .stored, .lab, .parts, .visibility, .recommendations, .requirements, .connectivity, .pair,
      .matrix, .drawing, .share, .reservable:
      VersionTag(revision: version.revision)
    case .addressed, .planned, .addresses:
      VersionTag(revision: version.revision, drift: version.reservationChanges)
    case .findings, .judged, .plan:
      VersionTag(
        revision: version.revision, drift: version.reservationChanges + version.neighbourChanges)
    }
  }
}
