public import LabCore
public import LabFormats

/// The answer of `GET …/plan` and `POST /v1/plan`.
public struct PlanPayload: MatrixLayout {
  private let plan: Plan
  private let revision: Int?
  private let connectivity: ConnectivityPayload
  private let recommendations: RecommendationReport
  private let findings: [Finding]
  /// Against the lab that a document was compared with; nil where there was none.
  private let changes: PlanDifference?

  /// The answer for a planned lab.
  ///
  /// - Parameters:
  ///   - revision: nil for a lab that is not stored.
  ///   - changes: against the lab that it was compared with, where there was one.
  public init(
    _ plan: Plan, _ matrix: ConnectivityMatrix,
    recommendations: RecommendationReport, findings: [Finding], revision: Int?,
    changes: PlanDifference? = nil
  ) {
    self.changes = changes
    self.findings = findings
    self.plan = plan
    self.revision = revision
    connectivity = ConnectivityPayload(lab: plan.lab, revision: revision, matrix: matrix)
    self.recommendations = recommendations
  }

  /// How many rows there are.
  public var rowCount: Int { connectivity.rowCount }

  /// What stands before the rows.
  public var opening: [UInt8] {
    var writer = JSONWriter(reservingCapacity: 64 * 1024)
    writer.beginObject()
    writer.key("lab")
    writer.document(plan.lab.draft)
    writer.key("addresses")
    writer.addresses(plan.addresses, of: plan.lab, revision: revision)
    writer.key("connectivity")
    return writer.bytes + connectivity.opening
  }

  /// Writes a row, by its index.
  public func appendRow(_ row: Int, to bytes: inout [UInt8]) {
    connectivity.appendRow(row, to: &bytes)
  }

  /// What stands behind the rows.
  public var closing: [UInt8] {
    var writer = JSONWriter(reservingCapacity: 64 * 1024)
    writer.object { writer in
      writer.key("recommendations")
      writer.recommendations(recommendations, for: plan.lab)
      writer.key("findings")
      writer.findings(findings)
      if plan.lab.hasListeners {
        writer.key("visibility")
        writer.visibility(visibility(in: plan.lab), of: plan.lab, revision: revision)
      }
      if let changes {
        writer.key("changes")
        writer.changes(changes)
      }
    }
    return connectivity.tail + "," + writer.bytes.dropFirst() + [UInt8(ascii: "\n")]
  }
}

private func + (left: [UInt8], right: StaticString) -> [UInt8] {
  right.withUTF8Buffer { left + $0 }
}

extension Lab {
  /// Whether an adapter may hear frames of others.
  var hasListeners: Bool {
    machines.contains { $0.adapters.contains { $0.promiscuous != .deny } }
  }
}
