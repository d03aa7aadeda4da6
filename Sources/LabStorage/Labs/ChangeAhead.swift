import LabCore

/// A change of a lab that was worked out before its transaction, from what is kept of the lab.
///
/// In the transaction only one write is at work at a time, and what it works out there keeps all
/// others waiting. What is worked out ahead counts as far as the lab is still what it was.
struct ChangeAhead {
  let change: LabChange
  let addresses: AddressChange
  let history: HistoryTexts
  private let state: LabRows.State

  /// Works a change out from what is kept of a lab.
  ///
  /// Nil where there is nothing to work out, and where `change` throws: it is asked again in the
  /// transaction, which alone knows how the lab is.
  init?(
    of rows: LabRows?, if precondition: WritePrecondition, at time: Timestamp, rest: Int64,
    _ change: (StoredLab?) throws -> LabChange
  ) {
    guard let rows, precondition.holds(for: rows.lab.revision),
      let change = try? change(rows.lab), let lab = change.lab,
      lab.draft != rows.lab.draft
    else { return nil }
    self.change = change
    state = rows.state
    addresses = AddressChange(of: lab, before: rows, at: time, rest: rest, isAhead: true)
    history = HistoryTexts(
      before: rows.lab.draft, after: lab.draft,
      revision: rows.lab.revision + 1)
  }

  /// Whether it was worked out from these rows.
  func isOf(_ rows: LabRows?) -> Bool { rows?.state === state }
}
