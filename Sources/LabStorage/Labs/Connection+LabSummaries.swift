import LabCore

extension Connection {
  /// Labs by name, beginning after `cursor`.
  func labSummaries(after cursor: DNSLabel?, limit: Int) throws(StoreError) -> [LabSummary] {
    try all(
      "\(Self.summaries) WHERE name > ? ORDER BY name LIMIT ?", cursor?.text ?? "", limit
    ) { (row) throws(StoreError) in try row.nextSummary() }
  }

  /// The same of some labs, as far as they exist.
  func labSummaries(
    of names: Set<DNSLabel>, after cursor: DNSLabel?, limit: Int
  ) throws(StoreError) -> [LabSummary] {
    var found: [LabSummary] = []
    for name in names.sorted() where cursor.map({ $0 < name }) ?? true {
      guard found.count < limit else { break }
      let lab = try first("\(Self.summaries) WHERE name = ?", name) {
        (row) throws(StoreError) in try row.nextSummary()
      }
      if let lab { found.append(lab) }
    }
    return found
  }

  private static var summaries: String {
    """
    SELECT name, description, revision, created_at, updated_at,
      (SELECT count(*) FROM networks WHERE lab_id = labs.id),
      (SELECT count(*) FROM vms WHERE lab_id = labs.id)
    FROM labs
    """
  }
}

extension Row {
  fileprivate mutating func nextSummary() throws(StoreError) -> LabSummary {
    LabSummary(
      name: try next(), description: try next(), revision: try next(), createdAt: try next(),
      updatedAt: try next(), networkCount: try next(), machineCount: try next())
  }
}
